"""YAML read with suspicion: no repeated keys, no aliases, no tags, no depth without end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from dragoman.ontology.faults import Fault, FaultyOntology, show

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST = 12
_LARGEST = 4_000_000


def read_file(path: Path) -> dict[str, Any]:
    """Return the mapping that a YAML file holds.

    Raises FaultyOntology where the file is missing, is not UTF-8, is not YAML, repeats a key, uses aliases, or holds no mapping.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        fault = Fault("file", "a readable YAML file", reason, "check the path")
        raise FaultyOntology(str(path), [fault]) from error
    return read_yaml(content, path.name)


def read_yaml(content: bytes, where: str) -> dict[str, Any]:
    """Return the mapping that the bytes of a YAML file hold; ``where`` names the file in errors, which are FaultyOntology."""
    text = _decode(content, where)
    _refuse(where, _find_tricks(text, where))
    node = _compose(text, where)
    _refuse(where, _find_repeated_keys(node, ""))
    raw = _construct(text, where)
    if not isinstance(raw, dict):
        raise FaultyOntology(
            where, [Fault("file", "a mapping with the section types", show(raw), "see docs/ontology.md")]
        )
    return raw


def _decode(content: bytes, where: str) -> str:
    if len(content) > _LARGEST:
        size = f"{len(content)} bytes"
        raise FaultyOntology(where, [Fault("file", f"at most {_LARGEST} bytes", size, "give an ontology file")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fault = Fault("file", "UTF-8", f"byte 0x{content[error.start]:02x} at {error.start}", "save the file as UTF-8")
        raise FaultyOntology(where, [fault]) from error


def _refuse(where: str, found: Iterator[Fault]) -> None:
    faults = list(found)
    if faults:
        raise FaultyOntology(where, faults)


def _find_tricks(text: str, where: str) -> Iterator[Fault]:
    # Events come one by one, so a bomb is seen before anything is built from it.
    depth = 0
    for event in _parse(text, where):
        if isinstance(event, yaml.AliasEvent):
            yield Fault(
                _tell_line(event.start_mark), "plain values", f"the alias *{event.anchor}", "write the value out"
            )
            return
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            yield Fault(
                _tell_line(event.start_mark), f"at most {_DEEPEST} levels", "more", "see docs/ontology.md for the form"
            )
            return


def _parse(text: str, where: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise _not_yaml(error, where) from error


def _compose(text: str, where: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        raise _not_yaml(error, where) from error


def _construct(text: str, where: str) -> object:
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, whichever of the two
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise _not_yaml(error, where) from error


def _not_yaml(error: Exception, where: str) -> FaultyOntology:
    key = _tell_line(getattr(error, "problem_mark", None))
    return FaultyOntology(
        where, [Fault(key, "valid YAML", show(getattr(error, "problem", None) or str(error)), "mend it")]
    )


def _tell_line(mark: Any) -> str:
    return f"line {mark.line + 1}" if mark else "file"


def _find_repeated_keys(node: yaml.Node | None, path: str) -> Iterator[Fault]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            inner = f"{path}.{name}" if path else name
            if name in seen:
                second = f"a second {name} on {_tell_line(key.start_mark)}"
                yield Fault(inner, "each key once", second, "keep one of them")
            seen.add(name)
            yield from _find_repeated_keys(value, inner)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield from _find_repeated_keys(value, f"{path}[{number}]")
