"""Prints how well time expressions are found and read, ours beside two peers, on news (MEANTIME) and narrative (WikiWars).

    python benchmarks/dates.py [--corpora DIR] [--part held|dev|all] [--misses]

Every second file of each corpus was looked at while the grammar was written (dev); the table is of the others (held).
Span F1 strict: same words; relaxed: at least one word shared. Value F1: relaxed span and the same TIMEX value, as in
TempEval-3. The mention of the publication date itself is not counted. A peer that is not installed is left out
(dateparser, recognizers-text-suite). News mode reads each text against its publication date, with no tense given;
narrative mode against the date last named.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from dragoman.evaluate.benchmarks.dates import (
    Text,
    _overlap,
    _pair,
    dragoman,
    list_systems,
    read_meantime,
    read_wikiwars,
    score,
)


def show_misses(cases: list[Text], is_narrative: bool) -> None:
    for case in cases:
        found = [item for item in dragoman(case, is_narrative) if not any(_overlap(item, skip) for skip in case.skip)]
        pairs = _pair(case.gold, found)
        for gold, other in pairs:
            if gold[2] != other[2] or gold[:2] != other[:2]:
                print(
                    "DIFF",
                    case.name[:18],
                    case.published,
                    repr(case.text[gold[0] : gold[1]]),
                    gold[2],
                    "|",
                    repr(case.text[other[0] : other[1]]),
                    other[2],
                )
        for gold in set(case.gold) - {gold for gold, _ in pairs}:
            print(
                "MISS",
                case.name[:18],
                repr(case.text[max(0, gold[0] - 30) : gold[0]]),
                repr(case.text[gold[0] : gold[1]]),
                gold[2],
            )
        for other in [item for item in found if item not in [other for _, other in pairs]]:
            print(
                "MORE",
                case.name[:18],
                repr(case.text[max(0, other[0] - 30) : other[1] + 20]),
                repr(case.text[other[0] : other[1]]),
                other[2],
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=Path("/work/shared/data"))
    parser.add_argument("--part", choices=("held", "dev", "all"), default="held")
    parser.add_argument(
        "--misses", action="store_true", help="print where we and the gold differ, instead of the table"
    )
    arguments = parser.parse_args()
    corpora = [
        ("meantime", read_meantime(arguments.corpora / "meantime"), False),
        ("wikiwars", read_wikiwars(arguments.corpora / "wikiwars"), True),
    ]
    print(f"{'corpus':10}{'system':18}{'gold':>6}{'strict':>8}{'relaxed':>9}{'value':>7}{'texts/s':>9}")
    for name, cases, is_narrative in corpora:
        part = {"held": cases[1::2], "dev": cases[0::2], "all": cases}[arguments.part]
        if arguments.misses:
            show_misses(part, is_narrative)
            continue
        for label, system in list_systems().items():
            (strict, relaxed, valued), n_gold, speed = score(part, system, is_narrative)
            print(f"{name:10}{label:18}{n_gold:6}{strict:8.1f}{relaxed:9.1f}{valued:7.1f}{speed:9.1f}")


if __name__ == "__main__":
    main()
