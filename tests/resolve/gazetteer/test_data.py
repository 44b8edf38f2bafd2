"""The gazetteer's files keep their own rules: codes and sectors legal, dates in order, every shared name decided."""

import csv
import subprocess
import sys
from importlib import resources
from itertools import pairwise
from pathlib import Path

import pytest

from dragoman.ontology import load_ontology
from dragoman.resolve.actor_persons import load_office_holders
from dragoman.resolve.actor_tables import read_date
from dragoman.resolve.actor_words import make_key
from dragoman.resolve.actors import load_gazetteer

FOLDER = Path(str(resources.files("dragoman.resolve").joinpath("gazetteer")))
GAZETTEER = load_gazetteer()
FILES = sorted(FOLDER.rglob("*.csv"))


def rows_of(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


SOURCED = [file for file in FILES if file.name not in ("ambiguous.csv", "given_names.csv")]
"""Given names come from one place, which the README of the gazetteer names."""
CODED = [file for file in FILES if not file.name.startswith("place_") and file.name != "given_names.csv"]


@pytest.mark.parametrize("file", CODED, ids=lambda file: file.name)
def test_codes_sectors_and_dates(file: Path) -> None:
    sectors = load_ontology().sectors
    for number, row in enumerate(rows_of(file), 2):
        where = f"{file.name}:{number}"
        assert row["code"] in GAZETTEER.codes, where
        assert all(sector in sectors for sector in row.get("sectors", "GOV").split("|")), where
        start, end = read_date(row.get("from", ""), where), read_date(row.get("to", ""), where, is_end=True)
        assert start is None or end is None or start <= end, where


@pytest.mark.parametrize("file", SOURCED, ids=lambda file: file.name)
def test_every_row_names_its_source(file: Path) -> None:
    assert all(row["source"] for row in rows_of(file))


def test_the_readme_names_the_source_of_each_file() -> None:
    readme = (FILES[0].parent / "README.md").read_text("utf-8")
    assert not [file.name for file in FILES if file.name not in readme and file.parent.name + "/*.csv" not in readme]


@pytest.mark.parametrize("folder", ["organisations", "persons"])
def test_aliases_are_not_repeated_within_a_row(folder: str) -> None:
    for file in sorted((FOLDER / folder).glob("*.csv")):
        for row in rows_of(file):
            aliases = row["aliases"].split("|")
            assert len(aliases) == len(set(aliases)), f"{file.name}: {row['name']}"


def test_the_check_script_is_content() -> None:
    script = Path(__file__).parents[3] / "scripts" / "build_gazetteer.py"
    done = subprocess.run([sys.executable, str(script), "check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_sizes() -> None:
    n_organisations = sum(len(rows_of(file)) for file in (FOLDER / "organisations").glob("*.csv"))
    n_persons = len({row["name"] for file in (FOLDER / "persons").glob("*.csv") for row in rows_of(file)})
    assert n_organisations >= 1000
    assert n_persons >= 800
    assert len(GAZETTEER.roles) >= 250
    assert (FOLDER / "officeholders.csv").stat().st_size < 4_000_000


def test_office_holders_are_sorted_so_that_they_can_be_searched() -> None:
    lines = (FOLDER / "officeholders.csv").read_text("utf-8").rstrip("\n").split("\n")[1:]
    assert lines == sorted(lines)
    for row in rows_of(FOLDER / "officeholders.csv")[::500]:
        assert row["key"] == make_key(row["name"], GAZETTEER.spellings)
        assert any(entry.office == row["office"] for entry in load_office_holders().find(row["key"]))


def test_one_person_at_a_time_leads_a_state_by_our_own_rows() -> None:
    for (code, post), entries in GAZETTEER.posts.items():
        if post not in ("head of government", "foreign minister", "defence minister"):
            continue
        spells = sorted({(entry.start, entry.end, entry.name) for entry in entries if entry.start})
        for (_, end, name), (start, _, other) in pairwise(spells):
            assert name == other or (end is not None and start is not None and end <= start), (
                f"{code} {post}: {name}, {other}"
            )


def test_every_state_has_adjectives_and_people() -> None:
    for row in rows_of(FOLDER / "countries.csv"):
        assert row["adjectives"], row["code"]
        assert row["people"] or row["code"] == "VAT", row["code"]
