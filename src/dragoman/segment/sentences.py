"""Text -> sentences, by rules. Linear in the length of the text, whatever it holds.

Every mark that could end a sentence is looked at once: what stands before it, what stands after it, and whether a
quotation or a bracket holds it. ``docs/decisions/0003-sentences.md`` has the measurements and the choices.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from dragoman.records import Span
from dragoman.segment.lexicon import load_lexicon

# A quotation or bracket that opens inside a sentence and is no longer than this stays in one piece: it hangs on the
# clause that introduces it. Longer ones are cut at their own full stops.
LONGEST_UNCUT = 300
_NEAR = 40  # how far a rule looks to either side; what is bounded cannot become quadratic

_SPEAKER_REACH, _SPEAKER_WORDS = 120, 5  # characters and words in which "Prime Minister Jane Doe asked" must fit

_FOREIGN = "。！？｡．؟۔।॥։።‼⁇⁈⁉"
_CLOSERS = "\"'”’»›)\\]}"
_OPENERS = "\"'“‘«‹„(\\[{¿¡"
# The look-behind lets only the first mark of a run start a match, and `+`/`*` followed by `+` never give back: linear.
_MARK = re.compile(
    rf"(?<![.!?…{_FOREIGN}])(?P<mark>[.!?…{_FOREIGN}]++(?:[ ]\.)*+)(?P<close>[{_CLOSERS}]*+)(?P<note>(?:[ ]?\[\d{{1,3}}\])*+)"
    r"|(?P<bullet>(?<=\s)(?=[•●▪‣◦]\s))"
)
_AHEAD = re.compile(
    rf"(?P<gap>\s*+)(?P<dash>(?:[—–-]+\s?)?+)(?P<open>(?:[{_OPENERS}]\s?){{0,4}}+)(?P<word>[^\W_]?+[\w'’.-]{{0,40}}+)"
)
_WORD_BEFORE = re.compile(r"[^\s\"“”‘(\[{—–/]*+$")
_LINE = re.compile(r"[^\n]+")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\Z|(?:[A-Z][a-z]?\.)+[A-Z]\Z")
_ENUMERATOR = re.compile(r"[(\[]?(?:\d{1,3}(?:\.\d{1,2}){0,3}|[A-Za-z]|[ivxIVX]{1,5})\Z")
_GLUED = re.compile(r"[^\W\d_]{2,}\Z")
_SMALL_START = re.compile(r"[a-z]{1,2}[A-Z][a-z]|https?\b|www\.")
_CLAUSE = re.compile(r"(?P<name>[A-Z]\w{1,30}(?: [A-Z]\w{1,30}){0,2})(?P<tail>['’]s| (?P<next>[a-z]+))")


@dataclass(frozen=True, slots=True)
class _Ahead:
    """What follows a mark: is there white space, a dash or an opening quote, and which word comes first."""

    gap: bool
    dash: bool
    opened: str
    word: str
    start: int

    @property
    def bare(self) -> str:
        return re.split(r"['’.-]", self.word, maxsplit=1)[0]


def split_sentences(text: str) -> list[Span]:
    """Return the sentences of a text, in order, as spans that leave out only white space.

    A line break always ends a sentence: hand over cleaned text, in which a paragraph is one line. A quotation or bracket
    of up to 300 characters that opens inside a sentence is not cut; one that opens a sentence is cut at its full stops.
    """
    return [
        Span(line.start() + span.start, line.start() + span.end)
        for line in _LINE.finditer(text)
        for span in _split_line(line.group())
    ]


def _split_line(text: str) -> Iterator[Span]:
    """Yield the sentences of a text that is one line."""
    islands = _Islands(text)
    opened = 0
    for found in _MARK.finditer(text):
        cut = found.end()
        if cut > opened and _is_end(text, opened, found, islands):
            yield from _trimmed(text, opened, cut)
            opened = cut
    yield from _trimmed(text, opened, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the span without the white space at its ends, or nothing where no more is there."""
    piece = text[start:end]
    left, right = len(piece) - len(piece.lstrip()), len(piece.rstrip())
    if left < right:
        yield Span(start + left, start + right)


