"""Who says something, and where their words stand: "police said ...", "..., said police", "according to police, ...".

What counts as saying stands in ``gazetteer/speech.yaml``. Voices are mentions of the reading; nobody else is looked for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from types import MappingProxyType

import yaml

from dragoman.records import Document, Mention, MentionKind, Sentence, Span

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_VOICES = frozenset(MentionKind) - {MentionKind.TIME, MentionKind.PLACE, MentionKind.WEAPON}
_ASIDE = re.compile(r"(?:,[^,;:“”\"]{1,160},|\([^()]{1,160}\)|—[^—]{1,160}—)")
_OPENS_CLAUSE = re.compile(r"[;:]")
_ENDS_CONTENT = re.compile(r"[,”\"'’—–-]\s*$")
_TURN = re.compile(r"[\W_]*([QA])[:.] ")
_GAP = 160
"""Code points between a voice and its verb, at most."""
_PHRASE_GAP, _PAPER_REACH = 60, 3
_MOST_WORDS, _MOST_PHRASES, _WINDOW = 400, 40, 4000
"""Words and phrases of a sentence that are looked at, and code points around each; no sentence that people write has more."""


@dataclass(frozen=True, slots=True)
class SpeechWords:
    """The lists of ``speech.yaml``: each verb's sort, the phrases before a voice, and what may stand between."""

    verbs: Mapping[str, str]
    inverting: frozenset[str]
    before_nouns: frozenset[str]
    passives: frozenset[str]
    nobody: frozenset[str]
    papers: frozenset[str]
    phrases: re.Pattern[str]
    right: tuple[str, ...]
    fillers: frozenset[str]
    accounts: re.Pattern[str]
    before_accounts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Saying:
    """Somebody says something: the number of the mention that speaks, the words that tell so, and where what is said stands.

    ``sort`` is the verb's ("say", "deny", ...) or "phrase", "colon". ``shape`` tells how voice and verb stand: "before" ("police said"),
    "after" (", said police"), "shared" ("... and said"), "paper" ("the statement said"), "turn" (an answer), "phrase", "colon".
    ``left`` and ``right`` hold what is said, where it stands there.
    """

    voice: int
    sentence: int
    cue: Span
    sort: str
    shape: str
    left: Span | None
    right: Span | None


@cache
def load_speech_words() -> SpeechWords:
    """Return the lists of the package, read once."""
    text = files("dragoman.resolve").joinpath("gazetteer", "speech.yaml").read_text("utf-8")
    raw = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - a safe loader either way
    phrases = "|".join(re.escape(phrase) for phrase in raw["phrases"])
    return SpeechWords(
        verbs=MappingProxyType({form: sort for sort, forms in raw["verbs"].items() for form in forms}),
        inverting=frozenset(raw["inverting"]),
        before_nouns=frozenset(raw["before_nouns"]),
        passives=frozenset(raw["passives"]),
        nobody=frozenset(raw["nobody"]),
        papers=frozenset(raw["papers"]),
        phrases=re.compile(rf"\b(?:{phrases})\b", re.IGNORECASE),
        right=tuple(raw["right"]),
        fillers=frozenset(raw["fillers"]),
        accounts=re.compile(rf"(?:['’]s?)? (?:own )?(?:{'|'.join(raw['accounts'])})\b"),
        before_accounts=frozenset(raw["before_accounts"]),
    )


def find_sayings(document: Document, mentions: Sequence[Mention]) -> tuple[Saying, ...]:
    """Return who says something in the document, in text order."""
    by_sentence: dict[int, list[int]] = {}
    for number, mention in enumerate(mentions):
        by_sentence.setdefault(mention.sentence, []).append(number)
    found: list[Saying] = []
    for sentence in document.sentences:
        last = found[-1].voice if found and sentence.index - found[-1].sentence <= _PAPER_REACH else None
        found += _Clause(document.text, sentence, mentions, by_sentence.get(sentence.index, ()), last).find()
    return (*found, *_find_turns(document, mentions))


def _find_turns(document: Document, mentions: Sequence[Mention]) -> Iterator[Saying]:
    """Yield a saying for each sentence of an interview's answers: the voice is the person first named."""
    text, guest, is_answer = document.text, None, False
    turns = [_TURN.match(text, sentence.span.start, sentence.span.end) for sentence in document.sentences]
    if not any(turn is not None and turn[1] == "Q" for turn in turns):
        return
    guest = next((number for number, one in enumerate(mentions) if one.kind is MentionKind.PERSON), None)
    for sentence, turn in zip(document.sentences, turns, strict=True):
        is_answer = turn[1] == "A" if turn is not None else is_answer
        if guest is not None and is_answer:
            cue = Span(sentence.span.start, sentence.span.start + (1 if turn is not None else 0))
            yield Saying(guest, sentence.index, cue, "turn", "turn", None, sentence.span)


