"""The dateline of a report: where, when and by whom it was filed, as its first words tell."""

from __future__ import annotations

import re
from collections.abc import Iterable

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
_LONGEST = 140  # characters
_SHORTEST_PLACE = 3  # letters: "UN" and "EU" are none
_FEWEST_WORDS = 8  # of the report after a dateline that names no agency and no day: headlines have fewer


class DatelineReader:
    """Finds datelines at the beginning of a paragraph.

    ``agency`` is a pattern for the names of news agencies, ``not_places`` are words in capitals that name no place, and
    ``known_places`` the places that may stand before a colon, or in small letters with neither agency nor day.
    """

    __slots__ = ("_forms", "_known_places", "_not_places")

    def __init__(self, agency: str, not_places: Iterable[str], known_places: Iterable[str]) -> None:
        self._not_places, self._known_places = frozenset(not_places), frozenset(known_places)
        by = rf"(?: ?\((?P<agency>{agency}(?:[ /]{agency})?|{_NAMED})\))"
        day = rf"(?:,? (?P<day>{_DAY})| \((?P<in_brackets>{_DAY})\))"
        self._forms = tuple(
            re.compile(form + _NEXT)
            for form in (
                rf"(?P<place>{_CITY}{_REGION}){day}?{by}?{_DASH}",
                rf"(?P<place>{_MIXED}{_REGION}){day}?{by}{_DASH}",
                rf"(?P<place>{_MIXED}{_REGION}){day}{_DASH}",
                rf"(?P<place>{_CITY}{_REGION}){day}?{by}?: ",
                rf"(?P<place>{_MIXED}{_REGION}){_DASH}",
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
                day = parts.get("day") or parts.get("in_brackets")
                return Dateline(found.group().strip(), parts.get("place"), day, parts.get("agency")), found.end()
        return None

    def _is_sound(self, paragraph: str, found: re.Match[str]) -> bool:
        """Return whether the match is a dateline and no headline, label or speaker's name."""
        parts = found.groupdict()
        if parts.get("agency"):
            return True
        first_word = re.split(r"[ ,/-]", parts["place"], maxsplit=1)[0].rstrip(".")
        is_known = parts["place"].split(",")[0].upper() in self._known_places
        is_plain = parts["place"].split(",")[0].isupper() or parts.get("day")
        if not is_known and (found.group().endswith(": ") or not is_plain):
            return False
        follows = paragraph[found.end() : found.end() + _LONGEST].split()
        named = len(parts["place"].split(",")[0]) >= _SHORTEST_PLACE and first_word.upper() not in self._not_places
        return named and len(follows) >= _FEWEST_WORDS
