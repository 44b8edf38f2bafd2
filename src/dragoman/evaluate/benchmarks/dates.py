"""Time expressions, ours beside two libraries: how well they are found and read on news (MEANTIME) and narrative (WikiWars).

Every second file of each corpus was looked at while the grammar was written; the figures are of the others, with details also of those.
Span F1 strict: same words; relaxed: at least one word shared. Value F1: relaxed span and the same TIMEX value, as in
TempEval-3. The mention of the publication date itself is not counted. A peer that is not installed is left out
(dateparser, recognizers-text-suite). News mode reads each text against its publication date, with no tense given;
narrative mode against the date last named.
"""

from __future__ import annotations

import datetime
import html
import importlib.util
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from dragoman.errors import SettingsError
from dragoman.records import Moment
from dragoman.resolve.date_meanings import Tense
from dragoman.resolve.dates import TimeExpression, find_times, reckon_time

# TIMEX3 is annotated in the headline, the date line and the four sentences that follow.
LAST_ANNOTATED_SENTENCE = 5
PUBLISHED_YEARS_OF_NARRATIVE = datetime.date(2009, 12, 19)
Found = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Text:
    """A text with its gold expressions: start, end and value each. ``skip`` are stretches that are not counted."""

    name: str
    text: str
    published: datetime.date
    gold: tuple[Found, ...]
    skip: tuple[tuple[int, int], ...]


# Corpora


def read_meantime(folder: Path) -> list[Text]:
    """Return the texts of MEANTIME that mark their date of publication."""
    return [text for path in sorted(folder.glob("*/*.xml")) if (text := _meantime(path)) is not None]


def _meantime(path: Path) -> Text | None:
    root = ElementTree.parse(path).getroot()  # noqa: S314 - a corpus file of our own
    text, places = _detokenise(
        [token for token in root.iter("token") if int(token.get("sentence", "0")) <= LAST_ANNOTATED_SENTENCE]
    )
    gold, skip, published = [], [], None
    for timex in root.iter("TIMEX3"):
        if timex.get("functionInDocument") == "CREATION_TIME":
            published = datetime.date.fromisoformat(timex.get("value", ""))
        spans = [
            places[anchor.get("t_id", "")] for anchor in timex.iter("token_anchor") if anchor.get("t_id") in places
        ]
        if not spans:
            continue
        start, end = min(spans)[0], max(spans)[1]
        if timex.get("functionInDocument") == "CREATION_TIME":
            skip.append((start, end))
        else:
            gold.append((start, end, timex.get("value", "")))
    if published is None:  # two files mark no date as their own
        return None
    return Text(path.stem, text, published, tuple(gold), tuple(skip))


def _detokenise(tokens: list[ElementTree.Element]) -> tuple[str, dict[str, tuple[int, int]]]:
    text, places, sentence = "", {}, "0"
    for token in tokens:
        word = token.text or ""
        glue = "" if not text or re.match(r"[,.;:!?%)\]]|['’]|n't$", word) or text[-1] in "([$£€" else " "
        glue = "\n" if token.get("sentence") != sentence else glue
        sentence = token.get("sentence", "0")
        places[token.get("t_id", "")] = (len(text) + len(glue), len(text) + len(glue) + len(word))
        text += glue + word
    return text, places


def read_wikiwars(folder: Path) -> list[Text]:
    """Return the texts of WikiWars, read as narrative."""
    return [_wikiwars(path) for path in sorted(folder.glob("*.xml"))]


def _wikiwars(path: Path) -> Text:
    source = path.read_text(encoding="utf-8", errors="replace")
    body = source[source.index("<TEXT>") + 6 : source.index("</TEXT>")]
    text = ""
    gold: list[Found] = []
    opened: list[tuple[int, str]] = []
    for piece in re.split(r"(<[^>]*>)", body):
        if piece.startswith("<TIMEX2"):
            told = re.search(r'\bval="([^"]*)"', piece)
            opened.append((len(text), told[1] if told else ""))
        elif piece == "</TIMEX2>":
            start, value = opened.pop()
            gold.append((start, len(text), value))
        elif not piece.startswith("<"):
            text += html.unescape(piece)
    return Text(path.stem, text, PUBLISHED_YEARS_OF_NARRATIVE, tuple(sorted(gold)), ())


# Systems: each takes a text and whether it is narrative, and returns what it found


def dragoman(case: Text, is_narrative: bool) -> list[Found]:
    """Return what our grammar finds."""
    found: list[Found] = []
    published, anchor = case.published, None
    for expression in _flat(find_times(case.text)):
        tense: Tense | None = "present" if is_narrative else None
        reckoning = reckon_time(expression, published=published, tense=tense, anchor=anchor or _moment(published))
        found.append((expression.core.start, expression.core.end, reckoning.value if reckoning else ""))
        if is_narrative and reckoning and reckoning.period and expression.kind == "date":
            # The middle of the year last named, so that "July" after "1861" stays in 1861.
            first, last = reckoning.period.first, reckoning.period.last
            published, anchor = first + (last - first) / 2, reckoning.period.to_moment("the date last named")
    return found


def _moment(day: datetime.date) -> Moment:
    return Moment(day, "day", "publication")


def _flat(expressions: tuple[TimeExpression, ...]) -> Iterator[TimeExpression]:
    for expression in expressions:
        yield from expression.ends or (expression,)


