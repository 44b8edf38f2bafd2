"""Role nouns and bodies as identities: which sectors, and whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dragoman.records import MentionKind
from dragoman.resolve.actor_offices import name_holder
from dragoman.resolve.actor_phrase import Piece
from dragoman.resolve.actor_setting import ARMED_NON_STATE, OFFICIAL, Identity, Setting
from dragoman.resolve.actor_tables import RoleNoun

# Sectors that a qualifying noun may add behind the head's own: "opposition lawmakers" are LEG OPP, "government troops" just MIL.
ADDED = frozenset(("OPP", "PRE", "REL", "EDU", "LAB", "AGR", "MED", "REF", "ELI"))


def identify_uncounted(noun: RoleNoun, setting: Setting) -> Identity | None:
    """Return who "thousands" are where a group is counted without saying of what: people of the story's country."""
    if setting.kind is not MentionKind.GROUP or setting.home is None:
        return None
    why = f"'{noun.phrase}' counts people: {setting.tell_home()}"
    return Identity(setting.home, ("CVL",), None, None, None, (why,), 0.5, f"role:{setting.home}:{noun.phrase}")


def _sectors(
    noun: RoleNoun, nouns: Sequence[RoleNoun], owner: Identity | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the sectors of a role noun, given the nouns before it and whose it is; and the reasons."""
    sectors, why = noun.sectors, (f"'{noun.phrase}' -> {' '.join(noun.sectors) or 'nobody by itself'}",)
    giving = [other for other in nouns if other.sectors and other.effect not in ("former", "none")]
    source = (
        giving[-1].sectors if giving else (owner.sectors if owner and not owner.entity.startswith("state:") else ())
    )
    takes = (
        noun.inherits == "always"
        or (noun.inherits == "armed" and bool(ARMED_NON_STATE & set(source)))
        or noun.is_transparent
    )
    if takes and source:
        body = f"'{giving[-1].phrase}'" if giving else f"'{owner.name if owner else ''}'"
        sectors, why = source, (f"'{noun.phrase}' is what {body} is: {' '.join(source)}",)
    elif any(other.effect == "replace" for other in giving):
        ruling = next(other for other in reversed(giving) if other.effect == "replace")
        if noun.sectors[:1] not in (("JUD",), ("JRN",), ("MED",), ("CVL",), ("REF",)):
            sectors, why = (
                ruling.sectors,
                (f"'{ruling.phrase}' decides over '{noun.phrase}': {' '.join(ruling.sectors)}",),
            )
    more = [sector for other in giving for sector in other.sectors if sector in ADDED and sector not in sectors]
    if owner is not None and "PRE" in owner.sectors and "PRE" not in sectors:
        more.append("PRE")
    if any(other.effect == "former" for other in nouns) and sectors[:1] and sectors[0] in OFFICIAL:
        former = next(other.phrase for other in nouns if other.effect == "former")
        return ("ELI",), (*why, f"'{former}' -> ELI: no longer in office")
    return (*sectors, *dict.fromkeys(more)), why


def identify_role_noun(
    head: Piece,
    noun: RoleNoun,
    nouns: Sequence[RoleNoun],
    owner: Identity | None,
    weak: Identity | None,
    setting: Setting,
) -> Identity | None:
    """Return who a role noun stands for, given the nouns before it, whose it is, and the state that it is said to be in."""
    sectors, why = _sectors(noun, nouns, owner)
    if not sectors:
        return owner
    code, reason, score = _role_code(noun, owner, weak, setting)
    words = head.quote(setting.text)
    state = setting.gazetteer.states.get(code)
    found = Identity(code, sectors, None, None, None, (*why, *reason), score, f"role:{code}:{noun.phrase}")
    if (
        noun.phrase in setting.gazetteer.words["state_bodies"]
        and sectors[0] == "GOV"
        and state is not None
        and len(nouns) == 0
    ):
        return replace(found, name=f"Government of {state.name}", wikidata=state.wikidata, entity=f"state:{code}")
    is_former = any(other.effect == "former" for other in nouns) or sectors == ("ELI",)
    if noun.post and not is_former and words.lower() != "leaders":
        return name_holder(noun, found, owner, setting)
    return found


def _role_code(
    noun: RoleNoun, owner: Identity | None, weak: Identity | None, setting: Setting
) -> tuple[str, tuple[str, ...], float]:
    if owner is not None and owner.code != "UNK":
        return owner.code, owner.why, 0.9
    if noun.code is not None:
        return noun.code, (f"'{noun.phrase}' is of {noun.code}",), 0.9
    if weak is not None and weak.code not in ("UNK", "UNO", "IGO", "IMG"):
        return weak.code, (*weak.why, f"nothing but the place tells whose '{noun.phrase}' it is"), 0.7
    if setting.home is not None:
        return setting.home, (f"no country named: {setting.tell_home()}",), 0.7
    return "UNK", ("no country named, and the story gives none",), 0.3


def describe_unknown_person(
    run: Sequence[Piece], role: Identity, setting: Setting, noun: RoleNoun | None = None
) -> Identity | None:
    """Return a person whom the gazetteer does not know: the text's name, and what title and nationality say."""
    if not run:
        return None
    name = setting.text[run[0].words[0].start : run[-1].words[-1].end]
    is_office = (
        noun is not None
        and noun.sectors[:1] not in ((), ("MIL",))
        and (noun.is_title or noun.sectors[0] in OFFICIAL | {"PTY"})
    )
    office = (noun.office or _capitalise(noun.phrase)) if noun is not None and is_office else None
    sectors = role.sectors if noun is not None else ("CVL",)
    why = (*role.why, f"'{name}' is nobody known to us: the words around the name tell who it is")
    return replace(
        role,
        sectors=sectors,
        name=name,
        office=office,
        wikidata=None,
        why=why,
        score=min(role.score, 0.7),
        entity=f"name:{name}",
    )


def _capitalise(phrase: str) -> str:
    """Return a role noun as the name of an office: "deputy minister of justice" -> "Deputy Minister of Justice"."""
    return " ".join(
        word if word in ("of", "for", "the", "and") else word[:1].upper() + word[1:] for word in phrase.split()
    )
