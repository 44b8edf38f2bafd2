"""What the sentence cutter knows about words: the lists of ``abbreviations.yaml``, read once."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists of ``abbreviations.yaml``, each under its own name; the file says what each is for."""

    titles: frozenset[str]
    inner: frozenset[str]
    before_number: frozenset[str]
    may_end: frozenset[str]
    times: frozenset[str]
    after_the_hour: frozenset[str]
    starters: frozenset[str]
    particles: frozenset[str]
    speech_verbs: frozenset[str]
    names_with_mark: frozenset[str]
    web_endings: frozenset[str]
    compound_heads: frozenset[str]
    countries: frozenset[str]

    def dotted(self) -> frozenset[str]:
        """Return every word that the lists know as an abbreviation, without its last full stop."""
        return self.titles | self.inner | self.before_number | self.may_end | self.times


@cache
def load_lexicon() -> Lexicon:
    """Return the word lists that come with the package."""
    import yaml

    lists = yaml.safe_load((files(__package__) / "abbreviations.yaml").read_text(encoding="utf-8"))
    return Lexicon(**{field.name: frozenset(lists[field.name]) for field in fields(Lexicon)})
