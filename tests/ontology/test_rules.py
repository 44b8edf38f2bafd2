"""Every fault of an ontology file is found and told with its key, in one error."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.ontology import FaultyOntology, load_ontology
from dragoman.ontology.ontology import _read_ontology, read_built_in
from dragoman.ontology.rules import find_faults

Change = Callable[[dict[str, Any]], object]
BUILT_IN = read_built_in()


def write(folder: Path, text: str) -> Path:
    path = folder / "mine.yaml"
    path.write_text(text, "utf-8")
    return path


def read_faults(path: Path) -> list[str]:
    with pytest.raises(FaultyOntology) as caught:
        load_ontology(path)
    assert str(caught.value).startswith(f"{path.name}: {caught.value.faults[0].key}: expected ")
    assert "\n" not in str(caught.value)
    return [str(fault) for fault in caught.value.faults]


FAULTS: list[tuple[Change, str]] = [
    (lambda raw: raw["types"]["AGREE"].update(quad="verbal"), "types.AGREE.quad: expected one of verbal-cooperation"),
    (lambda raw: raw["types"]["AGREE"].update(quad=[1]), "types.AGREE.quad: expected one of"),
    (lambda raw: raw["types"]["AGREE"].update(score=11), "types.AGREE.score: expected a number from -10 to 10, got 11"),
    (
        lambda raw: raw["types"]["AGREE"].update(score=10**400),
        "types.AGREE.score: expected a number from -10 to 10, got a huge number",
    ),
    (lambda raw: raw["types"]["AGREE"].update(score=float("nan")), "types.AGREE.score: expected a number"),
    (
        lambda raw: raw["types"]["AGREE"].update(score=True),
        "types.AGREE.score: expected a number from -10 to 10, got true",
    ),
    (lambda raw: raw["types"]["AGREE"].update(score_2022="high"), "types.AGREE.score_2022: expected a number"),
    (lambda raw: raw["types"]["AGREE"].pop("score"), "types.AGREE.score: expected an entry, got nothing"),
    (lambda raw: raw["types"]["AGREE"].pop("definition"), "types.AGREE.definition: expected an entry"),
    (lambda raw: raw["types"]["AGREE"].update(definition=3), "types.AGREE.definition: expected text, got 3"),
    (
        lambda raw: raw["types"]["AGREE"].update(recipient="yes"),
        "types.AGREE.recipient: expected one of required, optional",
    ),
    (lambda raw: raw["types"]["AGREE"].update(colour="red"), "types.AGREE.colour: expected one of quad, score"),
    (lambda raw: raw["types"]["AGREE"].update(examples="one"), "types.AGREE.examples: expected a list"),
    (lambda raw: raw["types"]["AGREE"].update(cameo=24), 'types.AGREE.cameo: expected a code such as "145", got 24'),
    (lambda raw: raw["types"]["AGREE"].update(cameo="14X"), "types.AGREE.cameo: expected a CAMEO code"),
    (lambda raw: raw["types"]["AGREE"].update(cameo={"contexts": {}}), "types.AGREE.cameo.default: expected an entry"),
    (
        lambda raw: raw["types"]["AGREE"]["cameo"]["contexts"].update(love="030"),
        "types.AGREE.cameo.contexts.love: expected contexts",
    ),
    (lambda raw: raw["types"]["AGREE"].update(modes=["a", "a"]), "types.AGREE.modes: expected a mapping"),
    (lambda raw: raw["types"]["ACCUSE"]["modes"].update(Blame={}), "types.ACCUSE.modes.Blame: expected a mode's code"),
    (
        lambda raw: raw["types"]["ACCUSE"]["modes"].update(blame=-2),
        "types.ACCUSE.modes.blame: expected a mapping with score",
    ),
    (
        lambda raw: raw["types"]["ACCUSE"]["modes"]["allege"].update(score=-99),
        "types.ACCUSE.modes.allege.score: expected a number",
    ),
    (lambda raw: raw["types"].update(agree={}), "types.agree: expected a type's code in capitals"),
    (lambda raw: raw["types"].update({False: {}}), "types.false: expected a type's code"),
    (lambda raw: raw.update(types={}), "types: expected at least one entry"),
    (lambda raw: raw.update(types=None), "types: expected an entry, got nothing"),
    (lambda raw: raw.pop("sectors"), "sectors: expected an entry, got nothing"),
    (lambda raw: raw.update(contexts=["military"]), "contexts: expected a mapping from codes to entries, got a list"),
    (lambda raw: raw["contexts"].update({"Human Rights": "x"}), "contexts.Human Rights: expected a context's code"),
    (lambda raw: raw["contexts"].update(military=""), "contexts.military: expected a definition"),
    (lambda raw: raw["statuses"].update(likely="x"), "statuses.likely: expected one of actual"),
    (lambda raw: raw["statuses"].pop("negated"), "statuses.negated: expected an entry"),
    (lambda raw: raw["quads"].pop("verbal-conflict"), "quads.verbal-conflict: expected an entry"),
    (lambda raw: raw["sectors"].update(POLICE="x"), "sectors.POLICE: expected a code of three capitals"),
    (
        lambda raw: raw["sectors"]["COP"].update(frequent="often"),
        "sectors.COP.frequent: expected true or false, got often",
    ),
    (
        lambda raw: raw["partially_recognised"].update(Abkhazia="Georgia"),
        "partially_recognised.Abkhazia: expected an ISO 3166",
    ),
    (
        lambda raw: raw["aliases"]["types"].update(GRUMBLE={"types": ["MOAN"]}),
        "aliases.types.GRUMBLE.types: expected types of this ontology, got MOAN",
    ),
    (lambda raw: raw["aliases"]["types"].update(GRUMBLE="ACCUSE"), "aliases.types.GRUMBLE: expected a mapping"),
    (
        lambda raw: raw["aliases"]["types"].update(GRUMBLE={"types": ["ACCUSE"], "mode": "moan"}),
        "aliases.types.GRUMBLE.mode: expected a mode of ACCUSE, got moan",
    ),
    (
        lambda raw: raw["aliases"]["modes"].update(moan="grumble"),
        "aliases.modes.moan: expected a mode of this ontology",
    ),
    (lambda raw: raw.update(colours={}), "colours: expected one of name, quads"),
    (lambda raw: raw.update(name=""), "name: expected a name for the codebook"),
]


@pytest.mark.parametrize(("change", "told"), FAULTS, ids=[told.partition(":")[0] for _, told in FAULTS])
def test_each_fault_is_found(change: Change, told: str) -> None:
    raw = copy.deepcopy(BUILT_IN)
    change(raw)
    found = [str(fault) for fault in find_faults(raw)]
    assert any(fault.startswith(told) for fault in found), found


def test_all_faults_come_in_one_error(tmp_path: Path) -> None:
    raw = copy.deepcopy(BUILT_IN)
    raw["types"]["AGREE"]["quad"] = "verbal"
    raw["types"]["ASSAULT"]["modes"]["drone"]["score"] = 12
    raw["aliases"]["modes"]["moan"] = "grumble"
    faults = read_faults(write(tmp_path, yaml.safe_dump(raw)))
    assert [fault.partition(":")[0] for fault in faults] == [
        "types.AGREE.quad",
        "types.ASSAULT.modes.drone.score",
        "aliases.modes.moan",
    ]
    with pytest.raises(
        FaultyOntology, match=r"mine\.yaml: types\.AGREE\.quad: .*got verbal; .*\(2 more faults in this file\)"
    ):
        load_ontology(tmp_path / "mine.yaml")


def test_a_copy_of_the_built_in_file_reads_as_the_same(tmp_path: Path) -> None:
    path = write(tmp_path, yaml.safe_dump(BUILT_IN, sort_keys=False, allow_unicode=True))
    assert load_ontology(path) == load_ontology()


def test_a_file_that_extends_adds_and_changes_only_what_it_says(tmp_path: Path) -> None:
    own = load_ontology(
        write(
            tmp_path,
            "extends: plover-2.0\nname: mine\ntypes: {ACCUSE: {score: -4}}\ncontexts: {sport: Games as politics.}\n",
        )
    )
    assert own.types["ACCUSE"].score == -4
    assert own.types["ACCUSE"].modes == load_ontology().types["ACCUSE"].modes
    assert [*own.contexts] == [*load_ontology().contexts, "sport"]
    assert own.name == "mine"


def test_a_file_that_extends_needs_its_own_name(tmp_path: Path) -> None:
    assert read_faults(write(tmp_path, "extends: plover-2.0\n"))[0].startswith(
        "name: expected a name other than plover-2.0"
    )


def test_only_plover_can_be_extended(tmp_path: Path) -> None:
    raw = {**BUILT_IN, "name": "mine", "extends": "cameo"}
    assert read_faults(write(tmp_path, yaml.safe_dump(raw)))[0].startswith("extends: expected plover-2.0, got cameo")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8) | st.integers(), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_whatever_stands_in_a_place_is_told_or_read_never_a_crash(data: st.DataObject) -> None:
    raw = copy.deepcopy(BUILT_IN)
    place: Any = raw
    for _ in range(data.draw(st.integers(1, 4))):
        key = data.draw(st.sampled_from(sorted(place)))
        if not isinstance(place[key], dict) or not place[key]:
            break
        holder, place = place, place[key]
        raw_key = key
    else:
        holder[raw_key] = data.draw(anything)
    faults = list(find_faults(raw))
    assert all(fault.key and fault.fix for fault in faults)
    if not faults:
        assert _read_ontology(raw).types