def _is_end(text: str, opened: int, found: re.Match[str], islands: _Islands) -> bool:
    """Return whether a sentence that began at ``opened`` ends with the mark that was found."""
    if found["bullet"] is not None:
        return True
    if islands.hold(found.end(), opened, text):
        return False
    ahead = _look_ahead(text, found.end())
    if found["mark"][-1] in _FOREIGN:
        return True
    if not ahead.gap:
        return _is_glued(text, opened, found, ahead)
    if not ahead.word:
        return not _continues(text, ahead) and not _is_abbreviation(_word_before(text, opened, found.start()))
    if ahead.word[0].islower():
        return _opens_in_small_letters(text, found, ahead)
    return _ends_before_capital(text, opened, found, ahead)


def _look_ahead(text: str, position: int) -> _Ahead:
    found = _AHEAD.match(text, position)
    if found is None:  # cannot be: every part of the pattern may be empty
        return _Ahead(False, False, "", "", position)
    gap = bool(found["gap"]) or position == len(text)
    return _Ahead(gap, bool(found["dash"]), found["open"], found["word"], found.start("word"))


def _continues(text: str, ahead: _Ahead) -> bool:
    """Return whether what follows, not a word, goes on with the sentence: a comma, a closing bracket, an ampersand."""
    return text[ahead.start : ahead.start + 1] in set(",;:)&/%+=.…!?”’»]}")


def _is_glued(text: str, opened: int, found: re.Match[str], ahead: _Ahead) -> bool:
    """Return whether two sentences were run together ("the war ended.The minister"), which web addresses are not."""
    lexicon = load_lexicon()
    before = _word_before(text, opened, found.start())
    capital = bool(ahead.bare[:1].isupper() and (ahead.bare[1:2].islower() or ahead.bare in {"A", "I"}))
    if not capital or found["mark"] not in {".", "!", "?"} or ahead.dash:
        return False
    return bool(_GLUED.match(before)) and before[-1].islower() and ahead.bare.casefold() not in lexicon.web_endings


def _opens_in_small_letters(text: str, found: re.Match[str], ahead: _Ahead) -> bool:
    """Return whether a sentence can begin with this small letter: "iPhone", "al-Masri", or inside a fresh quotation."""
    if _is_abbreviation(_word_before(text, 0, found.start())) or ahead.dash or len(found["mark"]) > 1:
        return False
    if ahead.opened.strip() in {'"', "“"} and not found["close"]:
        return True
    following = text[ahead.start + len(ahead.bare) + 1 : ahead.start + len(ahead.bare) + 2]
    named = ahead.bare in load_lexicon().particles and following.isupper()
    return named or bool(_SMALL_START.match(ahead.word))


def _ends_before_capital(text: str, opened: int, found: re.Match[str], ahead: _Ahead) -> bool:
    """Return whether a sentence ends at a mark that a capital, a digit or a letter without case follows."""
    mark, before = found["mark"], _word_before(text, opened, found.start())
    if mark[-1] in "!?":
        return before + mark not in load_lexicon().names_with_mark and not _is_attributed(text, found, ahead)
    if mark == "…" or len(mark) > 1:
        return _ends_at_ellipsis(text, found, ahead)
    if found["close"].startswith(")") and _is_abbreviation(before):
        return False
    if _is_enumerator(text, opened, found, before):
        return False
    return _ends_at_full_stop(text, before, ahead)


def _is_attributed(text: str, found: re.Match[str], ahead: _Ahead) -> bool:
    """Return whether the speaker of a quoted question follows it: ``"Why now?" Ms. Clinton asked``."""
    if not found["close"] or ahead.opened:
        return False
    for word in text[ahead.start : ahead.start + _SPEAKER_REACH].split()[:_SPEAKER_WORDS]:
        if word.rstrip(".,:;").casefold() in load_lexicon().speech_verbs:
            return True
        if not word[0].isupper():
            return False
    return False


def _ends_at_ellipsis(text: str, found: re.Match[str], ahead: _Ahead) -> bool:
    """Return whether an ellipsis ends its sentence: not where it stands between spaces, unless an opening word follows."""
    spaced = text[found.start() - 1 : found.start()].isspace()
    return not spaced or _is_starter(ahead)


def _is_enumerator(text: str, opened: int, found: re.Match[str], before: str) -> bool:
    """Return whether the mark belongs to a list's number or letter at the beginning of the sentence ("2. Results")."""
    near = found.start() - opened < _NEAR
    return near and not text[opened : found.start() - len(before)].strip(' "“([') and bool(_ENUMERATOR.match(before))


