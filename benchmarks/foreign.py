"""How fast, and in how much memory, other people's event data come into a store and go out of it again.

    python benchmarks/foreign.py [--rows 1000000] [--from gdelt] [--to polecat gdelt plover] [--no-rows] [--db PATH]
    python benchmarks/foreign.py --convert [--rows 1000000] [--from gdelt] [--to polecat gdelt plover]       from file to file, without a store

Rows are drawn from a fixed seed, in the exact shape of the data set; nothing is read from outside. Each step runs in a process of its own, whose
largest memory is told.
"""
# ruff: noqa: S603 - our own command

from __future__ import annotations

import argparse
import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from dragoman.export.formats import acled, gdelt, icews, polecat
from dragoman.ontology import load_cameo, load_ontology
from dragoman.ontology.countries import load_countries

COUNTRIES = list(load_countries().values())
CODES = [code for code, entry in load_cameo().items() if entry.target]
SECTORS = "GOV MIL REB CVL BUS MED".split()
TYPES = list(load_ontology().types)
SUB_TYPES = (("Battles", "Armed clash"), ("Protests", "Peaceful protest"), ("Violence against civilians", "Attack"))


def draw(drawn: random.Random, number: int) -> dict[str, str]:
    """One event's facts, under names of no format."""
    one, other, place = (COUNTRIES[int(drawn.random() ** 3 * len(COUNTRIES))] for _ in range(3))
    day = date(2015, 1, 1) + timedelta(drawn.randrange(3650))
    return {
        "number": str(number), "day": day.isoformat(), "one": one.code, "other": other.code, "one_name": one.name, "other_name": other.name,
        "place": place.code, "fips": place.fips[0], "place_name": place.name, "sector": drawn.choice(SECTORS), "cameo": drawn.choice(CODES),
        "type": drawn.choice(TYPES), "sub": str(drawn.randrange(3)), "lat": f"{drawn.uniform(-60, 60):.4f}", "lon": f"{drawn.uniform(-170, 170):.4f}",
    }  # fmt: skip


def gdelt_row(fact: dict[str, str]) -> dict[str, str]:
    day = fact["day"].replace("-", "")
    return {
        "GLOBALEVENTID": fact["number"], "SQLDATE": day, "MonthYear": day[:6], "Year": day[:4], "Actor1Code": fact["one"] + fact["sector"],
        "Actor1Name": fact["one_name"].upper(), "Actor1CountryCode": fact["one"], "Actor2Code": fact["other"] + "GOV", "Actor2Name": fact["other_name"].upper(),
        "EventCode": fact["cameo"], "EventBaseCode": fact["cameo"][:3], "EventRootCode": fact["cameo"][:2], "NumMentions": "5", "NumSources": "1",
        "Actor1Geo_Type": "0", "Actor2Geo_Type": "0", "ActionGeo_Type": "1", "ActionGeo_FullName": fact["place_name"], "ActionGeo_CountryCode": fact["fips"],
        "ActionGeo_Lat": fact["lat"], "ActionGeo_Long": fact["lon"], "DATEADDED": day + "001500", "SOURCEURL": f"https://example.org/{fact['number']}.html",
    }  # fmt: skip


def icews_row(fact: dict[str, str]) -> dict[str, str]:
    return {
        "Event ID": fact["number"], "Event Date": fact["day"], "Source Name": f"Government ({fact['one_name']})", "Source Sectors": "Government",
        "Source Country": fact["one_name"], "Event Text": "as coded", "CAMEO Code": fact["cameo"], "Target Name": fact["other_name"], "Target Sectors": "Military",
        "Target Country": fact["other_name"], "Story ID": fact["number"], "Sentence Number": "2", "Publisher": "An Agency", "Country": fact["place_name"],
        "Latitude": fact["lat"], "Longitude": fact["lon"],
    }  # fmt: skip


def polecat_row(fact: dict[str, str]) -> dict[str, str]:
    return {
        "Event ID": f"{fact['number']}_x", "Event Date": fact["day"], "Event Type": fact["type"], "Contexts": "military; economic", "Actor Name": fact["one_name"],
        "Actor Country": fact["one"], "Actor Sectors": "GOV", "Recipient Name": fact["other_name"], "Recipient Country": fact["other"], "Recipient Sectors": "MIL",
        "Country": fact["place"], "Latitude": fact["lat"], "Longitude": fact["lon"], "Source": "An Agency", "Publication Date": fact["day"], "Language": "English",
    }  # fmt: skip


