"""CAMEO's codes are all there and lead to what PLOVER 2.0 has."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import OntologyError
from dragoman.ontology import CameoTarget, cameo_to_plover, find_cameo, load_cameo, load_ontology
from dragoman.ontology.cameo import read_cameo_file

CODES = load_cameo()
ONTOLOGY = load_ontology()
TABLE = Path(__file__).resolve().parents[3] / "shared" / "data" / "plover" / "CAMEO2PLOVER-2021.txt"
ROOTS = {f"{number:02}" for number in range(1, 21)}
EASILY_FORGOTTEN = (
    "155 176 0874 1056 1125 116 1246 129 1385 139 1444 1454 1661 1662 1663 1834 193 194 195 1951 1952 196 2041 2042"
)


def test_the_list_is_whole() -> None:
    assert {code for code in CODES if len(code) == 2} == ROOTS
    assert len(CODES) == 318
    assert set(EASILY_FORGOTTEN.split()) <= set(CODES)
    assert len({code.title for code in CODES.values()}) == len(CODES)
    assert list(CODES) == sorted(CODES)


def test_every_code_has_its_ancestors() -> None:
    assert all(
        code.root in CODES and code.base in CODES and code.code[:3] in CODES
        for code in CODES.values()
        if len(code.code) > 2
    )


@pytest.mark.parametrize("code", [code for code, entry in CODES.items() if entry.target])
def test_every_target_is_valid(code: str) -> None:
    target = cameo_to_plover(code)
    assert target.type in ONTOLOGY.types
    assert set(target.modes) <= set(ONTOLOGY.types[target.type].modes)
    assert set(target.contexts) <= set(ONTOLOGY.contexts)


def test_roots_03_to_20_are_all_events_and_most_of_01_is_not() -> None:
    without = [code for code, entry in CODES.items() if entry.target is None]
    assert without == ["01", "010", "011", "012", "013", "014", "015", "017", "018"]


@pytest.mark.parametrize(
    ("code", "target"),
    [
        ("116", CameoTarget("SANCTION", ("convict",), ("legal",))),
        ("055", CameoTarget("CONCEDE", (), ("diplomatic",))),
        ("163", CameoTarget("SANCTION", ("discontinue",), ("economic",))),
        ("139", CameoTarget("THREATEN", (), ("diplomatic",))),
        ("0871", CameoTarget("CONCEDE", (), ("military",))),
        ("0356", CameoTarget("CONCEDE", (), ("military",))),
        ("043", CameoTarget("CONSULT", ("visit",), (), is_host=True)),
        ("016", CameoTarget("REJECT")),
        ("1952", CameoTarget("ASSAULT", ("drone",), ("military",))),
    ],
)
def test_settled_targets(code: str, target: CameoTarget) -> None:
    assert cameo_to_plover(code) == target


@given(st.sampled_from(sorted(CODES)), st.from_regex(r"[0-9]{0,2}", fullmatch=True))
def test_a_deeper_code_means_its_longest_known_beginning(code: str, more: str) -> None:
    found = find_cameo((code + more)[:6]).code
    assert (code + more).startswith(found) and found.startswith(code)


def test_marks_of_icews() -> None:
    assert find_cameo("13y").code == "137"
    assert find_cameo("138i").code == "138"


@pytest.mark.parametrize(
    "code",
    ["", "0", "1", "00", "21", "99", "311", "14X", "X", "---", "１４", "1412345", "-14", " 14", "0000000000" * 9],
)
def test_what_is_no_code_is_told(code: str) -> None:
    with pytest.raises(OntologyError, match="CAMEO code: expected a code from 01 to 20") as caught:
        cameo_to_plover(code)
    assert len(str(caught.value)) < 200


def test_a_number_in_place_of_a_code_is_told() -> None:
    with pytest.raises(OntologyError, match="got 30; read the codes as text"):
        find_cameo(30)  # type: ignore[arg-type]


def test_a_public_statement_is_no_event() -> None:
    with pytest.raises(OntologyError, match=r"got 010 \(makes a public statement"):
        cameo_to_plover("010")


def test_goldstein_values_and_quad_classes() -> None:
    assert all(
        code.goldstein is not None and -10 <= code.goldstein <= 10 for code in CODES.values() if code.root > "01"
    )
    known = {"042": 1.9, "057": 8.0, "071": 7.4, "0874": 10.0, "130": -4.4, "172": -5.0, "190": -10.0, "192": -9.5}
    assert {code: CODES[code].goldstein for code in known} == known
    by_root = {code.root: code.quad_code for code in CODES.values()}
    assert [by_root[root] for root in sorted(by_root)] == [1] * 5 + [2] * 3 + [3] * 5 + [4] * 7


def read_table() -> dict[str, dict[str, Any]]:
    """The conversion table of 2021; of a root that stands twice the first counts."""
    entries: dict[str, dict[str, Any]] = {}
    for code, target in re.findall(r"^(\d{2,4}):([^#\n]*)", TABLE.read_text("utf-8"), re.MULTILINE):
        kind, mode, contexts = [*(part.strip() for part in target.split(",")), "", ""][:3]
        listed = [context.strip() for context in contexts.split(";") if context.strip()]
        entries.setdefault(code, {"type": kind, "modes": [mode] if mode else [], "contexts": listed})
    return entries


def in_full(entry: dict[str, Any]) -> dict[str, Any]:
    return {"type": entry["type"], "modes": entry.get("modes", []), "contexts": entry.get("contexts", [])}


@pytest.mark.skipif(not TABLE.exists(), reason="the table of 2021 is not part of the project")
def test_each_change_to_the_table_of_2021_is_recorded_with_what_it_was() -> None:
    codes = read_cameo_file()["codes"]
    table = read_table()
    assert set(table) <= set(codes)
    changed = {code: was for code, was in table.items() if was != in_full(codes[code])}
    assert changed == {code: in_full(entry["was"]) for code, entry in codes.items() if "was" in entry}


def test_each_change_has_a_reason_and_changes_something() -> None:
    raw = read_cameo_file()
    changed = [entry for entry in raw["codes"].values() if "was" in entry]
    assert {entry["why"] for entry in changed} == set(raw["reasons"])
    assert all(in_full(entry["was"]) != in_full(entry) for entry in changed)
    assert len(changed) == 60
