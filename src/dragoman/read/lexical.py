"""The first reader: a lexicon of words that name acts, and word order. Small, and honest about it.

It sets the floor that the trained reader is measured against, and works where no weights are at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml

from dragoman.read.clause import PARTY_KINDS, Clause, WordMention, find_roles
from dragoman.read.lexicon import Lexicon, Match, find_entries, load_lexicon
from dragoman.read.reader import NameFinder, TimeFinder
from dragoman.records import (
    Document,
    Mention,
    MentionKind,
    Reading,
    Rejection,
    Role,
    RoleKind,
    Sentence,
    Span,
    Status,
    Trigger,
)

_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:[-–][^\W_]+)*|[’']s\b|n[’']t\b|[^\w\s]")
_PRONOUNS = frozenset("he she they it we".split())
_SAYING = frozenset(
    "said says told added stated stressed reported according announced claimed confirmed insisted explained".split()
)
_VERBAL_CUES = frozenset(
    "to will would could can may might should must not n't n’t who which they we he she it and i".split()
)
_NOMINAL_CUES = frozenset(
    "the a an this that these those its their his her our of any some no new more further another by".split()
)
_DEFINITE = frozenset("'s ’s the that this these those its their his her".split())
_DEFINITE_REACH = 2
_CUE_REACH = 9
_SELF_EVIDENT = frozenset({"ASSAULT", "PROTEST", "COERCE"})
"""Types that text often tells without saying who: "a bomb went off", "a curfew was imposed"."""
_MAX_PHRASE = 10
_SHORT_FORM = re.compile(r".*(?:ed|ing)$")


@dataclass(frozen=True, slots=True)
class _Words:
    """A sentence's words: lower-case forms and spans in the document's text."""

    forms: tuple[str, ...]
    spans: tuple[Span, ...]

    def find(self, span: Span) -> tuple[int, int] | None:
        covered = [number for number, word in enumerate(self.spans) if span.overlaps(word)]
        return (covered[0], covered[-1]) if covered else None


@dataclass(frozen=True, slots=True)
class LexicalReader:
    """Reads with a lexicon and word order. ``find_names`` and ``find_times`` bring the knowledge of names and times."""

    find_names: NameFinder
    find_times: TimeFinder
    name: str = "reader-lexical-en 2026.11"

    def read(self, documents: Iterable[Document]) -> Iterator[Reading | Rejection]:
        """Yield one reading for each document, in order."""
        lexicon = load_lexicon()
        for document in documents:
            yield self._read_document(document, lexicon)

    def _read_document(self, document: Document, lexicon: Lexicon) -> Reading:
        mentions: list[Mention] = []
        triggers: list[Trigger] = []
        roles: list[Role] = []
        for sentence in document.sentences:
            words = _split_words(document.text, sentence.span)
            found = self._find_mentions(document.text, sentence, words)
            clause = _see_clause(words, found, len(mentions), lexicon)
            mentions += found
            for match in clause.triggers:
                found_roles = _find_all_roles(clause, match)
                if not _has_party(match, found_roles):
                    continue
                roles += [Role(len(triggers), number, kind, 0.5) for number, kind in found_roles]
                triggers.append(_make_trigger(document.text, sentence, words, clause, match, lexicon))
        return Reading(document, tuple(mentions), tuple(triggers), tuple(roles))

    def _find_mentions(self, text: str, sentence: Sentence, words: _Words) -> list[Mention]:
        spans = [(span, MentionKind.TIME) for span in self.find_times(text, sentence.span)]
        spans += [pair for pair in self.find_names(text, sentence.span) if not _overlaps_any(pair[0], spans)]
        spans += [
            (span, MentionKind.PRONOUN)
            for form, span in zip(words.forms, words.spans, strict=True)
            if form in _PRONOUNS and not _overlaps_any(span, spans)
        ]
        return [Mention(span, sentence.index, kind, 0.8) for span, kind in sorted(spans)]


def _overlaps_any(span: Span, others: Sequence[tuple[Span, MentionKind]]) -> bool:
    return any(span.overlaps(other) for other, _ in others)


def _split_words(text: str, span: Span) -> _Words:
    found = [match.span() for match in _WORD.finditer(text, span.start, span.end)]
    return _Words(tuple(text[start:end].lower() for start, end in found), tuple(Span(*pair) for pair in found))


def _see_clause(words: _Words, mentions: Sequence[Mention], first_number: int, lexicon: Lexicon) -> Clause:
    seen = []
    for number, mention in enumerate(mentions, first_number):
        place = words.find(mention.span)
        if place is not None:
            seen.append(WordMention(number, place[0], place[1], mention.kind))
    return Clause(words.forms, seen, _choose_matches(words.forms, seen, lexicon))


def _choose_matches(forms: Sequence[str], mentions: Sequence[WordMention], lexicon: Lexicon) -> list[Match]:
    """Keep, from left to right, the longest match of the right part of speech that overlaps neither a name nor another match."""
    named = {
        number
        for mention in mentions
        if mention.kind is not MentionKind.TIME
        for number in range(mention.first, mention.last + 1)
    }
    ends = {mention.last for mention in mentions if mention.kind in PARTY_KINDS}
    chosen: list[Match] = []
    for matches in find_entries(forms, lexicon):
        fitting = [
            match
            for match in matches
            if match.first not in named and match.last not in named and _fits_part_of_speech(forms, match, ends)
        ]
        if fitting and (not chosen or fitting[0].first > chosen[-1].last):
            chosen.append(fitting[0])
    return chosen


def _fits_part_of_speech(forms: Sequence[str], match: Match, ends: set[int]) -> bool:
    """Return whether the word stands where a verb, or a noun, stands. Longer entries and inflected verbs speak for themselves."""
    before = forms[match.first - 1] if match.first else ""
    after_possessive = before in {"'s", "’s"}
    if len(match.entry.forms) > 1:
        return True
    if match.entry.pos == "noun":
        return before not in _VERBAL_CUES or before == "and"
    if _SHORT_FORM.match(forms[match.first]):
        return before not in _NOMINAL_CUES and not after_possessive
    return before in _VERBAL_CUES or (match.first - 1 in ends and not after_possessive)


def _find_all_roles(clause: Clause, match: Match) -> list[tuple[int, RoleKind]]:
    roles = list(find_roles(clause, match))
    actors = {number for number, kind in roles if kind is RoleKind.ACTOR}
    return roles + [(number, RoleKind.SPEAKER) for number in _find_speaker(clause, match) if number not in actors]


def _has_party(match: Match, roles: Sequence[tuple[int, RoleKind]]) -> bool:
    """Return whether anybody acts or is acted upon; a word that names an act with nobody in it is mostly another sense."""
    return match.entry.type in _SELF_EVIDENT or any(kind in (RoleKind.ACTOR, RoleKind.RECIPIENT) for _, kind in roles)


def _find_speaker(clause: Clause, match: Match) -> list[int]:
    """Whoever "said" or "told" next to a verb of saying outside the act's own clause."""
    for position, word in enumerate(clause.words):
        if word not in _SAYING or match.first <= position <= match.last:
            continue
        reach = range(position + 1, position + 6) if word == "according" else range(max(0, position - 6), position)
        spoken = [mention for mention in clause.parties() if mention.last in reach or mention.first in reach]
        if spoken:
            return [(spoken[0] if word == "according" else spoken[-1]).number]
    return []


