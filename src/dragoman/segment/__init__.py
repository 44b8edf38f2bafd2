"""Article -> Document: furniture out, sentences with exact offsets."""

from dragoman.segment.document import segment_article, segment_articles
from dragoman.segment.sentences import split_sentences
from dragoman.segment.tokens import tokenize

__all__ = ["segment_article", "segment_articles", "split_sentences", "tokenize"]
