"""The dateline of a report: where, when and by whom it was filed, as its first words tell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.records import Dateline

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?"
    r"|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAY = rf"(?:{_WEEKDAY},? )?(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?:,? \d{{4}})?)"
_CAPITAL = "A-ZÀ-ÖØ-Þ"
_CITY = rf"[{_CAPITAL}][{_CAPITAL}.'’-]+(?:[ /][{_CAPITAL}][{_CAPITAL}.'’-]*){{0,3}}"
_MIXED = rf"[{_CAPITAL}][\w.'’-]{{1,20}}(?: [{_CAPITAL}][\w.'’-]{{1,20}}){{0,3}}"
_REGION = rf"(?:, [{_CAPITAL}][\w.'’-]{{1,20}}(?: (?:and )?[{_CAPITAL}][\w.'’-]{{1,20}}){{0,2}})?"
_DASH = r"(?: ?(?:—|–|--) ?| - ?| ?-(?= ))"
_NEXT = rf"(?=[\"'“‘\[({_CAPITAL}\d]|$)"
_NAMED = r"[A-Z][\w .&'’-]{0,30}(?:News|Times|Post|Agency|Press|Herald|Guardian|Journal|Tribune)"
_DAY_LINE = re.compile(rf"[(\[]?(?:(?P<day>{_DAY}|\d{{4}}-\d\d-\d\d|{_WEEKDAY}))[)\]]?\.?")
_SPEAKER = re.compile(rf"{_CITY} ?: ")
_LONGEST = 140  # characters
_FEWEST_WORDS = 8  # of the report after a dateline that names no agency and no day: headlines have fewer


class DatelineReader:
    """Finds datelines at the beginning of an article's paragraphs.

    ``agency`` is a pattern for the names of news agencies, ``not_places`` words in capitals that name no place. The paragraphs
    tell whether "NAME:" opens many of them, as it does in transcripts, where it is no dateline.
    """

    __slots__ = ("_forms", "_is_transcript", "_not_places")

    def __init__(self, agency: str, not_places: frozenset[str], paragraphs: Sequence[str]) -> None:
        by = rf"(?: ?\((?P<agency>{agency}(?:[ /]{agency})?|{_NAMED})\))"
        day = rf"(?:,? \(?(?P<day>{_DAY})\)?)"
        self._not_places = not_places
        self._is_transcript = sum(1 for paragraph in paragraphs if _SPEAKER.match(paragraph)) > 1
        self._forms = tuple(
            re.compile(form + _NEXT)
            for form in (
                rf"(?P<place>{_CITY}{_REGION}){day}?{by}?{_DASH}",
                rf"(?P<place>{_MIXED}{_REGION}){day}?{by}{_DASH}",
                rf"(?P<place>{_MIXED}{_REGION}){day}{_DASH}",
                rf"(?P<place>{_CITY}{_REGION}){day}?{by}?: ",
                rf"(?P<day>{_DAY}){by}{_DASH}",
                rf"{by}(?:{_DASH}| ?)",
            )
        )

    def strip(self, paragraph: str) -> tuple[list[Dateline], str]:
        """Return the datelines at the beginning of the paragraph, mostly none or one, and what follows them."""
        datelines: list[Dateline] = []
        position = 0
        while found := self._find(paragraph, position):
            datelines.append(found[0])
            position = found[1]
        return datelines, paragraph[position:]

    def _find(self, paragraph: str, position: int) -> tuple[Dateline, int] | None:
        line = _DAY_LINE.fullmatch(paragraph, position)
        if line and line.group():
            return Dateline(line.group(), day=line["day"]), len(paragraph)
        end = min(len(paragraph), position + _LONGEST)
        for form in self._forms:
            found = form.match(paragraph, position, end)
            if found and found.end() > position and self._is_sound(paragraph, found):
                parts = found.groupdict()
                text = found.group().strip()
                return Dateline(text, parts.get("place"), parts.get("day"), parts.get("agency")), found.end()
        return None

    def _is_sound(self, paragraph: str, found: re.Match[str]) -> bool:
        """Return whether the match is a dateline and no headline, label or speaker's name."""
        parts = found.groupdict()
        if parts.get("agency"):
            return True
        first_word = re.split(r"[ ,/-]", parts["place"], maxsplit=1)[0]
        if found.group().endswith(": ") and (self._is_transcript or parts.get("day")):
            return False
        follows = paragraph[found.end() : found.end() + _LONGEST].split()
        return len(first_word) > 2 and first_word not in self._not_places and len(follows) >= _FEWEST_WORDS  # noqa: PLR2004 "UN", "EU"
