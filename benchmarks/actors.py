"""How fast names are found and mentions identified, and how often rightly, on the invented corpus.

    python benchmarks/actors.py [CORPUS_FOLDER]

"home" is the state named most often in a document, as a crude stand-in for coreference; "told" gives each mention its right country
as home, and so measures what the words alone leave wrong.
"""

from __future__ import annotations

import datetime
import sys
import time
from collections import Counter
from pathlib import Path

from dragoman.annotate.form import MarkedDocument, parse_documents
from dragoman.records import MentionKind, Span
from dragoman.resolve.actors import Gazetteer, find_names, identify, load_gazetteer

KINDS = ("state", "demonym", "organisation", "role", "group", "person")


def read_documents(folder: Path) -> list[MarkedDocument]:
    files = sorted(folder.rglob("*.txt"))
    parsed = [document for file in files for document in parse_documents(file.read_text("utf-8"), str(file))]
    return [document for document in parsed if isinstance(document, MarkedDocument)]


def home_of(document: MarkedDocument, codes: dict[int, str]) -> str | None:
    named = Counter(codes[m.entity] for m in document.mentions if m.kind is MentionKind.STATE and m.entity in codes)
    return named.most_common(1)[0][0] if named else None


def score(documents: list[MarkedDocument], gazetteer: Gazetteer, *, is_told: bool) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for document in documents:
        entities = {e.number: e for e in document.entities if e.code not in ("place", "UNK", "")}
        home = home_of(document, {number: entity.code for number, entity in entities.items()})
        on = datetime.date.fromisoformat(document.head["published"])
        for mention in document.mentions:
            gold = entities.get(mention.entity)
            if gold is None or mention.kind.value not in KINDS:
                continue
            words = mention.span.quote(document.text)
            found = identify(words, mention.kind, on=on, home=gold.code if is_told else home, gazetteer=gazetteer)
            counts[mention.kind.value, "all"] += 1
            counts[mention.kind.value, "answered"] += found is not None
            is_code = found is not None and found.code == gold.code
            counts[mention.kind.value, "code"] += is_code
            counts[mention.kind.value, "sector"] += (
                is_code and found is not None and found.sectors[:1] == gold.sectors[:1]
            )
    return counts


def main() -> None:
    started = time.perf_counter()
    gazetteer = load_gazetteer()
    print(f"load {1000 * (time.perf_counter() - started):.0f} ms")
    documents = read_documents(Path(sys.argv[1] if len(sys.argv) > 1 else "corpus"))
    spans = [(document.text, Span(s.span.start, s.span.end)) for document in documents for s in document.sentences]
    started = time.perf_counter()
    n_names = sum(len(find_names(text, span, gazetteer=gazetteer)) for text, span in spans)
    seconds = time.perf_counter() - started
    print(f"find_names {len(spans) / seconds:.0f} sentences/s ({len(spans)} sentences, {n_names} names)")
    for is_told in (False, True):
        started = time.perf_counter()
        counts = score(documents, gazetteer, is_told=is_told)
        n_all = sum(count for (_, what), count in counts.items() if what == "all")
        print(
            f"home {'told' if is_told else 'guessed'}: identify {n_all / (time.perf_counter() - started):.0f} mentions/s"
        )
        for kind in KINDS:
            total = counts[kind, "all"] or 1
            shares = "  ".join(f"{what} {counts[kind, what] / total:.3f}" for what in ("answered", "code", "sector"))
            print(f"  {kind:13} {counts[kind, 'all']:5}  {shares}")


if __name__ == "__main__":
    main()