def _ends_at_full_stop(text: str, before: str, ahead: _Ahead) -> bool:
    """Return whether a single full stop after the word ``before`` ends a sentence."""
    lexicon, known = load_lexicon(), _known_forms(before)
    if known & (lexicon.titles | lexicon.inner):
        return False
    if known & lexicon.before_number:
        return not ahead.word[0].isdigit()
    if known & lexicon.times:
        return ahead.bare not in lexicon.after_the_hour
    if known & lexicon.may_end or _ACRONYM.match(before) or _looks_short(before):
        return _is_starter(ahead) or _is_country_clause(text, ahead) or bool(ahead.opened.strip(" ([{"))
    return True


def _known_forms(before: str) -> frozenset[str]:
    """Return the spellings under which an abbreviation may be listed: as it stands, and "GEN" as "Gen"."""
    return frozenset({before, before.capitalize()} if before.isupper() and len(before) > 1 else {before})


def _is_abbreviation(before: str) -> bool:
    return bool(_known_forms(before) & _dotted() or _ACRONYM.match(before) or _looks_short(before))


@cache
def _dotted() -> frozenset[str]:
    return load_lexicon().dotted()


def _looks_short(before: str) -> bool:
    """Return whether a word that no list holds has the look of an abbreviation: an initial, or "Sgt", "Cpl"."""
    bare = before.rsplit("-", 1)[-1]
    if len(bare) == 1:
        return bare.isalpha() and bare.isupper() and before != "I"
    return bool(re.match(r"[B-DF-HJ-NP-TV-XZ][b-df-hj-np-tv-xz]{1,3}\Z", bare))


def _is_starter(ahead: _Ahead) -> bool:
    return ahead.bare.casefold() in load_lexicon().starters


def _is_country_clause(text: str, ahead: _Ahead) -> bool:
    """Return whether a country and the rest of its clause follow: "the U.S. North Korea responded"."""
    clause, lexicon = _CLAUSE.match(text, ahead.start), load_lexicon()
    return bool(clause and clause["name"] in lexicon.countries and clause["next"] not in lexicon.compound_heads)


def _word_before(text: str, opened: int, position: int) -> str:
    """Return the word that touches the mark at ``position``; at most its last 40 characters."""
    found = _WORD_BEFORE.search(text, max(opened, position - _NEAR), position)
    return found.group() if found else ""


class _Islands:
    """The quotations and brackets of one line, found in one pass each; pairs of a kind do not overlap."""

    __slots__ = ("_pairs", "_starts")

    def __init__(self, text: str) -> None:
        self._pairs = (list(_quotations(text)), list(_brackets(text)))
        self._starts = tuple([pair.start for pair in pairs] for pairs in self._pairs)

    def hold(self, position: int, opened: int, text: str) -> bool:
        """Return whether a short quotation or bracket that began inside the sentence goes on at ``position``."""
        return any(self._holds(kind, position, opened, text) for kind in (0, 1))

    def _holds(self, kind: int, position: int, opened: int, text: str) -> bool:
        at = bisect_right(self._starts[kind], position - 1) - 1
        if at < 0:
            return False
        pair = self._pairs[kind][at]
        inside = position < pair.end and pair.end - pair.start <= LONGEST_UNCUT
        return inside and bool(text[opened : min(pair.start, opened + _NEAR)].strip(" \"“‘'([•—–-"))


_QUOTE = re.compile(r"[\"“”]")
_BRACKET = re.compile(r"[()\[\]]")


def _quotations(text: str) -> Iterable[Span]:
    """Yield the quotations in double quotes, straight ones paired by the white space around them."""
    opened: int | None = None
    for found in _QUOTE.finditer(text):
        at = found.start()
        if found.group() == "“" or (found.group() == '"' and _looks_opening(text, at, opened)):
            opened = at
        elif opened is not None:
            yield Span(opened, at + 1)
            opened = None


def _looks_opening(text: str, at: int, opened: int | None) -> bool:
    """Return whether a straight quote opens: white space or a bracket before it, none after it."""
    before_opens = at == 0 or text[at - 1].isspace() or text[at - 1] in "([{—–-/"
    after_holds = at + 1 < len(text) and not text[at + 1].isspace()
    return before_opens and (after_holds or opened is None)


def _brackets(text: str) -> Iterable[Span]:
    """Yield the outermost round and square brackets."""
    depth, opened = 0, 0
    for found in _BRACKET.finditer(text):
        if found.group() in "([":
            opened = found.start() if depth == 0 else opened
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield Span(opened, found.end())
