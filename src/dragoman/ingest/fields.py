"""An article's parts under other people's names: rows and objects with keys -> Article."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import ParamSpec

import yaml

from dragoman.errors import DragomanError, EmptyArticle, InputError, UnreadableInput
from dragoman.ingest.characters import clean, clean_line, printable, quoted
from dragoman.ingest.day import is_missing, parse_day
from dragoman.ingest.markup import nested_too_deeply, without_markup
from dragoman.records import Article, Rejection

P = ParamSpec("P")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9_-]{1,20})?", re.IGNORECASE)
_WEB_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_NOTHING = (None, "")


def rejection(origin: str, error: DragomanError) -> Rejection:
    """Return the rejection that tells of the error, safe to print on a terminal."""
    return Rejection(origin=printable(origin), stage="ingest", reason=printable(str(error)))


def attempt(origin: str, read: Callable[P, Article], *args: P.args, **kwargs: P.kwargs) -> Article | Rejection:
    """Return the article that ``read`` makes, or the rejection that says why it cannot."""
    try:
        return read(*args, **kwargs)
    except DragomanError as error:
        return rejection(origin, error)
    except RecursionError:
        return rejection(origin, nested_too_deeply())
    except Exception as error:  # noqa: BLE001 - whatever a parser stumbles over in hostile input, the run goes on
        return rejection(origin, unexpected(error))


def unexpected(error: Exception) -> UnreadableInput:
    """Return the error for input over which a parser stumbled in a way that nobody foresaw."""
    got = f"{type(error).__name__} {quoted(str(error))}"
    return UnreadableInput("cannot be read", expected="an article", got=got, fix="check the file")


def field_named(name: str) -> str | None:
    """Return which part of an article a key or column holds ("pubDate": published), or None for none that we use."""
    found = _places().get(_plain(name))
    return found[0] if found else None


def article_from(fields: Mapping[str, object], origin: str) -> Article:
    """Return the article that a row or an object holds, whatever names it gives to the parts.

    Raises InputError where the text is missing, empty, ambiguous or no text, or the date is no date.
    """
    parts = _parts(fields)
    if "text" not in parts:
        raise _no_text(fields)
    text = without_markup(clean(_joined(parts["text"])))
    if not text:
        raise EmptyArticle("empty text", expected="an article's words", got="nothing", fix="leave the article out")
    outlet, url = _outlet_and_url(parts)
    return Article(
        text=text,
        title=_line(parts, "title"),
        published=day_of(parts.get("published")),
        outlet=outlet,
        url=url,
        source_id=_identity(parts.get("id")),
        language=language_of(parts.get("language")),
        origin=printable(origin),
    )


def day_of(value: object, field: str = "published") -> date | None:
    """Return the day that a value names, or None where it is missing; raises InputError where it is no date."""
    return None if is_missing(value) else parse_day(value, field)


def language_of(value: object, default: str = "en") -> str:
    """Return the language's code without its region ("en-GB": "en"), or the default where none is given."""
    found = _LANGUAGE.fullmatch(value.strip()) if isinstance(value, str) else None
    return found[1].lower() if found else default


def _parts(fields: Mapping[str, object]) -> dict[str, object]:
    """Return our name and the value of each part that is given: the best-ranked key of each part that is not empty."""
    places = _places()
    ranked = sorted(
        (places[_plain(key)], key) for key, value in fields.items() if _plain(key) in places and value not in _NOTHING
    )
    _refuse_two_texts([(rank, key) for (part, rank), key in ranked if part == "text"], fields)
    parts: dict[str, object] = {}
    for (part, _), key in ranked:
        parts.setdefault(part, fields[key])
    if "text" not in parts and any(field_named(key) == "text" for key in fields):
        parts["text"] = ""
    return parts


def _refuse_two_texts(ranked: list[tuple[int, str]], fields: Mapping[str, object]) -> None:
    ours = any(rank == 0 for rank, _ in ranked)
    if ours or all(fields[key] == fields[ranked[0][1]] for _, key in ranked):
        return
    raise UnreadableInput(
        "two texts",
        expected='one key for the text, best "text"',
        got=" and ".join(quoted(key) for _, key in ranked),
        fix='rename the right one to "text"',
    )


def _no_text(fields: Mapping[str, object]) -> UnreadableInput:
    keys = ", ".join(str(key) for key in fields) or "no keys"
    return UnreadableInput(
        "no text", expected='a key "text"', got=quoted(keys), fix='rename the key of the text to "text"'
    )


def _joined(value: object) -> str:
    if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        return "\n\n".join(value)
    if not isinstance(value, str):
        raise _wrong_type("text", value)
    return value


def _line(parts: Mapping[str, object], part: str) -> str | None:
    value = parts.get(part)
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title") or value.get("rendered")
    if value is None:
        return None
    if not isinstance(value, str):
        raise _wrong_type(part, value)
    return clean_line(without_markup(value)) or None


def _outlet_and_url(parts: Mapping[str, object]) -> tuple[str | None, str | None]:
    """Return outlet and address; an outlet that is an address ("source": "https://...") is one."""
    outlet, url = _line(parts, "outlet"), _line(parts, "url")
    if outlet and _WEB_ADDRESS.fullmatch(outlet):
        return None, url or outlet
    return outlet, url


def _identity(value: object) -> str | None:
    if isinstance(value, Mapping):  # {"$oid": "..."}, as MongoDB exports it
        value = next(iter(value.values()), None)
    if isinstance(value, bool) or not isinstance(value, str | int | float | None):
        raise _wrong_type("id", value)
    return None if value is None else clean_line(str(value)) or None


def _wrong_type(part: str, value: object) -> InputError:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    got = f"{names.get(type(value), type(value).__name__)} {quoted(value)}"
    return UnreadableInput(f"{part} is no text", expected="a string", got=got, fix=f"write the {part} between quotes")


def _plain(name: object) -> str:
    return "".join(char for char in str(name).casefold() if char.isalnum())


@cache
def _places() -> dict[str, tuple[str, int]]:
    """Return for each known name the part that it holds and its rank within that part."""
    table: dict[str, list[str]] = yaml.safe_load(files(__package__).joinpath("fields.yaml").read_text("utf-8"))
    return {_plain(name): (part, rank) for part, names in table.items() for rank, name in enumerate(names)}
