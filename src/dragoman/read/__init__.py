"""Document -> Reading: what the words say, before anybody asks who they stand for."""

from dragoman.read.lexical import LexicalReader
from dragoman.read.neural import EMBEDDED, NeuralReader, Pair
from dragoman.read.reader import NameFinder, Reader, TimeFinder

__all__ = ["EMBEDDED", "LexicalReader", "NameFinder", "NeuralReader", "Pair", "Reader", "TimeFinder"]