def _make_trigger(
    text: str, sentence: Sentence, words: _Words, clause: Clause, match: Match, lexicon: Lexicon
) -> Trigger:
    status, cue = _judge_status(clause, match, lexicon)
    return Trigger(
        span=Span(words.spans[match.first].start, words.spans[match.last].end),
        phrase=_find_phrase(words, clause, match),
        sentence=sentence.index,
        type=match.entry.type,
        modes=match.entry.modes,
        status=status,
        contexts=_find_contexts(text[sentence.span.start : sentence.span.end].lower()),
        score=match.entry.score,
        status_score=0.7,
        cue=f"the lexicon's {match.entry.words!r}" + (f"; {status.value} because of {cue!r}" if cue else ""),
    )


def _find_phrase(words: _Words, clause: Clause, match: Match) -> Span:
    """The words an analyst would quote: from the trigger to the end of what follows it in the clause, ten words at most."""
    last = match.last
    for number in range(match.last + 1, min(match.last + _MAX_PHRASE, len(words.forms))):
        if words.forms[number] in {".", ",", ";", ":", "“", "”", '"', "—", "–", "(", ")"} or clause.starts_new_act(
            number, number + 1
        ):
            break
        last = number
    return Span(words.spans[match.first].start, words.spans[last].end)


def _judge_status(clause: Clause, match: Match, lexicon: Lexicon) -> tuple[Status, str]:
    """Return the status, and the cue that tells it: the nearest one before the trigger in its clause."""
    if match.entry.pos == "noun" and _is_presupposed(clause, match):
        return Status.ACTUAL, ""
    start = max(0, match.first - _CUE_REACH)
    breaks = [number for number in range(start, match.first) if clause.words[number] in {";", ":", "but", "after"}]
    before = clause.words[breaks[-1] + 1 if breaks else start : match.first]
    found = [
        (_last_run(before, cue), Status(status), " ".join(cue))
        for status, cues in lexicon.status_cues.items()
        for cue in cues
    ]
    place, status, cue = max(found, key=lambda one: one[0])
    return (status, cue) if place >= 0 else (Status.ACTUAL, "")


def _is_presupposed(clause: Clause, match: Match) -> bool:
    """Return whether a noun is spoken of as a known fact: "Russia's warning", "the attack", "that protest"."""
    return any(word in _DEFINITE for word in clause.words[max(0, match.first - _DEFINITE_REACH) : match.first])


def _last_run(words: Sequence[str], run: tuple[str, ...]) -> int:
    """Return where the run of words stands last, counted by its end; -1 where it does not stand."""
    ends = [
        start + len(run) for start in range(len(words) - len(run) + 1) if tuple(words[start : start + len(run)]) == run
    ]
    return max(ends, default=-1)


@cache
def _load_context_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    raw = yaml.safe_load(resources.files("dragoman.read").joinpath("contexts.yaml").read_text("utf-8"))
    return tuple(
        (
            context,
            re.compile(
                "|".join(
                    rf"\b{re.escape(word.rstrip('*'))}{'' if word.endswith('*') else chr(92) + 'b'}" for word in words
                )
            ),
        )
        for context, words in raw.items()
    )


def _find_contexts(lowered: str) -> tuple[str, ...]:
    return tuple(context for context, pattern in _load_context_patterns() if pattern.search(lowered))