def acled_row(fact: dict[str, str]) -> dict[str, str]:
    kind, sub_kind = SUB_TYPES[int(fact["sub"])]
    return {
        "event_id_cnty": fact["number"], "event_date": fact["day"], "time_precision": "1", "event_type": kind, "sub_event_type": sub_kind,
        "actor1": f"Military Forces of {fact['one_name']} (2000-)", "inter1": "State forces", "actor2": f"Civilians ({fact['other_name']})", "inter2": "Civilians",
        "country": fact["place_name"], "location": "Town", "latitude": fact["lat"], "longitude": fact["lon"], "geo_precision": "1", "source": "A, B", "fatalities": "2",
    }  # fmt: skip


SHAPES = {
    "gdelt": (gdelt.COLUMNS, gdelt_row, "\t", False),
    "icews": (icews.COLUMNS, icews_row, "\t", True),
    "polecat": (polecat.COLUMNS, polecat_row, "\t", True),
    "acled": (acled.COLUMNS, acled_row, ",", True),
}


def rows(name: str, n_rows: int) -> Iterator[dict[str, str]]:
    drawn, shape = random.Random(7), SHAPES[name][1]
    return (shape(draw(drawn, number)) for number in range(1, n_rows + 1))


def write(path: Path, name: str, n_rows: int) -> None:
    columns, _, delimiter, has_header = SHAPES[name]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="", delimiter=delimiter, lineterminator="\n")
        if has_header:
            writer.writeheader()
        writer.writerows(rows(name, n_rows))


def convert(source: str, data_set: str, name: str, output: str) -> None:
    """Read a file of one data set and write it in the format of another."""
    from dragoman.export import find_format
    from dragoman.imports import ForeignEvent, read_foreign

    with Path(output).open("wb") as stream:
        find_format(name).write(
            (one.event for one in read_foreign(source, data_set) if isinstance(one, ForeignEvent)), stream
        )


def measure(what: str, n_rows: int, *arguments: str) -> None:
    """Run a command of ours and tell its rate and the largest memory that it held."""
    run_program(what, n_rows, str(Path(sys.executable).parent / "dragoman"), *arguments)


def run_program(what: str, n_rows: int, *command: str) -> None:
    start = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    rate, memory = n_rows / seconds, usage.ru_maxrss // 1024
    print(
        f"{what:<28} {seconds:8.1f} s  {rate:8.0f} rows/s  largest memory {memory} MB  exit {os.waitstatus_to_exitcode(status)}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--from", dest="data_set", choices=sorted(SHAPES), default="gdelt")
    parser.add_argument("--to", nargs="*", default=["polecat", "gdelt", "plover"])
    parser.add_argument("--no-rows", action="store_true", help="do not keep the rows as they were")
    parser.add_argument("--db", help="a path instead of a temporary file")
    parser.add_argument("--convert", action="store_true", help="from file to file, without a store")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        convert(options.child[0], options.data_set, *options.child[1:])
        return
    with tempfile.TemporaryDirectory() as folder:
        source, db = Path(folder) / "rows", options.db or f"{folder}/foreign.db"
        write(source, options.data_set, options.rows)
        print(f"{options.rows} rows of {options.data_set}, {source.stat().st_size / 1e6:.0f} MB")
        if options.convert:
            for name in options.to:
                child = (
                    sys.executable,
                    __file__,
                    "--from",
                    options.data_set,
                    "--child",
                    str(source),
                    name,
                    f"{folder}/out",
                )
                run_program(f"{options.data_set} to {name}", options.rows, *child)
            return
        more = ["--no-rows"] if options.no_rows else []
        measure(
            f"import from {options.data_set}",
            options.rows,
            "import",
            str(source),
            "--from",
            options.data_set,
            "--db",
            db,
            "-q",
            *more,
        )
        print(f"store {Path(db).stat().st_size / 1e6:.0f} MB")
        for name in options.to:
            measure(f"export to {name}", options.rows, "export", "--db", db, "--to", name, "-q", f"{folder}/out")
        measure("dyads, the 100 busiest", options.rows, "dyads", "--db", db, "--format", "jsonl", "-o", f"{folder}/out")


if __name__ == "__main__":
    main()
