"""Counts in how many articles of English Wikinews (2019 and 2020, CC BY 2.5) each stem stands: src/dragoman/link/words.csv.

python scripts/count_words.py /work/shared/data/news_wikinews/*.csv
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from dragoman.link.words import _SHORTEST, _WORD, stem

TARGET = Path(__file__).parents[1] / "src" / "dragoman" / "link" / "words.csv"
FEWEST = 3
"""Articles that a stem must stand in to be listed: rarer ones are all equally telling."""


def main() -> None:
    csv.field_size_limit(10_000_000)
    counts: Counter[str] = Counter()
    n_articles = 0
    for path in sys.argv[1:]:
        with Path(path).open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                n_articles += 1
                words = _WORD.findall(row["title"] + " " + row["text"])
                counts.update({stem(word) for word in words if len(word) >= _SHORTEST})
    kept = sorted((word, count) for word, count in counts.items() if count >= FEWEST and word.isascii())
    lines = [f",{n_articles}"] + [f"{word},{count}" for word, count in kept]
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{n_articles} articles, {len(kept)} stems")


if __name__ == "__main__":
    main()
