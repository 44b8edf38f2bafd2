"""Mentions as coreference sees them: head, number, sex, and where in its sentence each one stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.records import Document, Mention, MentionKind, Span
from dragoman.resolve.coreference_words import PointingWords, Pronoun, Sex, load_pointing_words

_WORD = re.compile(r"[^\W_]+(?:[-.'’][^\W_]+)*\.?", re.UNICODE)
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")
_BREAK = re.compile(r"[,;:()\[\]“”\"–—]")
_QUOTE = re.compile(r"[“”\"]|\n\s*\n")
_BEFORE = re.compile(r"([^\W_]+)[^\w]*$")
_AFTER = re.compile(r"\W*([^\W_]+)")
_AROUND = 40


@dataclass(frozen=True, slots=True)
class Noun:
    """A mention taken apart.

    ``words`` are its words in small letters up to the first "of", "in", "who" and the like, without article and 's; ``rest`` are those
    that follow. ``name`` are the words of a person's name without titles. ``before`` and ``after`` are the words around it in its
    sentence. ``rank`` counts from 0 the mentions of its sentence that no other one holds. ``owner`` is the number of the mention that
    holds it, or None.
    """

    number: int
    span: Span
    sentence: int
    kind: MentionKind
    text: str
    words: tuple[str, ...]
    rest: tuple[str, ...]
    name: tuple[str, ...]
    determiner: str
    is_plural: bool
    sex: Sex
    pronoun: Pronoun | None
    is_possessive: bool
    is_quoted: bool
    before: str
    after: str
    breaks_before: bool
    rank: int
    owner: int | None

    @property
    def head(self) -> str:
        """The word that tells what it is: "president" in "the president of Chad"."""
        return self.words[-1] if self.words else ""

    @property
    def is_subject(self) -> bool:
        """Whether it looks like the subject of its clause: no preposition before it, and a clause begins with it."""
        words = load_pointing_words()
        if self.before in words.prepositions or self.is_possessive or self.owner is not None:
            return False
        return self.rank == 0 or self.breaks_before or self.before in words.clause_openers


def cut_nouns(document: Document, mentions: Sequence[Mention]) -> tuple[Noun, ...]:
    """Return each mention taken apart, in order."""
    words = load_pointing_words()
    quotes = find_quotes(document.text)
    owners = _find_owners(mentions)
    ranks = _rank(mentions, owners)
    return tuple(
        _cut(number, mention, document, words, _is_within(mention.span.start, quotes), owners[number], ranks[number])
        for number, mention in enumerate(mentions)
    )


def find_quotes(text: str) -> tuple[Span, ...]:
    """Return where words are quoted: between quotation marks, or from one to the end of its paragraph."""
    quotes: list[Span] = []
    opened: int | None = None
    for mark in _QUOTE.finditer(text):
        if opened is not None and mark[0] != "“":
            quotes.append(Span(opened, mark.start()))
            opened = None
        elif mark[0] in '“"':
            opened = mark.end()
    return tuple(quotes) + ((Span(opened, len(text)),) if opened is not None else ())


def _is_within(place: int, spans: Sequence[Span]) -> bool:
    at = bisect_right(spans, place, key=lambda span: span.start) - 1
    return at >= 0 and spans[at].start <= place < spans[at].end


def _find_owners(mentions: Sequence[Mention]) -> list[int | None]:
    """Return the number of the innermost mention that holds each one; of two with the same words neither holds the other."""
    owners: list[int | None] = [None] * len(mentions)
    opened: list[int] = []
    for number in sorted(range(len(mentions)), key=lambda at: (mentions[at].span.start, -mentions[at].span.end)):
        span = mentions[number].span
        while opened and not (mentions[opened[-1]].span.covers(span) and mentions[opened[-1]].span != span):
            opened.pop()
        owners[number] = opened[-1] if opened else None
        opened.append(number)
    return owners


def _rank(mentions: Sequence[Mention], owners: Sequence[int | None]) -> list[int]:
    ranks, counts = [0] * len(mentions), dict[int, int]()
    for number, mention in enumerate(mentions):
        ranks[number] = counts.get(mention.sentence, 0)
        if owners[number] is None and mention.kind not in (MentionKind.TIME, MentionKind.WEAPON):
            counts[mention.sentence] = ranks[number] + 1
    return ranks


def _cut(
    number: int,
    mention: Mention,
    document: Document,
    words: PointingWords,
    is_quoted: bool,
    owner: int | None,
    rank: int,
) -> Noun:
    text = mention.span.quote(document.text)
    tokens = [match[0] for match in _WORD.finditer(text)]
    low = [_POSSESSIVE.sub("", token.lower()).rstrip(".") for token in tokens]
    determiner = low[0] if low and len(low) > 1 and low[0] in words.determiners | words.indefinite else ""
    core, rest = _split_at_link(low[1:] if determiner else low, words)
    pronoun = words.pronouns.get(low[0]) if len(low) == 1 else None
    sentence = document.sentences[mention.sentence].span
    left = document.text[max(sentence.start, mention.span.start - _AROUND) : mention.span.start]
    right = document.text[mention.span.end : min(sentence.end, mention.span.end + _AROUND)]
    before, after = _BEFORE.search(left), _AFTER.match(right)
    name = _find_name(mention.kind, tokens, low, len(low) - len(rest), words)
    return Noun(
        number=number,
        span=mention.span,
        sentence=mention.sentence,
        kind=mention.kind,
        text=text,
        words=core,
        rest=rest,
        name=name,
        determiner=determiner,
        is_plural=_is_plural(mention.kind, core, determiner, words),
        sex=pronoun.sex if pronoun else _find_sex(mention.kind, core, name, words),
        pronoun=pronoun,
        is_possessive=bool(_POSSESSIVE.search(text)) or right.startswith(("'s", "’s")),
        is_quoted=is_quoted,
        before=before[1].lower() if before else "",
        after=after[1].lower() if after else "",
        breaks_before=bool(_BREAK.search(left[-2:])) or not left.strip(),
        rank=rank,
        owner=owner,
    )


def _split_at_link(low: Sequence[str], words: PointingWords) -> tuple[tuple[str, ...], tuple[str, ...]]:
    at = next((place for place, word in enumerate(low) if place and word in words.links), len(low))
    return tuple(low[:at]), tuple(low[at:])


def _find_name(
    kind: MentionKind, tokens: Sequence[str], low: Sequence[str], end: int, words: PointingWords
) -> tuple[str, ...]:
    """Return a person's name; also one that ends a role: "Prime Minister Jonah Maragau"."""
    if kind is MentionKind.PERSON:
        return _cut_name(tokens, low, words)
    if kind is not MentionKind.ROLE or not end or low[end - 1] in words.titles:
        return ()
    name = _cut_name(tokens[:end], low[:end], words)
    return name if 0 < len(name) < end and low[end - 1 - len(name)] in words.titles else ()


