"""The rules that an ontology file keeps, each as a generator of the faults against it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from dragoman.ontology.cameo import load_cameo
from dragoman.ontology.faults import Fault, show
from dragoman.records import Status

QUADS = ("verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict")
_STATUSES = tuple(status.value for status in Status)
_REQUIRED = ("name", "quads", "types", "statuses", "contexts", "sectors", "international")
_OPTIONAL = ("extends", "countries", "partially_recognised", "aliases")
_LIMIT = 10
_TYPE_KEYS = ("quad", "score", "score_2022", "cameo", "definition")
_MODE_KEYS = ("score", "definition")

_Raw = Mapping[Any, Any]
_Rule = Callable[[str, Any], Iterator[Fault]]


def find_faults(raw: _Raw) -> Iterator[Fault]:
    """Yield every fault of an ontology, in the order of its sections."""
    yield from _check_keys("", raw, _REQUIRED, _OPTIONAL)
    yield from _check_name(raw)
    yield from _check_closed("quads", raw.get("quads"), QUADS)
    yield from _check_codes("types", raw.get("types"), _TYPE_CODE, _check_type(raw))
    yield from _check_closed("statuses", raw.get("statuses"), _STATUSES)
    yield from _check_codes("contexts", raw.get("contexts"), _CONTEXT_CODE, _check_term)
    yield from _check_codes("sectors", raw.get("sectors"), _ACTOR_CODE, _check_sector)
    yield from _check_codes("international", raw.get("international"), _ACTOR_CODE, _check_term)
    yield from _check_codes("countries", raw.get("countries", {}), _ACTOR_CODE, _check_term)
    yield from _check_codes("partially_recognised", raw.get("partially_recognised", {}), _ANY_NAME, _check_country)
    yield from _check_aliases(raw)


def _check_name(raw: _Raw) -> Iterator[Fault]:
    if "name" not in raw:
        return
    name, extended = raw["name"], raw.get("extends")
    if not isinstance(name, str) or not name.strip():
        yield Fault("name", "a name for the codebook", show(name), 'write one, such as "plover-2.0-mine"')
    elif name == extended:
        yield Fault(
            "name",
            f"a name other than {extended}",
            "none",
            "records cite it as their codebook, so give the file its own",
        )
    if extended not in (None, "plover-2.0"):
        yield Fault("extends", "plover-2.0", show(extended), "leave the line out to describe an ontology from scratch")


def _check_type(raw: _Raw) -> _Rule:
    contexts = _keys_of(raw.get("contexts"))

    def check(key: str, entry: Any) -> Iterator[Fault]:
        if not isinstance(entry, dict):
            yield _wrong_shape(key, "a mapping", entry)
            return
        yield from _check_keys(key, entry, _TYPE_KEYS, ("recipient", "examples", "modes"))
        yield from _check_choice(f"{key}.quad", entry, QUADS)
        yield from _check_score(f"{key}.score", entry)
        yield from _check_score(f"{key}.score_2022", entry)
        yield from _check_choice(f"{key}.recipient", entry, ("required", "optional"))
        yield from _check_cameo(f"{key}.cameo", entry, contexts)
        yield from _check_text(f"{key}.definition", entry)
        yield from _check_texts(f"{key}.examples", entry.get("examples", []))
        yield from _check_codes(f"{key}.modes", entry.get("modes", {}), _MODE_CODE, _check_mode(contexts))

    return check


def _check_mode(contexts: frozenset[str]) -> _Rule:
    def check(key: str, entry: Any) -> Iterator[Fault]:
        if not isinstance(entry, dict):
            yield _wrong_shape(key, "a mapping with score and definition", entry)
            return
        yield from _check_keys(key, entry, _MODE_KEYS, ("cameo",))
        yield from _check_score(f"{key}.score", entry)
        yield from _check_cameo(f"{key}.cameo", entry, contexts)
        yield from _check_text(f"{key}.definition", entry)

    return check


def _check_cameo(key: str, holder: _Raw, contexts: frozenset[str]) -> Iterator[Fault]:
    if "cameo" not in holder:
        return
    entry = holder["cameo"]
    if not isinstance(entry, dict):
        yield from _check_cameo_code(key, entry)
        return
    yield from _check_keys(key, entry, ("default",), ("contexts", "future", "host"))
    for name in ("default", "future", "host"):
        if name in entry:
            yield from _check_cameo_code(f"{key}.{name}", entry[name])
    yield from _check_cameo_contexts(f"{key}.contexts", entry.get("contexts", {}), contexts)


def _check_cameo_contexts(key: str, entries: Any, contexts: frozenset[str]) -> Iterator[Fault]:
    if not isinstance(entries, dict):
        yield _wrong_shape(key, "a mapping from contexts to codes", entries)
        return
    for needed, code in entries.items():
        yield from _check_cameo_code(f"{key}.{needed}", code)
        unknown = [one for one in str(needed).split("+") if one not in contexts]
        if unknown:
            yield Fault(
                f"{key}.{needed}", "contexts of this ontology", unknown[0] or "nothing", "list it under contexts"
            )


def _check_cameo_code(key: str, code: Any) -> Iterator[Fault]:
    if not isinstance(code, str):
        yield Fault(key, 'a code such as "145"', show(code), "put the code in quotes, else YAML reads a number")
    elif code not in load_cameo():
        yield Fault(key, 'a CAMEO code such as "145"', show(code), "take the closest one of docs/ontology.md")


def _check_term(key: str, entry: Any) -> Iterator[Fault]:
    if isinstance(entry, dict):
        yield from _check_keys(key, entry, ("name", "definition"), ())
        yield from _check_text(f"{key}.name", entry)
        yield from _check_text(f"{key}.definition", entry)
    elif not isinstance(entry, str) or not entry.strip():
        yield Fault(key, "a definition", show(entry), "say in a sentence what is in and what is out")


def _check_sector(key: str, entry: Any) -> Iterator[Fault]:
    if not isinstance(entry, dict):
        yield from _check_term(key, entry)
        return
    frequent = entry.get("frequent", False)
    if not isinstance(frequent, bool):
        yield Fault(f"{key}.frequent", "true or false", show(frequent), "write one of the two")
    yield from _check_term(key, {name: value for name, value in entry.items() if name != "frequent"})


def _check_country(key: str, code: Any) -> Iterator[Fault]:
    if not isinstance(code, str) or not re.fullmatch("[A-Z]{3}", code):
        yield Fault(key, "an ISO 3166 alpha-3 code", show(code), "give the state that claims the land")


def _check_aliases(raw: _Raw) -> Iterator[Fault]:
    aliases = raw.get("aliases", {})
    if not isinstance(aliases, dict):
        yield _wrong_shape("aliases", "a mapping with types and modes", aliases)
        return
    types = raw["types"] if isinstance(raw.get("types"), dict) else {}
    modes = {code: _keys_of(entry.get("modes")) for code, entry in types.items() if isinstance(entry, dict)}
    yield from _check_keys("aliases", aliases, (), ("types", "modes"))
    yield from _check_codes("aliases.types", aliases.get("types", {}), _ANY_NAME, _check_type_alias(modes))
    yield from _check_codes("aliases.modes", aliases.get("modes", {}), _ANY_NAME, _check_mode_alias(modes))


def _check_type_alias(modes: Mapping[str, frozenset[str]]) -> _Rule:
    def check(key: str, entry: Any) -> Iterator[Fault]:
        if not isinstance(entry, dict) or not isinstance(entry.get("types"), list) or not entry["types"]:
            yield _wrong_shape(key, "a mapping such as {types: [ACCUSE], mode: allege}", entry)
            return
        yield from _check_keys(key, entry, ("types",), ("mode",))
        unknown = [code for code in entry["types"] if not isinstance(code, str) or code not in modes]
        for code in unknown:
            yield Fault(f"{key}.types", "types of this ontology", show(code), "list it under types or mend the alias")
        mode = entry.get("mode")
        if mode is not None and not unknown and mode not in _as_list(modes[entry["types"][0]]):
            yield Fault(f"{key}.mode", f"a mode of {entry['types'][0]}", show(mode), "add the mode or mend the alias")

    return check


def _check_mode_alias(modes: Mapping[str, frozenset[str]]) -> _Rule:
    known = sorted(frozenset[str]().union(*modes.values()))

    def check(key: str, entry: Any) -> Iterator[Fault]:
        if entry not in known:
            yield Fault(key, "a mode of this ontology", show(entry), "add the mode or mend the alias")

    return check


class _Codes:
    """The form that the codes of a section have, as a pattern or a closed list."""

    __slots__ = ("form", "pattern")

    def __init__(self, pattern: str, form: str) -> None:
        self.pattern = re.compile(pattern)
        self.form = form


_TYPE_CODE = _Codes("[A-Z][A-Z_]{0,39}", "a type's code in capitals, such as AGREE")
_MODE_CODE = _Codes("[a-z][a-z0-9-]{0,39}", "a mode's code in small letters and hyphens, such as martial-law")
_CONTEXT_CODE = _Codes(
    "[a-z][a-z0-9_]{0,39}", "a context's code in small letters and underscores, such as human_rights"
)
_ACTOR_CODE = _Codes("[A-Z]{3}", "a code of three capitals, such as GOV")
_ANY_NAME = _Codes(r"(?s)\s*\S.*", "a name")


def _check_closed(key: str, section: Any, codes: Iterable[str]) -> Iterator[Fault]:
    """Yield the faults of a section whose codes the program knows: it must define all of them and no others."""
    if not isinstance(section, dict):
        yield from () if section is None else (_wrong_shape(key, "a mapping from codes to definitions", section),)
        return
    yield from _check_keys(key, section, codes, ())
    for code in codes:
        if section.get(code) is not None:
            yield from _check_term(f"{key}.{code}", section[code])


def _check_codes(key: str, section: Any, codes: _Codes, rule: _Rule) -> Iterator[Fault]:
    """Yield the faults of a section that maps codes to entries: of its shape, of each code, and of each entry by its rule."""
    if section is None and key in _REQUIRED:
        return  # already told as a missing key
    if not isinstance(section, dict):
        yield _wrong_shape(key, "a mapping from codes to entries", section)
        return
    for code, entry in section.items():
        if not isinstance(code, str):
            yield Fault(
                f"{key}.{show(code)}", codes.form, show(code), "put the code in quotes, else YAML does not read text"
            )
        elif not codes.pattern.fullmatch(code):
            yield Fault(f"{key}.{show(code)}", codes.form, show(code), "write the code in that form")
        else:
            yield from rule(f"{key}.{code}", entry)
    if key in _REQUIRED and not section:
        yield Fault(key, "at least one entry", "none", "add one")


def _check_keys(key: str, entry: _Raw, required: Iterable[str], optional: Iterable[str]) -> Iterator[Fault]:
    known = [*required, *optional]
    prefix = f"{key}." if key else ""
    for name in required:
        if entry.get(name) is None:
            yield Fault(f"{prefix}{name}", "an entry", "nothing", "add it; docs/ontology.md shows the form")
    for name in entry:
        if name not in known:
            yield Fault(f"{prefix}{show(name)}", f"one of {', '.join(known)}", show(name), "mend or remove it")


def _check_choice(key: str, holder: _Raw, choices: Iterable[str]) -> Iterator[Fault]:
    value = holder.get(key.rpartition(".")[2])
    if value is not None and value not in list(choices):
        yield Fault(key, f"one of {', '.join(choices)}", show(value), "write one of these")


def _check_score(key: str, holder: _Raw) -> Iterator[Fault]:
    value = holder.get(key.rpartition(".")[2])
    if value is None:
        return
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or abs(value) > _LIMIT or math.isnan(value):
        yield Fault(key, f"a number from -{_LIMIT} to {_LIMIT}", show(value), "give the conflict-cooperation score")


def _check_text(key: str, holder: _Raw) -> Iterator[Fault]:
    value = holder.get(key.rpartition(".")[2])
    if value is not None and (not isinstance(value, str) or not value.strip()):
        yield Fault(key, "text", show(value), "put text in quotes where YAML reads something else")


def _check_texts(key: str, values: Any) -> Iterator[Fault]:
    if not isinstance(values, list):
        yield _wrong_shape(key, "a list of sentences", values)
        return
    for number, value in enumerate(values):
        yield from _check_text(f"{key}[{number}].text", {"text": value})


def _wrong_shape(key: str, expected: str, got: Any) -> Fault:
    return Fault(key, expected, show(got), "see docs/ontology.md for the form")


def _keys_of(section: Any) -> frozenset[str]:
    return frozenset(key for key in section if isinstance(key, str)) if isinstance(section, dict) else frozenset()


def _as_list(codes: frozenset[str]) -> list[str]:
    # A list, for membership of values that cannot be hashed.
    return sorted(codes)