class _Clause:
    """One sentence with its mentions, searched for sayings."""

    def __init__(
        self, text: str, sentence: Sentence, mentions: Sequence[Mention], numbers: Sequence[int], before: int | None
    ) -> None:
        """``before`` is the voice of the sentences before, whose papers this one may quote."""
        self._last_voice = before
        self._text, self._sentence, self._mentions, self._numbers = text, sentence, mentions, numbers
        self._words = load_speech_words()
        outer = _keep_outermost(mentions, numbers)
        self._voices = [n for n in outer if mentions[n].kind in _VOICES and self._is_somebody(n)]
        self._starts = [mentions[n].span.start for n in self._voices]
        self._ends = [mentions[n].span.end for n in self._voices]
        self._others = [mentions[n].span for n in outer if mentions[n].kind not in _VOICES]

    def find(self) -> Iterator[Saying]:
        found = [*self._find_verbs(), *self._find_phrases(), *self._find_accounts(), *self._find_colon()]
        yield from sorted(found, key=lambda one: (one.cue.start, one.voice))

    def _find_verbs(self) -> Iterator[Saying]:
        last: int | None = None
        span = self._sentence.span
        for count, match in enumerate(_WORD.finditer(self._text, span.start, span.end)):
            if count > _MOST_WORDS:
                return
            sort = self._words.verbs.get(match[0].lower())
            cue = Span(*match.span())
            if sort is None or self._is_named(cue) or not self._is_active(cue):
                continue
            found = self._find_voice(cue, sort, last) or self._find_paper(cue)
            if found is not None:
                voice, shape = found
                last = voice
                yield self._make(voice, cue, sort, shape)

    def _is_somebody(self, number: int) -> bool:
        first = _WORD.match(self._text, self._mentions[number].span.start)
        return first is None or first[0].lower() not in self._words.nobody

    def _is_active(self, cue: Span) -> bool:
        """Return whether a word is a verb whose subject speaks: not "the offer", not "was told"."""
        found = _WORD.findall(self._text[max(self._sentence.span.start, cue.start - 20) : cue.start].lower())
        is_passive = bool(set(found[-2:]) & self._words.passives) and not cue.quote(self._text).lower().endswith("ing")
        return not found or not (found[-1] in self._words.before_nouns or is_passive)

    def _find_voice(self, cue: Span, sort: str, last: int | None) -> tuple[int, str] | None:
        if not self._voices:
            return None
        after = self._find_after(cue) if sort in self._words.inverting else None
        before = self._find_before(cue)
        if after is not None and (before is None or self._ends_clause(after[0])):
            return after
        return before or self._find_shared(cue, last)

    def _ends_clause(self, voice: int) -> bool:
        """Return whether a clause ends behind a voice: then it is the subject of the verb before it, not of one to come."""
        end = self._mentions[voice].span.end
        rest = self._text[end : min(self._sentence.span.end, end + 2)].strip()
        return not rest or not rest[0].isalnum()

    def _find_paper(self, cue: Span) -> tuple[int, str] | None:
        """ "The statement also said": whoever spoke last speaks."""
        words = [word.lower() for word in _WORD.findall(self._before(cue.start)[-_PHRASE_GAP:])]
        while words and (words[-1] in self._words.fillers - self._words.papers or words[-1].endswith("ly")):
            words.pop()
        is_paper = len(words) > 1 and words[-1] in self._words.papers and words[-2] in ("the", "this", "that", "same")
        return (self._last_voice, "paper") if is_paper and self._last_voice is not None else None

    def _is_named(self, cue: Span) -> bool:
        at = bisect_left(self._ends, cue.end)
        return at < len(self._voices) and self._starts[at] <= cue.start

    def _before(self, end: int) -> str:
        return self._text[max(self._sentence.span.start, end - _WINDOW) : end].rstrip()

    def _find_after(self, cue: Span) -> tuple[int, str] | None:
        """ ", said police": the verb stands at a break, and the voice right behind it."""
        before = self._before(cue.start)
        if before and before[-1] not in ",”\"'’—–-?!":
            return None
        at = bisect_left(self._ends, cue.end)
        if at < len(self._voices):
            span = self._mentions[self._voices[at]].span
            if self._text[cue.end : span.start].strip() == "":
                return self._voices[at], "after"
        return None

    def _find_before(self, cue: Span) -> tuple[int, str] | None:
        """ "Police in Kandahar later said": nothing but asides and small words between."""
        at = bisect_left(self._ends, cue.start + 1) - 1
        if at < 0 or cue.start - self._ends[at] > _GAP:
            return None
        voices = (self._voices[at], *(self._voices[at - 1 : at] if at else ()))
        return next(
            ((one, "before") for one in voices if self._is_empty(self._mentions[one].span.end, cue.start)), None
        )

    def _is_empty(self, start: int, end: int) -> bool:
        """Return whether a stretch of text holds nothing but asides, places, times and small words."""
        gap = self._text[start:end]
        for span in self._others:
            if start <= span.start and span.end <= end:
                gap = gap[: span.start - start] + " " * (span.end - span.start) + gap[span.end - start :]
        gap = _ASIDE.sub(" ", gap)
        if gap.strip() == "," and self._is_apposed(start):
            return True
        if any(mark in gap for mark in ';:“”"') or "," in gap.strip():
            return False
        return all(word in self._words.fillers or word.endswith("ly") for word in _WORD.findall(gap.lower()))

    def _is_apposed(self, end: int) -> bool:
        """Return whether the voice that ends here explains another one: "the mayor, Vadym Kolomiyets, says"."""
        start = self._starts[bisect_left(self._ends, end)]
        return self._text[max(0, start - 2) : start] == ", " and bisect_left(self._ends, start - 2) < bisect_left(
            self._ends, start - 1
        )

    def _find_shared(self, cue: Span, last: int | None) -> tuple[int, str] | None:
        """ "... and said", ", saying": the voice is whoever spoke before in the sentence, else its first party."""
        before = self._before(cue.start).lower()
        word = self._text[cue.start : cue.end].lower()
        is_joined = re.search(r"\b(?:and|but|then)(?: (?:also|later|then|has|had|have|\w+ly))?$", before) is not None
        is_participle = word.endswith("ing") and (before.endswith(",") or before == "")
        if not is_joined and not is_participle:
            return None
        voice = last if last is not None else self._voices[0] if self._ends[0] < cue.start else None
        return None if voice is None else (voice, "shared")

    def _find_phrases(self) -> Iterator[Saying]:
        span = self._sentence.span
        for match in islice(self._words.phrases.finditer(self._text, span.start, span.end), _MOST_PHRASES):
            at = bisect_left(self._starts, match.end())
            if at == len(self._voices):
                continue
            voice = self._mentions[self._voices[at]].span
            between = self._text[match.end() : voice.start]
            if len(between) > _PHRASE_GAP or any(mark in between for mark in ',;:“”"'):
                continue
            if match[0].lower() == "if" and not self._is_right(voice):
                continue
            yield self._make(self._voices[at], Span(*match.span()), "phrase", "phrase")

    def _find_accounts(self) -> Iterator[Saying]:
        for voice in self._voices:
            span = self._mentions[voice].span
            before = _WORD.findall(self._text[max(self._sentence.span.start, span.start - 10) : span.start])
            match = self._words.accounts.match(self._text, span.end, self._sentence.span.end)
            if match is not None and before and before[-1].lower() in self._words.before_accounts:
                yield self._make(voice, Span(span.end, match.end()), "phrase", "phrase")

    def _is_right(self, voice: Span) -> bool:
        return self._text[voice.end : voice.end + 20].strip().lower().startswith(self._words.right)

    def _find_colon(self) -> Iterator[Saying]:
        if not self._voices:
            return
        first = self._mentions[self._voices[0]].span
        is_first = not _WORD.search(self._text, self._sentence.span.start, first.start)
        if is_first and self._text[first.end : first.end + 1] == ":":
            yield self._make(self._voices[0], Span(first.end, first.end + 1), "colon", "colon")

    def _make(self, voice: int, cue: Span, sort: str, shape: str) -> Saying:
        mention = self._mentions[voice].span
        is_apart = shape in ("shared", "paper")
        start = cue.start if is_apart else min(mention.start, cue.start)
        end = cue.end if is_apart else max(mention.end, cue.end)
        return Saying(
            voice, self._sentence.index, cue, sort, shape, self._find_left(start, shape), self._find_right(end)
        )

    def _find_left(self, start: int, shape: str) -> Span | None:
        """What stands before voice and verb is said if it ends there: with a comma, a quotation mark, a dash."""
        first = max(self._sentence.span.start, start - _WINDOW)
        before = self._before(start)
        if shape in ("shared", "paper") or not before or not _ENDS_CONTENT.search(before):
            return None
        breaks = [match.end() for match in _OPENS_CLAUSE.finditer(before)]
        opened = first + (breaks[-1] if breaks else 0)
        return Span(opened, start) if opened < start else None

    def _find_right(self, end: int) -> Span | None:
        """What stands behind voice and verb is said, up to a semicolon."""
        last = self._sentence.span.end
        last = min(last, end + _WINDOW)
        stop = self._text.find(";", end, last)
        stop = last if stop < 0 else stop
        return Span(end, stop) if _WORD.search(self._text, end, stop) else None


def _keep_outermost(mentions: Sequence[Mention], numbers: Sequence[int]) -> list[int]:
    """Return the mentions that no other one of the sentence holds; of two with the same words, the first."""
    kept: list[int] = []
    for number in sorted(numbers, key=lambda n: (mentions[n].span.start, -mentions[n].span.end)):
        if not kept or mentions[number].span.end > mentions[kept[-1]].span.end:
            kept.append(number)
    return kept
