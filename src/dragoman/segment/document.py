"""Article -> Document: the report's text without its furniture, cut into sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dragoman.errors import EmptyArticle
from dragoman.records import Article, Document, Furniture, Rejection, Sentence, Span
from dragoman.segment.cleaning import clean_line, split_blocks
from dragoman.segment.furniture import Piece, set_furniture_aside
from dragoman.segment.sentences import split_sentences

_BETWEEN = "\n\n"
_LONGEST_HEADLINE = 30  # words


def segment_articles(articles: Iterable[Article]) -> Iterator[Document | Rejection]:
    """Yield each article as a document, in order; one of which nothing is left comes out as a rejection."""
    for article in articles:
        try:
            yield segment_article(article)
        except EmptyArticle as empty:
            yield Rejection(article.origin, "segment", str(empty))


def segment_article(article: Article) -> Document:
    """Return the article made ready for reading: headline and paragraphs, cut into sentences, with the furniture apart.

    Raises `EmptyArticle` where no paragraph of the body is left. Segmenting the text that comes out, under the
    same title, gives the same text and the same sentences.
    """
    title = _clean_title(article)
    pieces, dateline = set_furniture_aside(split_blocks(article.text), title)
    body = [piece.text for piece in pieces if piece.kind is None]
    if not body and not _is_headline_only(article, title):
        raise EmptyArticle(
            "nothing is left to read", where=article.origin, expected="a report", got=_what_was_there(pieces),
            fix="give the article's body as text",
        )  # fmt: skip
    paragraphs = [title, *body] if title is not None else body
    text = _BETWEEN.join(paragraphs)
    headlined = title is not None or _looks_like_headline(body)
    sentences = tuple(_sentences(paragraphs, headlined))
    return Document(article, text, sentences, tuple(_place(pieces, title)), dateline)


def _clean_title(article: Article) -> str | None:
    """Return the title on one line, without the outlet's name behind it, or None if the article has none."""
    title = clean_line(article.title or "")
    outlet = clean_line(article.outlet or "")
    for mark in ("|", "-", "–", "—"):
        ending = f" {mark} {outlet}"
        if outlet and title.casefold().endswith(ending.casefold()) and len(title) > len(ending):
            title = title[: -len(ending)].rstrip()
    return title or None


def _is_headline_only(article: Article, title: str | None) -> bool:
    return title is not None and clean_line(article.text) != ""


def _what_was_there(pieces: Sequence[Piece]) -> str:
    return f"{len(pieces)} pieces of furniture" if pieces else "no text"


def _looks_like_headline(paragraphs: Sequence[str]) -> bool:
    """Return whether the first of several paragraphs is a headline: short, and not ended like a sentence."""
    if len(paragraphs) < 2 or len(paragraphs[0].split(" ", _LONGEST_HEADLINE)) > _LONGEST_HEADLINE:  # noqa: PLR2004
        return False
    return paragraphs[0].rstrip("\"'”’)]")[-1:] not in set(".:;,…。।")


def _sentences(paragraphs: Sequence[str], headlined: bool) -> Iterator[Sentence]:
    """Yield the document's sentences; a headline is one sentence, whatever marks it holds."""
    index, start = 0, 0
    for number, paragraph in enumerate(paragraphs):
        is_headline = headlined and number == 0
        spans = [Span(0, len(paragraph))] if is_headline else split_sentences(paragraph)
        for span in spans:
            yield Sentence(index, Span(start + span.start, start + span.end), number, is_headline)
            index += 1
        start += len(paragraph) + len(_BETWEEN)


def _place(pieces: Sequence[Piece], title: str | None) -> Iterator[Furniture]:
    """Yield the furniture with the place in the document's text before which each piece stood."""
    position = 0 if title is None else len(title) + len(_BETWEEN)
    length = max(0, sum(len(piece.text) + 2 for piece in pieces if piece.kind is None) + position - len(_BETWEEN))
    for piece in pieces:
        if piece.kind is None:
            position += len(piece.text) + len(_BETWEEN)
        else:
            yield Furniture(piece.kind, piece.text, min(position, length))