def _cut_name(tokens: Sequence[str], low: Sequence[str], words: PointingWords) -> tuple[str, ...]:
    """Return the words of the name itself: the last run of capitals behind titles and roles."""
    first = len(tokens)
    while first and (tokens[first - 1][0].isupper() or (first < len(tokens) and len(tokens[first - 1]) <= 3)):  # noqa: PLR2004
        if low[first - 1] in words.titles and first < len(tokens):
            break
        first -= 1
    while first < len(tokens) - 1 and not tokens[first][0].isupper():
        first += 1
    return tuple(low[first:])


def _is_plural(kind: MentionKind, core: Sequence[str], determiner: str, words: PointingWords) -> bool:
    if not core or kind in (MentionKind.PERSON, MentionKind.STATE):
        return False
    head = core[-1]
    if kind is MentionKind.GROUP or head in words.plural_heads or determiner in ("these", "those", "many", "several"):
        return True
    return kind is not MentionKind.ORGANISATION and head.endswith("s") and not head.endswith(("ss", "us", "is"))


def _find_sex(kind: MentionKind, core: Sequence[str], name: Sequence[str], words: PointingWords) -> Sex:
    if kind in (MentionKind.ORGANISATION, MentionKind.STATE, MentionKind.PLACE):
        return "x"
    told = next((words.sexes[word] for word in core if word in words.sexes and word not in name[-1:]), None)
    if told is not None:
        return told
    if kind is MentionKind.PERSON and len(name) > 1:
        return words.given_names.get(name[0]) or words.given_names.get(name[0].partition("-")[0]) or "any"
    return "any"