def dateparser(case: Text, is_narrative: bool) -> list[Found]:
    """Return what dateparser finds."""
    DateDataParser = import_module("dateparser.date").DateDataParser  # noqa: N806 - a class
    search_dates = import_module("dateparser.search").search_dates

    found: list[Found] = []
    base = case.published
    for start, line in _lines(case.text):
        settings: Any = {
            "RELATIVE_BASE": datetime.datetime.combine(base, datetime.time(12)),
            "PREFER_DATES_FROM": "past",
        }
        place = start
        for words, moment in search_dates(line, languages=["en"], settings=settings) or []:
            place = case.text.index(words, place) if words in case.text[place:] else place
            period = DateDataParser(languages=["en"], settings=settings).get_date_data(words).period
            shape = {"year": "%Y", "month": "%Y-%m", "week": "%G-W%V", "time": "%Y-%m-%dT%H:%M"}.get(period, "%Y-%m-%d")
            found.append((place, place + len(words), moment.strftime(shape)))
            base = moment.date() if is_narrative else base
            place += len(words)
    return found


def recognizers(case: Text, is_narrative: bool) -> list[Found]:
    """Return what recognizers-text finds."""
    recognize_datetime = import_module("recognizers_date_time").recognize_datetime

    found: list[Found] = []
    base = case.published
    for start, line in _lines(case.text):
        reference = datetime.datetime.combine(base, datetime.time(12))
        for result in recognize_datetime(line, "en-us", reference=reference):
            value = _recognized(result.resolution, base)
            found.append((start + result.start, start + result.end + 1, value))
            if is_narrative and re.match(r"\d{4}", value):
                base = datetime.date.fromisoformat((value[:10] + "-01-01")[:10]) if _is_date(value) else base
    return found


def _is_date(value: str) -> bool:
    return bool(re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", value))


def _recognized(resolution: Any, base: datetime.date) -> str:
    """Return the TIMEX of a definite result, else the latest value not after ``base``."""
    values = [value for value in (resolution or {}).get("values", []) if value]
    if not values:
        return ""
    timex = values[0].get("timex", "")
    if "X" not in timex and "(" not in timex:
        return str(timex)
    days = [str(value.get("value") or value.get("start") or "") for value in values]
    return max([day for day in days if day <= base.isoformat()], default=days[0])


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for match in re.finditer(r"[^\n]+", text):
        yield match.start(), match[0]


# Scores


def score(
    cases: list[Text], system: Callable[[Text, bool], list[Found]], is_narrative: bool
) -> tuple[list[float], int, float]:
    """Return strict span, relaxed span and value F1 in percent, the number of gold expressions, and texts a second."""
    n_gold = n_found = strict = relaxed = valued = 0
    begin = time.perf_counter()
    for case in cases:
        found = [item for item in system(case, is_narrative) if not any(_overlap(item, skip) for skip in case.skip)]
        pairs = _pair(case.gold, found)
        n_gold, n_found = n_gold + len(case.gold), n_found + len(found)
        strict += sum(gold[:2] == other[:2] for gold, other in pairs)
        relaxed += len(pairs)
        valued += sum(gold[2] == other[2] for gold, other in pairs)
    seconds = time.perf_counter() - begin
    return [200 * hits / max(1, n_gold + n_found) for hits in (strict, relaxed, valued)], n_gold, len(cases) / seconds


def _pair(gold: tuple[Found, ...], found: list[Found]) -> list[tuple[Found, Found]]:
    """Pair each gold expression with one found: the same words first, then any that overlaps."""
    left, pairs = list(found), []
    exact = {item[:2]: item for item in found}
    for item in gold:
        if item[:2] in exact and exact[item[:2]] in left:
            pairs.append((item, exact[item[:2]]))
            left.remove(exact[item[:2]])
    taken = {item for item, _ in pairs}
    for item in gold:
        other = next((other for other in left if item not in taken and _overlap(item, other)), None)
        if other is not None:
            pairs.append((item, other))
            left.remove(other)
    return pairs


def _overlap(one: tuple[int, ...] | Found, other: tuple[int, ...] | Found) -> bool:
    return int(one[0]) < int(other[1]) and int(other[0]) < int(one[1])


def list_systems() -> dict[str, Callable[[Text, bool], list[Found]]]:
    """Return ours and the peers that are installed, by name."""
    systems: dict[str, Callable[[Text, bool], list[Found]]] = {"dragoman": dragoman}
    if importlib.util.find_spec("dateparser"):
        systems["dateparser"] = dateparser
    if importlib.util.find_spec("recognizers_date_time"):
        systems["recognizers-text"] = recognizers
    return systems


def run(folder: Path, *, details: bool) -> Iterator[str]:
    """Yield the table of the files held back while the grammar was written; with details, of the others too.

    Raises SettingsError where neither corpus lies in ``folder``.
    """
    corpora = [
        ("meantime", read_meantime(folder / "data/meantime"), False),
        ("wikiwars", read_wikiwars(folder / "data/wikiwars"), True),
    ]
    if not any(cases for _, cases, _ in corpora):
        raise SettingsError(
            "corpora of dates", where=str(folder), expected="data/meantime, data/wikiwars", got="neither"
        )
    yield "dates (bar for value F1: 75; peers on another test, TempEval-3: HeidelTime 77.6, SUTime 67.4)"
    yield f"  {'corpus':10}{'part':6}{'system':18}{'gold':>6}{'strict':>8}{'relaxed':>9}{'value':>7}"
    for name, cases, is_narrative in corpora:
        parts = {"held": cases[1::2], "dev": cases[0::2]} if details else {"held": cases[1::2]}
        for part, chosen in parts.items():
            for label, system in list_systems().items():
                (strict, relaxed, valued), n_gold, _ = score(chosen, system, is_narrative)
                yield f"  {name:10}{part:6}{label:18}{n_gold:6}{strict:8.1f}{relaxed:9.1f}{valued:7.1f}"
