"""What resolving and coding add to the reader's time: python benchmarks/stages.py

Reads the corpus's articles with the embedded reader on one thread, resolves and codes the readings, and prints the seconds of each
stage (the best of three rounds), what resolving and coding add to reading (the project asks for 40 percent at most), and how long the gazetteer takes
to load (the best of five fresh processes).
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from dragoman.annotate import check_files
from dragoman.code import code_one
from dragoman.evaluate.corpus import find_corpus
from dragoman.evaluate.marked import to_article
from dragoman.ontology import load_ontology
from dragoman.pipeline import load_reader
from dragoman.records import Document, Provenance, Reading, Resolved
from dragoman.resolve import Resolver, load_resolver
from dragoman.segment import segment_article

BAR = 0.40
_DOCUMENTS, _ROUNDS, _LOADS = 200, 3, 5
_LOAD = (
    "import time; from dragoman.resolve.actor_gazetteer import load_gazetteer; began = time.perf_counter(); "
    "load_gazetteer(); print(time.perf_counter() - began)"
)
_Made = TypeVar("_Made")


def main() -> None:
    loads = [float(subprocess.check_output([sys.executable, "-c", _LOAD])) for _ in range(_LOADS)]  # noqa: S603
    print(f"gazetteer loaded in {1000 * min(loads):.0f} ms (slowest {1000 * max(loads):.0f} ms)")
    resolver = load_resolver()
    articles = [to_article(one) for one in check_files([find_corpus("invented")]).documents]
    documents = [one for one in map(segment_article, articles[:_DOCUMENTS]) if isinstance(one, Document)]
    n_sentences = sum(len(document.sentences) for document in documents)
    reading_time, readings = best_of(lambda: read(documents, resolver))
    resolve_time, resolved = best_of(lambda: [resolver.resolve(one) for one in readings])
    code_time, events = best_of(lambda: code(resolved))
    for name, seconds in (("read", reading_time), ("resolve", resolve_time), ("code", code_time)):
        print(f"{name:8} {seconds:7.2f} s  {1000 * seconds / n_sentences:6.2f} ms a sentence")
    added = (resolve_time + code_time) / reading_time
    print(f"{len(documents)} documents, {n_sentences} sentences, {events} events")
    print(f"resolving and coding add {100 * added:.0f} % to the reader's time (bar: {100 * BAR:.0f} %)")


def best_of(work: Callable[[], _Made]) -> tuple[float, _Made]:
    """Return the seconds of the quickest round, and what the last one made."""
    seconds = float("inf")
    for _ in range(_ROUNDS):
        began = time.process_time()
        made = work()
        seconds = min(seconds, time.process_time() - began)
    return seconds, made


def read(documents: list[Document], resolver: Resolver) -> list[Reading]:
    reader = load_reader(None, resolver)
    return [one for one in reader.read(documents) if isinstance(one, Reading)]


def code(resolved: list[Resolved]) -> int:
    """Return how many events the resolved readings give."""
    ontology = load_ontology()
    made = Provenance("dragoman", "benchmark", ontology.name)
    return sum(len(code_one(one, ontology, made)) for one in resolved)


if __name__ == "__main__":
    main()
