"""How many were killed, hurt, arrested or took part: whole numbers, from the least to the most that the text's words allow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from dragoman.records import Reading, Size, Span, Trigger
from dragoman.records.event import Range

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_WORDS = (
    {word: number for number, word in enumerate(_ONES)}
    | _TENS
    | {"a dozen": 12, "two dozen": 24, "three dozen": 36, "a hundred": 100}
)
# A plural of a round number is at least two of them and less than the next round number.
_ROUND: Mapping[str, Range] = MappingProxyType(
    {
        "several dozen": (36, 99),
        "a few dozen": (24, 60),
        "dozens": (24, 99),
        "scores": (40, 99),
        "hundreds": (200, 999),
        "several hundred": (300, 999),
        "a few hundred": (200, 500),
        "thousands": (2000, 9999),
        "several thousand": (3000, 9999),
        "tens of thousands": (20000, 99999),
        "hundreds of thousands": (200000, 999999),
        "several": (3, 9),
    }
)
_NUMBER = (
    r"\d{1,3}(?:,\d{3}){1,3}|\d{1,7}(?:\.\d)?(?: (?:hundred|thousand|million))?|"
    + "|".join(sorted((*_ROUND, *_WORDS), key=len, reverse=True))
    + "|(?:"
    + "|".join(_TENS)
    + ")-(?:"
    + "|".join(_ONES[1:10])
    + ")"
    + "|(?:"
    + "|".join(_ONES[1:20])
    + ") (?:hundred|thousand|million)"
)
_LIMIT = (
    r"at least|more than|over|as many as|up to|no more than|fewer than|less than|nearly|almost|about|around|some|an estimated|"
    r"roughly|approximately"
)
_COUNT = rf"(?:(?P<limit>{_LIMIT}) )?(?<![\w.,-])(?P<low>{_NUMBER})(?:(?: to | and |-|–)(?P<high>\d[\d,]*))?(?![\w%])"
_NO_PEOPLE = r"and\b|or\b|times\b|years?\b|days?\b|hours?\b|months?\b|weeks?\b|miles\b|kilomet|dollars\b|percent\b"
_PEOPLE = rf"(?: of)?(?: (?!{_NO_PEOPLE})[a-z'’-]+){{0,3}}"
_SHAPES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "dead": (
            rf"\b(?:killed|killing|kills|kill|shot dead|left) {_COUNT}",
            rf"{_COUNT}{_PEOPLE} (?:(?:were |was |have been |had been )?(?:killed|dead|slain|shot dead|massacred)|died)\b",
            rf"\bdeath toll[^.;]{{0,30}}? {_COUNT}",
        ),
        "injured": (
            rf"\b(?:wounded|wounding|injured|injuring|hurt) {_COUNT}",
            rf"{_COUNT}{_PEOPLE} (?:(?:were |was |have been |had been )?(?:wounded|injured|hurt))\b",
        ),
        "arrested": (
            rf"\b(?:arrested|arresting|arrests? of|detained|detaining|rounded up|jailed|seized) {_COUNT}",
            rf"{_COUNT}{_PEOPLE} (?:were |was |have been |had been )?(?:arrested|detained|rounded up|jailed|taken into custody)\b",
        ),
        "participants": (
            rf"{_COUNT} (?:of )?(?:[a-z'’-]+ ){{0,2}}?(?:protesters|demonstrators|marchers|people|supporters|students|workers|"
            r"strikers|teachers|women|residents|miners|farmers|activists|rioters|drivers|nurses|doctors)\b",
        ),
    }
)
_PATTERNS = {part: tuple(re.compile(shape, re.IGNORECASE) for shape in shapes) for part, shapes in _SHAPES.items()}
_PARTS_OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "ASSAULT": ("dead", "injured"),
        "PROTEST": ("dead", "injured", "arrested", "participants"),
        "COERCE": ("arrested",),
        "MOBILIZE": (),
    }
)
"""Which numbers an act of each type may have."""
_OPEN_END = frozenset({"at least", "more than", "over"})
_OPEN_START = frozenset({"up to", "as many as", "no more than", "fewer than", "less than"})
_MILLION = 1_000_000
_SCALES = {"hundred": 100, "thousand": 1000, "million": _MILLION}
_NOT_PARTICIPANTS = re.compile(
    r"(?:killed|killing|wounded|injured|arrested|detained|wounding|injuring|arresting) (?:\w+ ){0,2}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A number of a sentence: which part of the size it is, where it stands, and its range."""

    part: str
    span: Span
    count: Range


def read_sizes(reading: Reading) -> tuple[Size | None, ...]:
    """Return the size of each trigger's act, in order; None where its sentence names no number that fits its type.

    A number goes to the nearest act of the sentence that may have one of its sort.
    """
    here: dict[int, list[int]] = {}
    for number, trigger in enumerate(reading.triggers):
        if _PARTS_OF.get(trigger.type):
            here.setdefault(trigger.sentence, []).append(number)
    parts: dict[int, dict[str, Range]] = {}
    for sentence, numbers in here.items():
        for found in find_counts(reading.document.text, reading.document.sentences[sentence].span):
            owner = _nearest(found, numbers, reading.triggers)
            if owner is not None:
                parts.setdefault(owner, {}).setdefault(found.part, found.count)
    return tuple(Size(**parts[number]) if number in parts else None for number in range(len(reading.triggers)))


def _nearest(found: _Found, numbers: Sequence[int], triggers: Sequence[Trigger]) -> int | None:
    fitting = [number for number in numbers if found.part in _PARTS_OF[triggers[number].type]]
    return min(fitting, key=lambda number: (triggers[number].span.gap(found.span), number), default=None)


def find_counts(text: str, span: Span) -> Iterator[_Found]:
    """Yield the numbers of dead, injured, arrested and participants that a stretch of text names."""
    for part, patterns in _PATTERNS.items():
        for pattern in patterns:
            for match in pattern.finditer(text, span.start, span.end):
                is_other = part == "participants" and _is_told_otherwise(text, match)
                count = None if is_other else read_count(match["limit"], match["low"], match["high"])
                if count is not None:
                    yield _Found(part, Span(*match.span()), count)


def _is_told_otherwise(text: str, match: re.Match[str]) -> bool:
    """Return whether the people counted are the dead, the hurt or the arrested."""
    before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 30]
    told = re.match(
        r" (?:were |was |have been |had been )?(?:killed|wounded|injured|hurt|arrested|detained|died)\b", after
    )
    return bool(told or _NOT_PARTICIPANTS.search(before))


def read_count(limit: str | None, low: str, high: str | None = None) -> Range | None:
    """Return the least and the most that words of number allow: "at least 12" is 12 or more, "dozens" 24 to 99; None for a year."""
    least, most = _read_number(low)
    if high is not None:
        most = _read_number(high)[1]
    word = (limit or "").lower()
    if most is not None and most < least:
        return None
    if limit is None and high is None and 1900 <= least <= 2100 and "," not in low:  # noqa: PLR2004 - a year, most likely
        return None
    if word in _OPEN_END:
        return least + (word != "at least"), None
    return (0, most) if word in _OPEN_START else (least, most)


def _read_number(words: str) -> Range:
    plain = words.lower()
    if plain in _ROUND:
        return _ROUND[plain]
    number = _WORDS.get(plain)
    if number is None:
        first, _, scale = plain.partition(" ")
        tens, _, ones = first.partition("-")
        value = (
            _WORDS.get(first, _TENS.get(tens, 0) + _WORDS.get(ones, 0))
            if first[0].isalpha()
            else float(first.replace(",", ""))
        )
        number = round(value * _SCALES.get(scale, 1))
    return number, number
