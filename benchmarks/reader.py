"""Speed and memory of the embedded reader: python benchmarks/reader.py

Reads the corpus's plain text on one thread and on two, prints sentences a second and the process's peak memory, and checks that
both give the same readings.
"""

from __future__ import annotations

import resource
import time

from dragoman.annotate import check_files
from dragoman.evaluate.corpus import find_corpus
from dragoman.evaluate.readings import to_document
from dragoman.read import EMBEDDED, NeuralReader
from dragoman.records import Document, Reading, Rejection

_ROUNDS = 3


def main() -> None:
    if not EMBEDDED.is_dir():
        print("no weights in this build")
        return
    documents = [to_document(one) for one in check_files([find_corpus("invented")]).documents][:200]
    n_sentences = sum(len(document.sentences) for document in documents)
    results = {n_threads: measure(documents, n_threads) for n_threads in (1, 2)}
    for n_threads, (seconds, _) in results.items():
        print(
            f"{n_threads} thread(s): {n_sentences / seconds:.0f} sentences/s (best of {_ROUNDS}, {n_sentences} sentences)"
        )
    print(f"same readings on one and two threads: {results[1][1] == results[2][1]}")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def measure(documents: list[Document], n_threads: int) -> tuple[float, list[Reading | Rejection]]:
    """Return the seconds of the best round, and the readings."""
    reader = NeuralReader(n_threads=n_threads)
    readings = list(reader.read(documents[:5]))
    best = float("inf")
    for _ in range(_ROUNDS):
        began = time.perf_counter()
        readings = list(reader.read(documents))
        best = min(best, time.perf_counter() - began)
    return best, readings


if __name__ == "__main__":
    main()
