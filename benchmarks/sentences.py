"""How well sentences are cut: our rules against pysbd and syntok, on GUM and on EWT.

    python benchmarks/sentences.py [--part report|develop] [--corpora FOLDER]

Both corpora are read from FOLDER (`gum/dep/*.conllu`, `srl_ewt_propbank_*.jsonl[.gz]`); without it only the invented
sentences of `benchmarks/data/sentences.txt` are counted. A paragraph is its gold sentences joined with spaces (GUM gives
paragraphs, for EWT a document is one). Counted are the boundaries inside paragraphs, since the last one is given. Documents
are dealt into the two parts by a hash of their name; rules were developed on `develop` only. The other systems are
counted where they are installed.

`--furniture` prints instead what leaves the articles of `news_wikinews/*.csv`, a piece a line, to be judged by a reader.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from dragoman.records import Article
from dragoman.segment import segment_article, split_sentences

DEVELOPED_ON = 128  # of 256: half of the documents
Cutter = Callable[[str], list[int]]
Paragraph = tuple[str, str, list[str]]  # group, document, sentences


def read_gum(folder: Path) -> Iterator[Paragraph]:
    for path in sorted((folder / "gum" / "dep").glob("*.conllu")):
        group, paragraph = f"GUM {path.stem.split('_')[1]}", list[str]()
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# newpar") and not line.startswith("# newpar_block") and paragraph:
                yield group, path.stem, paragraph
                paragraph = []
            elif line.startswith("# text = "):
                paragraph.append(line.removeprefix("# text = ").strip())
        if paragraph:
            yield group, path.stem, paragraph


def read_ewt(folder: Path) -> Iterator[Paragraph]:
    documents: dict[str, list[str]] = {}
    for path in sorted(folder.glob("srl_ewt_propbank_*")):
        raw = path.read_bytes()
        lines = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8").splitlines()
        for sentence in map(json.loads, lines):
            documents.setdefault(sentence["id"].rsplit("-", 1)[0], []).append(sentence["text"])
    for document, sentences in documents.items():
        yield f"EWT {document.split('-')[0]}", document, sentences


def read_invented() -> Iterator[Paragraph]:
    text = (Path(__file__).parent / "data" / "sentences.txt").read_text(encoding="utf-8")
    for number, paragraph in enumerate(text.strip().split("\n\n")):
        yield "invented", f"invented-{number}", paragraph.split("\n")


def is_developed_on(document: str) -> bool:
    return hashlib.sha256(document.encode()).digest()[0] < DEVELOPED_ON


def cutters() -> dict[str, Cutter]:
    found: dict[str, Cutter] = {"dragoman": lambda text: [span.end for span in split_sentences(text)]}
    try:
        import syntok.segmenter as syntok

        found["syntok"] = lambda text: [
            sentence[-1].offset + len(sentence[-1].value) for part in syntok.analyze(text) for sentence in part
        ]
    except ImportError:
        print("syntok is not installed: left out")
    try:
        import pysbd

        segmenter = pysbd.Segmenter(language="en", clean=False, char_span=True)
        found["pysbd"] = lambda text: [
            span.start + len(text[span.start : span.end].rstrip()) for span in segmenter.segment(text)
        ]
    except ImportError:
        print("pysbd is not installed: left out")
    return found


def gold_ends(sentences: list[str]) -> list[int]:
    ends, position = [], 0
    for sentence in sentences:
        position += len(sentence)
        ends.append(position)
        position += 1
    return ends


def count(cutter: Cutter, paragraphs: list[Paragraph]) -> tuple[dict[str, Counter[str]], float]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    seconds = 0.0
    for group, _, sentences in paragraphs:
        text = " ".join(sentences)
        begun = time.perf_counter()
        ends = cutter(text)
        seconds += time.perf_counter() - begun
        gold, found = set(gold_ends(sentences)) - {len(text)}, set(ends) - {len(text)}
        for name in {group, group.split()[0] + " all"}:
            counts[name].update(right=len(gold & found), found=len(found), gold=len(gold))
    return counts, sum(len(sentences) for _, _, sentences in paragraphs) / seconds


def score(counter: Counter[str]) -> str:
    precision = counter["right"] / max(1, counter["found"])
    recall = counter["right"] / max(1, counter["gold"])
    both = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"{100 * precision:.1f} / {100 * recall:.1f} / {100 * both:.1f}"


def show_furniture(folder: Path) -> None:
    kinds: Counter[str] = Counter()
    for path in sorted((folder / "news_wikinews").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                for piece in segment_article(Article(row["text"], row["title"])).furniture:
                    kinds[piece.kind] += 1
                    print(f"{piece.kind}\t{piece.text}")
    print(dict(sorted(kinds.items())))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=["report", "develop"], default="report")
    parser.add_argument("--corpora", type=Path, default=Path("/work/shared/data"))
    parser.add_argument("--furniture", action="store_true")
    options = parser.parse_args()
    if options.furniture:
        show_furniture(options.corpora)
        return
    corpora = [*read_gum(options.corpora), *read_ewt(options.corpora)]
    wanted = options.part == "develop"
    paragraphs = [paragraph for paragraph in corpora if is_developed_on(paragraph[1]) == wanted] + [*read_invented()]
    results = {name: count(cutter, paragraphs) for name, cutter in cutters().items()}
    print(f"| {options.part}: precision / recall / F1 | boundaries | " + " | ".join(results) + " |")
    print("|---|---|" + "---|" * len(results))
    for group in sorted(next(iter(results.values()))[0]):
        cells = [score(counts[group]) for counts, _ in results.values()]
        gold = next(iter(results.values()))[0][group]["gold"]
        print(f"| {group} | {gold} | " + " | ".join(cells) + " |")
    print("| sentences a second | | " + " | ".join(f"{speed:,.0f}" for _, speed in results.values()) + " |")


if __name__ == "__main__":
    main()
