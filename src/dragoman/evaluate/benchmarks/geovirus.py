"""Where places are, on GeoVirus (Gritta, Pilehvar and Collier 2018): 229 Wikinews articles on epidemics, 2,167 places with coordinates.

Gold gives coordinates and a Wikipedia page, no country. The gold country is the country of the nearest city of GeoNames to the gold
coordinates, the country itself where the page is a country's; continents, seas and unions have none, and count for distance only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

from dragoman.errors import SettingsError
from dragoman.records import MentionKind, Place, Span
from dragoman.resolve import Resolver, load_resolver
from dragoman.resolve.place_choice import Surroundings, locate, measure_distance, survey
from dragoman.resolve.place_finder import find_places
from dragoman.resolve.place_gazetteer import Toponym, load_places

_CLOSE = 161.0  # km, 100 miles: the measure's usual bound
_FILE = Path("geovirus") / "GeoVirus.xml"
_PEERS = "Mordecai 3: country 97, within 161 km 83 to 94"
_CELL = 2  # degrees
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class GoldPlace:
    """A place in an article: its span, its coordinates, its country (None for seas and continents)."""

    span: Span
    point: Point
    country: str | None


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text of the benchmark with its places. ``article`` is the address of the article it was cut from."""

    article: str
    text: str
    places: tuple[GoldPlace, ...]

    @property
    def is_first_half(self) -> bool:
        """Whether the text is in the half that we tune on; halves are drawn by a hash of the article's address."""
        return sha256(self.article.encode()).digest()[0] % 2 == 0


@dataclass(frozen=True, slots=True)
class Answer:
    """A gold place, and the place found for it; None where none was."""

    gold: GoldPlace
    found: Place | None
    text: str


def run(folder: Path, *, details: bool) -> Iterator[str]:
    """Yield country accuracy and the share within 161 km, for both halves and together; with details, each error."""
    path = folder / _FILE
    if not path.is_file():
        raise SettingsError("GeoVirus", where=str(path), got="none", fix="name the folder that holds it with --data")
    texts = read_texts(path)
    halves = {
        "first half (tuned on)": [text for text in texts if text.is_first_half],
        "second half (looked at last)": [text for text in texts if not text.is_first_half],
        "all": texts,
    }
    resolver = load_resolver()
    yield f"geovirus: {len(texts)} texts, {sum(len(text.places) for text in texts)} places; peers: {_PEERS}"
    for name, chosen in halves.items():
        yield f"  {name}: {len(chosen)} texts"
        yield f"    words given, largest place of the name: {_tell(_answer(chosen, resolver, _find_largest))}"
        yield f"    words given, Dragoman:                  {_tell(_answer(chosen, resolver, _locate))}"
        yield f"    words found by Dragoman itself:         {_tell_found(chosen, resolver)}"
    if details:
        yield from (f"  {line}" for line in _list_errors(_answer(halves["first half (tuned on)"], resolver, _locate)))


def read_texts(path: Path) -> list[GoldText]:
    """Return the benchmark's texts. Places without words are left out."""
    nearest = _file_cities()
    texts = []
    for article in ElementTree.parse(path).getroot().iter("article"):  # noqa: S314  a gold file of our own choosing
        text = article.findtext("text") or ""
        places = tuple(
            place
            for location in article.iter("location")
            if (place := _read_place(location, text, nearest)) is not None
        )
        texts.append(GoldText(article.findtext("source") or "", text, places))
    return texts


def _read_place(location: ElementTree.Element, text: str, nearest: Callable[[Point], str | None]) -> GoldPlace | None:
    name = location.findtext("name") or ""
    start = int(location.findtext("start") or 0) - 1
    start = next((at for at in (start, start + 1, start - 1, text.find(name)) if text.startswith(name, at)), -1)
    if not name or start < 0:
        return None
    point = (float(location.findtext("lat") or 0), float(location.findtext("lon") or 0))
    return GoldPlace(
        Span(start, start + len(name)), point, _find_country(location.findtext("page") or "", point, nearest)
    )


def _find_country(page: str, point: Point, nearest: Callable[[Point], str | None]) -> str | None:
    title = unquote(page.rsplit("/", 1)[-1]).replace("_", " ")
    known = [
        place for place in load_places().own.get(title.lower(), ()) if place.kind == "country" or not place.country
    ]
    if known:
        return known[0].country
    return nearest(point)


