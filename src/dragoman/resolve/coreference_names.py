"""Names to longer names, roles and bodies to what they were called before: all links that no pronoun makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from dragoman.records import Document, MentionKind
from dragoman.resolve.coreference_chains import Chains
from dragoman.resolve.coreference_nouns import Noun
from dragoman.resolve.coreference_parties import count_parties
from dragoman.resolve.coreference_words import load_pointing_words

_REACH = 400
"""A name or description looks back over this many mentions with a word in common; no article that people write has more."""
_BESIDE = (", ", " (", ", the ")
_PEOPLE = frozenset({MentionKind.PERSON, MentionKind.ROLE})
_BODIES = frozenset({MentionKind.ORGANISATION, MentionKind.GROUP, MentionKind.STATE, MentionKind.PRONOUN})
_POINTING = ("the", "this", "that", "these", "those")
_LOOSE = frozenset({"", *_POINTING})


def link_names(document: Document, chains: Chains) -> None:
    """Link every mention that is no pronoun to the last earlier one that it names or describes again."""
    index = _Index()
    for noun in chains.nouns:
        if noun.pronoun is None and count_parties(noun) is None:
            _link_beside(document.text, noun, chains)
            _link_earlier(noun, index.find(noun), chains)
            index.add(noun)


class _Index:
    """Earlier mentions by the words that later ones may share with them, the latest last."""

    def __init__(self) -> None:
        self._by_word: dict[str, list[Noun]] = {}

    def add(self, noun: Noun) -> None:
        for word in dict.fromkeys(_keys_of(noun)):
            self._by_word.setdefault(word, []).append(noun)

    def find(self, noun: Noun) -> Iterator[Noun]:
        """Yield earlier mentions with a word in common, the latest first."""
        found = {
            one.number: one for word in dict.fromkeys(_keys_of(noun)) for one in self._by_word.get(word, [])[-_REACH:]
        }
        yield from (found[number] for number in sorted(found, reverse=True))


def _keys_of(noun: Noun) -> Iterator[str]:
    synonyms = load_pointing_words().synonyms
    yield from noun.words
    yield from (f"={synonyms[word]}" for word in (noun.head, " ".join(noun.words[-2:])) if word in synonyms)
    if noun.kind is MentionKind.ORGANISATION:
        yield acronym_of(noun)


def acronym_of(noun: Noun) -> str:
    """Return the initials of a name ("Election Commission of Kenya": "eck"); the word itself where it is one word."""
    if len(noun.words) + len(noun.rest) == 1:
        return noun.head
    return "".join(
        word[0] for word in (*noun.words, *noun.rest) if word[:1].isalnum() and word not in ("of", "the", "for", "in")
    )


def _link_earlier(noun: Noun, earlier: Iterator[Noun], chains: Chains) -> None:
    if noun.number in chains.links or noun.kind in (MentionKind.TIME, MentionKind.WEAPON):
        return
    for other in earlier:
        why = next((why for rule, why in _RULES if rule(noun, other)), None)
        if why is not None and _may_join(noun, other, chains):
            chains.link(noun.number, (other.number,), why)
            return


def _may_join(noun: Noun, other: Noun, chains: Chains) -> bool:
    """Return whether neither holds the other, unless both are one person's, and no sex is told otherwise."""
    if chains.are_apart(noun.number, other.number):
        return False
    is_nested = noun.owner == other.number or other.owner == noun.number
    sexes = {chains.sex_of(noun.number), chains.sex_of(other.number)} - {"any"}
    return len(sexes) < 2 and (not is_nested or noun.kind is other.kind is MentionKind.PERSON)  # noqa: PLR2004


def _is_titled(noun: Noun, other: Noun) -> bool:
    """Return whether a role ends with the person's name inside it: "Chief Cabinet Secretary Masaru Kitagawa"."""
    kinds = noun.kind is MentionKind.PERSON and other.kind in _PEOPLE
    return kinds and noun.owner == other.number and noun.span.end == other.span.end


# --- rules: each says whether a mention stands for an earlier one


def is_same_person(noun: Noun, other: Noun) -> bool:
    """Return whether two persons' names can be one: "Dizon" and "Ramon Dizon", "R. Dizon"; not "Ana Dizon" and "Ramon Dizon"."""
    if not noun.name or not other.name:
        return False
    short, long = sorted((noun.name, other.name), key=len)
    if len(short) == 1:
        return short[0] in (long[-1], long[0])
    return short == long or (short[-1] == long[-1] and (short[0] == long[0] or _is_initial(short[0], long[0])))


def _is_initial(one: str, other: str) -> bool:
    return 1 in (len(one), len(other)) and one[:1] == other[:1]


def is_same_name(noun: Noun, other: Noun) -> bool:
    """Return whether two mentions of a body, state or place have the same words, or one is the other's acronym."""
    named = (MentionKind.ORGANISATION, MentionKind.STATE, MentionKind.PLACE, MentionKind.DEMONYM)
    if noun.kind not in named or other.kind not in named or noun.is_plural or noun.determiner in _indefinite():
        return False
    if (noun.words, noun.rest) == (other.words, other.rest):
        return True
    return _is_acronym(noun, other) or _is_acronym(other, noun)


