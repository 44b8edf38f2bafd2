"""Whole corpora: files read, checked, and counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from dragoman.annotate.balance import measure_balance
from dragoman.annotate.check import check_corpus, check_document
from dragoman.annotate.form import MarkedDocument, parse_documents
from dragoman.errors import AnnotationError
from dragoman.ontology import load_ontology


@dataclass(frozen=True, slots=True)
class CheckedCorpus:
    """The documents without fault, in the order of their files, and every problem as one line."""

    documents: tuple[MarkedDocument, ...]
    problems: tuple[str, ...]


def check_files(paths: Iterable[Path]) -> CheckedCorpus:
    """Return the good documents of files and folders (``*.txt``), and the problems of the others."""
    ontology = load_ontology()
    documents: list[MarkedDocument] = []
    problems: list[str] = []
    for parsed in _parse_files(paths):
        if isinstance(parsed, AnnotationError):
            problems.append(str(parsed))
            continue
        faults = [f"{where}: {what}" for where, what in check_document(parsed, ontology)]
        problems += faults
        if not faults:
            documents.append(parsed)
    problems += [f"{where}: {what}" for where, what in check_corpus(documents)]
    return CheckedCorpus(tuple(documents), tuple(problems))


def _parse_files(paths: Iterable[Path]) -> Iterator[MarkedDocument | AnnotationError]:
    for path in paths:
        for file in sorted(path.rglob("*.txt")) if path.is_dir() else [path]:
            try:
                text = file.read_text("utf-8")
            except (OSError, UnicodeDecodeError) as error:
                yield AnnotationError("cannot read", where=str(file), expected="a UTF-8 text file", got=str(error))
                continue
            yield from parse_documents(text, str(file))


def describe_balance(documents: Iterable[MarkedDocument]) -> Iterator[str]:
    """Yield the counts of the corpus as lines for people."""
    balance = measure_balance(documents, load_ontology())
    for field in fields(balance):
        value = getattr(balance, field.name)
        if isinstance(value, dict):
            yield f"{field.name}: " + ", ".join(f"{key} {count}" for key, count in value.items())
        else:
            yield f"{field.name}: {value}"
