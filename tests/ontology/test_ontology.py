"""The built-in ontology is PLOVER 2.0, whole; a user's own file extends or replaces it."""

import math
from collections import Counter
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import OntologyError
from dragoman.ontology import load_ontology, score_event
from dragoman.ontology.ontology import read_built_in
from dragoman.ontology.rules import find_faults
from dragoman.records import Status

ONTOLOGY = load_ontology()
CONTRACT = Path(__file__).resolve().parents[3] / "shared" / "plover.yaml"
MODES_PER_TYPE = {
    "AGREE": 0,
    "CONSULT": 4,
    "SUPPORT": 0,
    "CONCEDE": 0,
    "COOPERATE": 0,
    "AID": 0,
    "RETREAT": 6,
    "REQUEST": 4,
    "ACCUSE": 3,
    "REJECT": 4,
    "THREATEN": 6,
    "PROTEST": 7,
    "SANCTION": 4,
    "MOBILIZE": 4,
    "COERCE": 10,
    "ASSAULT": 15,
}
TYPES = st.sampled_from(sorted(ONTOLOGY.types))


def test_plover_is_complete() -> None:
    assert {code: len(kind.modes) for code, kind in ONTOLOGY.types.items()} == MODES_PER_TYPE
    assert sum(MODES_PER_TYPE.values()) == 67
    assert len(ONTOLOGY.contexts) == 37
    assert len(ONTOLOGY.sectors) == 25
    assert sum(sector.is_frequent for sector in ONTOLOGY.sectors.values()) == 11
    assert list(ONTOLOGY.international) == ["IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"]
    assert list(ONTOLOGY.countries) == ["KOS", "PSE", "HKG", "ATA", "VAT"]
    assert len(ONTOLOGY.partially_recognised) == 9


def test_the_file_keeps_its_own_rules() -> None:
    assert [str(fault) for fault in find_faults(read_built_in())] == []


def test_statuses_are_those_of_the_records() -> None:
    assert list(ONTOLOGY.statuses) == [status.value for status in Status]


def test_quad_classes() -> None:
    quads = Counter(kind.quad_code for kind in ONTOLOGY.types.values())
    assert quads == {1: 4, 2: 3, 3: 4, 4: 5}
    assert ONTOLOGY.types["SANCTION"].quad == "material-conflict"
    assert ONTOLOGY.types["RETREAT"].quad == "material-cooperation"


def test_settled_scores() -> None:
    assert score_event(ONTOLOGY, "ACCUSE") == -2.0
    assert score_event(ONTOLOGY, "PROTEST", ["vandalize"]) == score_event(ONTOLOGY, "PROTEST") == -5
    assert score_event(ONTOLOGY, "MOBILIZE", ["weapons"]) == -6.5
    assert [kind.code for kind in ONTOLOGY.types.values() if kind.needs_recipient] == ["COOPERATE", "AID", "SANCTION"]


def test_every_definition_is_there_and_its_own() -> None:
    definitions = [
        *(kind.definition for kind in ONTOLOGY.types.values()),
        *(mode.definition for kind in ONTOLOGY.types.values() for mode in kind.modes.values()),
        *(
            term.definition
            for terms in (ONTOLOGY.contexts, ONTOLOGY.sectors, ONTOLOGY.statuses)
            for term in terms.values()
        ),
        *(term.definition for terms in (ONTOLOGY.international, ONTOLOGY.countries) for term in terms.values()),
    ]
    assert all(len(definition) >= 20 and definition.endswith(".") for definition in definitions)
    assert len(set(definitions)) == len(definitions)
    assert all(len(kind.examples) == 2 for kind in ONTOLOGY.types.values())


def test_the_mode_largest_in_magnitude_counts() -> None:
    assert score_event(ONTOLOGY, "ASSAULT", ["beat", "aerial"]) == -9.5
    assert score_event(ONTOLOGY, "REQUEST", ["assist", "change"]) == -1
    assert score_event(ONTOLOGY, "REQUEST", ["assist", "meet"]) == 0.5


def test_of_equals_the_more_conflictual_counts(tmp_path: Path) -> None:
    modes = "{calm: {score: 3, definition: Calms.}, stir: {score: -3, definition: Stirs up.}}"
    path = tmp_path / "mine.yaml"
    path.write_text(f"extends: plover-2.0\nname: mine\ntypes: {{AGREE: {{modes: {modes}}}}}\n", "utf-8")
    assert score_event(load_ontology(path), "AGREE", ["calm", "stir"]) == -3


