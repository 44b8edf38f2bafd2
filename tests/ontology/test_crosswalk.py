"""Every type and mode leads to a CAMEO code, and comes back as what it was, but for the losses that are written down."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import OntologyError
from dragoman.ontology import cameo_to_plover, load_cameo, load_ontology, plover_to_cameo

ONTOLOGY = load_ontology()
PAIRS = [(code, mode) for code, kind in ONTOLOGY.types.items() for mode in (None, *kind.modes)]
TYPE_LOST = {("RETREAT", "ceasefire"), ("RETREAT", "resign")}
MODE_LOST = TYPE_LOST | {
    ("CONSULT", "multilateral"),
    ("THREATEN", "arrest"),
    ("PROTEST", "boycott"),
    ("PROTEST", "vandalize"),
    ("SANCTION", "withdraw"),
    ("MOBILIZE", "weapons"),
    ("MOBILIZE", "militia"),
    ("COERCE", "censor"),
    ("COERCE", "withhold"),
    ("COERCE", "misinformation"),
    ("ASSAULT", "primitive"),
}


@pytest.mark.parametrize(("code", "mode"), PAIRS)
def test_there_and_back(code: str, mode: str | None) -> None:
    back = cameo_to_plover(plover_to_cameo(code, [mode] if mode else []))
    assert (back.type == code) is ((code, mode) not in TYPE_LOST)
    if mode:
        assert (back.modes == (mode,)) is ((code, mode) not in MODE_LOST)


def test_every_code_named_exists_and_every_refinement_keeps_the_type() -> None:
    for kind in ONTOLOGY.types.values():
        for codes in filter(None, chain([kind.cameo], (mode.cameo for mode in kind.modes.values()))):
            assert {codes.default, codes.future or "01", codes.host or "01"} <= set(load_cameo())
            assert {cameo_to_plover(code).type for _, code in codes.contexts} <= {kind.code}


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (("AID", [], ["military"]), "072"),
        (("AID", [], ["military", "peacekeeping"]), "074"),
        (("AGREE", [], []), "030"),
        (("AGREE", [], ["diplomatic"]), "036"),
        (("AGREE", [], ["diplomatic", "economic"]), "0311"),
        (("CONSULT", ["visit"], []), "042"),
        (("CONSULT", ["phone"], ["diplomatic"]), "041"),
        (("PROTEST", ["demo"], []), "141"),
        (("PROTEST", ["demo"], ["human_rights"]), "1413"),
        (("PROTEST", ["demo", "riot"], []), "145"),
        (("MOBILIZE", ["weapons"], ["military", "cbrn"]), "154"),
        (("ACCUSE", ["investigate"], ["military", "legal"]), "094"),
        (("ACCUSE", ["investigate"], ["legal"]), "090"),
        (("ASSAULT", ["beat", "aerial"], []), "195"),
        (("SANCTION", ["convict"], ["legal"]), "116"),
        (("SANCTION", ["discontinue"], ["economic"]), "163"),
    ],
)
def test_settled_codes(event: tuple[str, list[str], list[str]], code: str) -> None:
    assert plover_to_cameo(*event) == code


def test_the_host_and_the_future() -> None:
    assert plover_to_cameo("CONSULT", ["visit"], is_host=True) == "043"
    assert plover_to_cameo("AID", is_host=True) == "070"
    assert plover_to_cameo("PROTEST", ["strike"], status="future") == "133"
    assert plover_to_cameo("AID", contexts=["military"], status="future") == "033"
    assert plover_to_cameo("ACCUSE", status="future") == "110"
    assert plover_to_cameo("ASSAULT", ["drone"], status="hypothetical") == "1952"


@given(st.sampled_from(sorted(ONTOLOGY.types)), st.data())
def test_the_order_of_modes_and_contexts_does_not_matter(code: str, data: st.DataObject) -> None:
    modes = data.draw(st.permutations(sorted(ONTOLOGY.types[code].modes)))
    contexts = data.draw(st.lists(st.sampled_from(sorted(ONTOLOGY.contexts)), unique=True))
    found = plover_to_cameo(code, modes, contexts)
    assert found == plover_to_cameo(code, modes[::-1], contexts[::-1])
    assert found in load_cameo()


def test_unknown_types_and_modes_are_told() -> None:
    with pytest.raises(OntologyError, match="type: expected one of AGREE"):
        plover_to_cameo("DANCE")
    with pytest.raises(OntologyError, match="AID: mode: expected none, got 'visit'"):
        plover_to_cameo("AID", ["visit"])