def _file_cities() -> Callable[[Point], str | None]:
    """Return a function that names the country of the city nearest to a point, None where none is within some 200 km."""
    cells: dict[tuple[int, int], list[Toponym]] = {}
    for city in load_places().list_cities():
        cells.setdefault((int(city.lat // _CELL), int(city.lon // _CELL)), []).append(city)

    def find(point: Point) -> str | None:
        row, column = int(point[0] // _CELL), int(point[1] // _CELL)
        near = [
            city
            for across in (row - 1, row, row + 1)
            for along in (column - 1, column, column + 1)
            for city in cells.get((across, along), ())
        ]
        best = min(near, key=lambda city: measure_distance(point, (city.lat, city.lon)), default=None)
        return best.country if best is not None else None

    return find


Locator = Callable[[str, Span, Surroundings], Place | None]


def _locate(text: str, span: Span, surroundings: Surroundings) -> Place | None:
    place = locate(text, span, surroundings)
    return place if place.lat is not None else None


def _find_largest(text: str, span: Span, _: Surroundings) -> Place | None:
    """Return the most populous place of the name, which is what a look-up table would answer."""
    found = load_places().find(span.quote(text))
    if not found:
        return None
    best = max(found, key=lambda place: place.population)
    return Place(span.quote(text), span, best.name, best.country, best.admin1, best.lat, best.lon)


def survey_text(text: str, resolver: Resolver) -> Surroundings:
    """Return what a text says about countries, the actors in it included."""
    codes = []
    for span, kind in resolver.find_names(text, Span(0, len(text))):
        if kind in (MentionKind.STATE, MentionKind.DEMONYM):
            codes += [entry.code for entry in resolver.gazetteer.find_key(span.quote(text))[:1]]
    return survey(text, [code for code in codes if code in resolver.gazetteer.states])


def _answer(texts: Iterable[GoldText], resolver: Resolver, find: Locator) -> list[Answer]:
    answers = []
    for one in texts:
        surroundings = survey_text(one.text, resolver)
        answers += [Answer(gold, find(one.text, gold.span, surroundings), one.text) for gold in one.places]
    return answers


def _is_country_right(answer: Answer) -> bool:
    return answer.found is not None and answer.found.country == answer.gold.country


def _is_close(answer: Answer) -> bool:
    return _measure(answer) <= _CLOSE


def _measure(answer: Answer) -> float:
    if answer.found is None or answer.found.lat is None or answer.found.lon is None:
        return float("inf")
    return measure_distance(answer.gold.point, (answer.found.lat, answer.found.lon))


def _tell(answers: Sequence[Answer]) -> str:
    with_country = [answer for answer in answers if answer.gold.country is not None]
    known = [answer for answer in answers if answer.found is not None]
    return (
        f"country {_share(map(_is_country_right, with_country))}  within 161 km {_share(map(_is_close, answers))}"
        f"  (answered {len(known) / max(1, len(answers)):.1%}; of these within 161 km {_share(map(_is_close, known))})"
    )


def _share(right: Iterable[bool]) -> str:
    listed = list(right)
    return f"{sum(listed) / max(1, len(listed)):.1%}"


def _tell_found(texts: Iterable[GoldText], resolver: Resolver) -> str:
    n_right = n_found = n_gold = 0
    answers = []
    for one in texts:
        surroundings = survey_text(one.text, resolver)
        found = {place.span: place for place in find_places(one.text)}
        matched = [gold for gold in one.places if any(span.overlaps(gold.span) for span in found)]
        n_right, n_found, n_gold = n_right + len(matched), n_found + len(found), n_gold + len(one.places)
        answers += [
            Answer(
                gold,
                _locate(one.text, next(span for span in found if span.overlaps(gold.span)), surroundings),
                one.text,
            )
            for gold in matched
        ]
    recall, precision = n_right / max(1, n_gold), n_right / max(1, n_found)
    return f"recall {recall:.1%}  precision at least {precision:.1%}  of those found: {_tell(answers)}"


def _list_errors(answers: Iterable[Answer]) -> Iterator[str]:
    for answer in answers:
        if not _is_close(answer) or (answer.gold.country is not None and not _is_country_right(answer)):
            span, found = answer.gold.span, answer.found
            told = "nothing" if found is None else f"{found.name}, {found.country} ({_measure(answer):.0f} km)"
            context = answer.text[max(0, span.start - 30) : span.end + 30].replace("\n", " ")
            yield f"{span.quote(answer.text)!r} {answer.gold.country} {answer.gold.point}: found {told} | {context}"