@pytest.mark.skipif(not CONTRACT.exists(), reason="the contract's file is not part of the project")
def test_codes_and_scores_are_the_contracts() -> None:
    theirs = yaml.safe_load(CONTRACT.read_text("utf-8"))
    for code, entry in theirs["types"].items():
        kind = ONTOLOGY.types[code]
        assert (kind.quad, kind.score, kind.score_2022) == (entry["quad"], entry["score"], entry["score_2022"])
        assert {mode.code: mode.score for mode in kind.modes.values()} == entry["modes"]
        assert kind.needs_recipient is ("recipient" in entry)
        assert kind.quad_code == theirs["quad_code"][kind.quad]
    assert list(ONTOLOGY.types) == list(theirs["types"])
    assert list(ONTOLOGY.contexts) == theirs["contexts"]
    assert list(ONTOLOGY.sectors) == [*theirs["sectors"]["frequent"], *theirs["sectors"]["other"]]
    assert dict(ONTOLOGY.partially_recognised) == theirs["partially_recognised"]
    assert dict(ONTOLOGY.mode_aliases) == theirs["aliases"]["modes"]
    assert list(ONTOLOGY.type_aliases) == list(theirs["aliases"]["types"])


def test_the_scale_of_2022_knows_no_modes() -> None:
    assert score_event(ONTOLOGY, "CONSULT", ["visit"], "2022") == 2.1
    assert score_event(ONTOLOGY, "CONSULT", ["visit"], "2024") == 4


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("FIGHT",), "type: expected one of AGREE"),
        (("REJECT", ["visit"]), "REJECT: mode: expected one of assist"),
        (("AGREE", ["visit"]), "AGREE: mode: expected none, got 'visit'"),
        (("AGREE", [], "2023"), 'scale: expected "2024" or "2022"'),
    ],
)
def test_unknown_words_are_named(arguments: tuple[str], what: str) -> None:
    with pytest.raises(OntologyError, match=what):
        score_event(ONTOLOGY, *arguments)


@given(TYPES, st.data())
def test_a_score_is_one_of_the_modes_whatever_their_order(code: str, data: st.DataObject) -> None:
    kind = ONTOLOGY.types[code]
    modes = data.draw(st.permutations(sorted(kind.modes))) if kind.modes else []
    chosen = modes[: data.draw(st.integers(0, len(modes)))]
    score = score_event(ONTOLOGY, code, chosen)
    assert score == score_event(ONTOLOGY, code, sorted(chosen))
    assert score in ([kind.modes[mode].score for mode in chosen] or [kind.score])
    assert math.isclose(abs(score), max((abs(kind.modes[mode].score) for mode in chosen), default=abs(kind.score)))


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (("DEMAND", ()), ("REQUEST", ())),
        (("DISAPPROVE", ()), ("ACCUSE", ("disapprove",))),
        (("INVESTIGATE", ()), ("ACCUSE", ("investigate",))),
        (("FIGHT", ("assassinate",)), ("ASSAULT", ("targeted",))),
        (("YIELD", ()), ("CONCEDE", ())),
        (("YIELD", ("ceasefire",)), ("RETREAT", ("ceasefire",))),
        (("YIELD", ("return",)), ("RETREAT", ("release",))),
        (("COERCE", ("ban", "restrict")), ("COERCE", ("restrict",))),
        (("CONSULT", ("host",)), ("CONSULT", ("visit",))),
        (("RETREAT", ("withdraw",)), ("RETREAT", ("withdraw",))),
        (("DANCE", ("tango",)), ("DANCE", ("tango",))),
    ],
)
def test_other_dialects_are_translated(theirs: tuple[str, tuple[str, ...]], ours: tuple[str, tuple[str, ...]]) -> None:
    assert ONTOLOGY.translate(*theirs) == ours


@given(TYPES, st.data())
def test_our_own_words_translate_to_themselves(code: str, data: st.DataObject) -> None:
    modes = sorted(ONTOLOGY.types[code].modes)
    chosen = tuple(data.draw(st.lists(st.sampled_from(modes), unique=True))) if modes else ()
    assert ONTOLOGY.translate(code, chosen) == (code, chosen)


def test_codes_are_listed_in_the_order_of_the_file_and_loaded_once() -> None:
    assert next(iter(ONTOLOGY.contexts)) == "military"
    assert list(ONTOLOGY.types)[-1] == "ASSAULT"
    assert load_ontology() is ONTOLOGY