def _is_acronym(short: Noun, long: Noun) -> bool:
    is_short = len(short.words) == 1 and not short.rest and short.text.strip("the ").replace(".", "").isupper()
    return is_short and len(long.words) + len(long.rest) > 1 and short.head.replace(".", "") == acronym_of(long)


def _indefinite() -> frozenset[str]:
    return load_pointing_words().indefinite


def is_described_again(noun: Noun, other: Noun) -> bool:
    """Return whether "the commission" is the "Election Commission of Kenya", "the minister" the "Interior Minister Ahmad"."""
    if not _may_describe(noun, other) or noun.determiner not in _LOOSE or noun.name:
        return False
    kinds_fit = (noun.kind in _PEOPLE) == (other.kind in _PEOPLE) or noun.kind is MentionKind.PRONOUN
    if not kinds_fit or noun.is_plural != other.is_plural or not _words_before_name(other):
        return False
    return set(noun.words) <= set(_words_before_name(other)) and not noun.rest and _shares_head(noun, other)


def _may_describe(noun: Noun, other: Noun) -> bool:
    return (
        noun.kind not in (MentionKind.PERSON, MentionKind.STATE, MentionKind.PLACE)
        and other.pronoun is None
        and bool(noun.words)
    )


def _words_before_name(noun: Noun) -> tuple[str, ...]:
    """Return the words by which a mention may be described: of a person only the title."""
    return noun.words[: -len(noun.name)] if noun.name else noun.words


def _shares_head(noun: Noun, other: Noun) -> bool:
    described = _words_before_name(other)
    return bool(described) and (
        noun.head == described[-1] or (other.kind is MentionKind.ORGANISATION and noun.head in described)
    )


def is_told_again(noun: Noun, other: Noun) -> bool:
    """Return whether two descriptions have the same words throughout: "the governor of Kano" twice, "police" twice."""
    kinds = noun.kind is other.kind or {noun.kind, other.kind} <= _BODIES
    is_open = noun.determiner in _indefinite() or not noun.words
    return (
        kinds and not is_open and (noun.words, noun.rest) == (other.words, other.rest) and _fits_determiner(noun, other)
    )


def _fits_determiner(noun: Noun, other: Noun) -> bool:
    return noun.determiner in _LOOSE or noun.determiner == other.determiner


def is_same_sort(noun: Noun, other: Noun) -> bool:
    """Return whether "the demonstrators" are the "student protesters" of before: nouns of one meaning, pointed at."""
    synonyms = load_pointing_words().synonyms
    if noun.determiner not in _POINTING or noun.rest or len(noun.words) != 1 or not _may_describe(noun, other):
        return False
    described = _words_before_name(other)
    heads = {described[-1] if described else "", " ".join(described[-2:])}
    group = synonyms.get(noun.head)
    return group is not None and any(synonyms.get(head) == group for head in heads)


def is_group_again(noun: Noun, other: Noun) -> bool:
    """Return whether "the rebels" are "Chadian rebels": the same plural noun, with more words before or after it."""
    is_group = noun.kind in (MentionKind.GROUP, MentionKind.PRONOUN) and other.kind in (
        MentionKind.GROUP,
        MentionKind.ROLE,
    )
    is_pointed = noun.determiner in _LOOSE and not noun.rest and noun.is_plural
    return is_group and is_pointed and noun.head == other.head and set(noun.words) <= set(other.words)


_RULES: tuple[tuple[Callable[[Noun, Noun], bool], str], ...] = (
    (is_same_person, "the same name"),
    (is_same_name, "the same name"),
    (is_told_again, "the same words"),
    (is_described_again, "the last one so described"),
    (is_group_again, "the last group so called"),
    (is_same_sort, "the last ones of that sort"),
)


# --- side by side


def _link_beside(text: str, noun: Noun, chains: Chains) -> None:
    """Link a person and the role beside it: "the chairman of the union, Ebi Douglas", "Bhim Thakuri, the mayor"."""
    owner = chains.nouns[noun.owner] if noun.owner is not None else None
    if owner is not None and _is_titled(noun, owner):
        chains.link(noun.number, (owner.number,), "title and name together")
        return
    other = _neighbour(text, noun, chains.nouns)
    if other is None or noun.number in chains.links or not _may_join(noun, other, chains):
        return
    kinds = {noun.kind, other.kind}
    if kinds == _PEOPLE and noun.is_plural == other.is_plural:
        chains.link(noun.number, (other.number,), "name and role side by side")
    elif kinds == {MentionKind.ORGANISATION} and (_is_acronym(noun, other) or noun.determiner in ("the", "a", "an")):
        chains.link(noun.number, (other.number,), "name and description side by side")


def _neighbour(text: str, noun: Noun, nouns: Sequence[Noun]) -> Noun | None:
    """Return the mention that ends right before this one's comma or bracket."""
    for number in range(noun.number - 1, max(-1, noun.number - 4), -1):
        other = nouns[number]
        between = text[other.span.end : noun.span.start]
        if other.sentence == noun.sentence and between in _BESIDE and other.pronoun is None:
            return other
    return None
