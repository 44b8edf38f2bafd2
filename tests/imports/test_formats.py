"""What comes of the rows of each data set, and one suite over all of them."""

import gzip
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import SettingsError
from dragoman.export import build_schema, event_to_record, find_format
from dragoman.imports import ForeignEvent, LeftOut, find_importer, list_importers, read_foreign
from dragoman.ontology import load_ontology
from dragoman.records import Actor, Evidence, Moment, Rejection, Size, Span, Status, event_to_line
from tests.export.sample import FULL
from tests.export.test_foreign import ACLED, GDELT, ICEWS, POLECAT, TALKS
from tests.imports.sample import (
    ACLED_ROW,
    GDELT_ROW,
    ICEWS_ROW,
    POLECAT_ROW,
    UCDP,
    UCDP_ROW,
    commas,
    files,
    tabs,
)

DATA = Path("/work/shared/data/eventdata")
FILES = files() | {"plover": event_to_line(FULL) + "\n" + event_to_line(replace(FULL, id="e-00000000000000bb")) + "\n"}
SOURCES = sorted(FILES)


@pytest.fixture
def outcomes(tmp_path):
    def read(name, content):
        path = tmp_path / "data"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return list(read_foreign(str(path), name, "1"))

    return read


@pytest.fixture
def one(outcomes):
    def read(name, content):
        (found,) = outcomes(name, content)
        assert isinstance(found, ForeignEvent), found
        return found.event

    return read


def parties(actors):
    return [(one.code, one.sector) for one in actors]


def test_every_data_set_has_a_sample():
    assert set(SOURCES) == set(list_importers())
    assert all(find_importer(name).SUMMARY for name in SOURCES)
    with pytest.raises(SettingsError, match="gdelt"):
        find_importer("phoenix")


@pytest.mark.parametrize("name", SOURCES)
def test_both_rows_become_valid_records(name, outcomes):
    schema = build_schema(load_ontology())
    schema["properties"]["evidence"].pop("minItems")  # others' data has no text to quote
    found = outcomes(name, FILES[name])
    assert [type(each) for each in found] == [ForeignEvent, ForeignEvent]
    assert len({each.key for each in found}) == len({each.event.id for each in found}) == 2
    for each in found:
        jsonschema.validate(event_to_record(each.event), schema)
        assert each.event.status is Status.ACTUAL


@pytest.mark.parametrize("name", SOURCES)
def test_packed_files_marks_and_line_ends_make_no_difference(name, outcomes):
    raw = FILES[name].encode()
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("inside.txt", raw)
    expected = outcomes(name, raw)
    assert outcomes(name, gzip.compress(raw)) == expected
    assert outcomes(name, archive.getvalue()) == expected
    assert [each.event for each in outcomes(name, b"\xef\xbb\xbf" + raw)] == [each.event for each in expected]
    if name not in ("acled", "plover"):
        assert [each.event for each in outcomes(name, raw.replace(b"\n", b"\r\n"))] == [each.event for each in expected]


@pytest.mark.parametrize("name", SOURCES)
def test_a_bad_row_costs_only_itself_and_is_named(name, outcomes):
    lines = FILES[name].splitlines(keepends=True)
    has_header = name not in ("gdelt", "plover")
    lines.insert(1 + has_header, "nonsense\n") if name != "acled" else lines.insert(1, "nonsense\n")
    bad, good = [], []
    for each in outcomes(name, "".join(lines)):
        (bad if isinstance(each, Rejection) else good).append(each)
    assert len(good) == 2
    assert len(bad) == 1
    assert bad[0].origin.endswith(":2" if name in ("acled", "gdelt", "plover") else ":3")
    assert "expected" in bad[0].reason
    assert "got" in bad[0].reason


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"\x00\xff\xfe" * 50, b"x" * (3 << 20), gzip.compress(b"half" * 999)[:-9]]
)
def test_what_is_no_such_file_is_told_and_never_raises(name, content, outcomes):
    assert not any(isinstance(each, ForeignEvent) for each in outcomes(name, content))


@given(st.binary(max_size=300), st.sampled_from(SOURCES), st.integers(0, 2000))
def test_no_bytes_break_an_import(tmp_path_factory, junk, name, where):
    raw = FILES[name].encode()
    path = tmp_path_factory.mktemp("junk") / "data"
    path.write_bytes(raw[:where] + junk + raw[where:])
    for each in read_foreign(str(path), name):
        assert isinstance(each, ForeignEvent | LeftOut | Rejection)


def test_a_missing_file_is_a_rejection():
    (found,) = read_foreign("/nowhere/data.csv", "gdelt")
    assert "cannot be opened" in found.reason


@pytest.mark.parametrize(
    ("name", "content", "column"),
    [
        ("icews", tabs(ICEWS, ICEWS_ROW).replace("CAMEO Code", "Code"), "CAMEO Code"),
        ("polecat", tabs(POLECAT, POLECAT_ROW).replace("Event Type", "Kind"), "Event Type"),
        ("acled", commas(ACLED, ACLED_ROW).replace("sub_event_type", "sub"), "sub_event_type"),
        ("ucdp", commas(UCDP, UCDP_ROW).replace("side_b", "b"), "side_b"),
    ],
)
def test_a_header_without_a_needed_column_is_told(name, content, column, outcomes):
    (found,) = outcomes(name, content)
    assert isinstance(found, Rejection)
    assert repr(column) in found.reason


@pytest.mark.parametrize("name", ["gdelt", "icews", "polecat", "acled", "ucdp"])
def test_rows_without_an_id_are_rejected_each(name, outcomes):
    ids = {
        "gdelt": "41047900.",
        "icews": "2071817.",
        "polecat": "20230103-1111-aaaa_PROTEST_demo|other",
        "acled": "MLI1234.",
        "ucdp": "3621.",
    }
    content = re.sub(rf"^({ids[name]})(?=[\t,])", "None" if name == "polecat" else "", FILES[name], flags=re.MULTILINE)
    found = outcomes(name, content)
    assert [type(each) for each in found] == [Rejection, Rejection]
    assert all("id: expected" in each.reason for each in found)


def test_the_release_is_told_or_said_to_be_missing(tmp_path):
    (tmp_path / "data").write_text(FILES["gdelt"], "utf-8")
    for release, told in (("2.0", "2.0"), ("", "release not told")):
        found = next(read_foreign(str(tmp_path / "data"), "gdelt", release))
        assert (found.event.provenance.coder, found.event.provenance.model) == ("GDELT", told)


def test_gdelt(one):
    event = one("gdelt", tabs(GDELT, GDELT_ROW, header=False))
    assert (event.event, event.mode, event.context, event.cameo) == ("THREATEN", ("violence",), ("military",), "138")
    assert (event.quad_code, event.event_scale, event.confidence) == (3, -3.5, 1.0)
    assert parties(event.actor) == [("PRK", ("GOV",))]
    assert parties(event.recipient) == [("JPN", ("GOV",))]
    assert event.moment.date == date(2017, 8, 29)
    place = event.event_loc
    assert (place.name, place.country, place.admin1, place.resolution) == ("Pyongyang", "PRK", "P'yongyang-si", "city")
    assert (event.cite.publication, event.cite.published) == ("example.org", date(2017, 8, 30))
    assert event.cite.source_id == "410479000"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"SQLDATE": "20171332"}, "SQLDATE"),
        ({"EventCode": "99"}, "CAMEO code"),
        ({"ActionGeo_Lat": "north"}, "ActionGeo_Lat"),
        ({"ActionGeo_Long": "500"}, "ActionGeo_Long"),
    ],
)
def test_gdelt_cells_that_cannot_be(changes, expected, outcomes):
    (found,) = outcomes("gdelt", tabs(GDELT, {**GDELT_ROW, **changes}, header=False))
    assert isinstance(found, Rejection)
    assert found.reason.startswith(expected)


def test_public_statements_are_left_out_and_say_why(outcomes):
    (found,) = outcomes("gdelt", tabs(GDELT, {**GDELT_ROW, "EventCode": "010"}, header=False))
    assert isinstance(found, LeftOut)
    assert "010" in found.reason


def test_who_hosts_a_visit_is_visited(one):
    event = one("gdelt", tabs(GDELT, {**GDELT_ROW, "EventCode": "043"}, header=False))
    assert (parties(event.actor)[0][0], parties(event.recipient)[0][0]) == ("JPN", "PRK")
    assert (event.event, event.mode) == ("CONSULT", ("visit",))


def test_gdelt_of_nobody_at_no_place(one):
    nobody = {"Actor1Code": "", "Actor1Name": "", "Actor2Code": "", "Actor2Name": "", "ActionGeo_Type": 0}
    event = one("gdelt", tabs(GDELT, {**GDELT_ROW, **nobody}, header=False))
    assert (parties(event.actor), event.recipient, event.event_loc) == ([("UNK", ("UNK",))], (), None)


def test_gdelt_1_has_fewer_columns(one):
    old = [column for column in GDELT if not column.endswith("ADM2Code")]
    assert one("gdelt", tabs(old, GDELT_ROW, header=False)) == one("gdelt", tabs(GDELT, GDELT_ROW, header=False))


def test_icews(one):
    event = one("icews", tabs(ICEWS, ICEWS_ROW))
    assert (event.event, event.mode, event.cameo) == ("COERCE", ("arrest",), "173")
    assert parties(event.actor) == [("KEN", ("GOV", "COP"))]
    assert parties(event.recipient) == [("KEN", ("CVL",))]
    assert (event.event_loc.name, event.event_loc.country, event.event_loc.resolution) == ("Nairobi", "KEN", "city")
    assert event.cite.publication == "An Agency"


def test_icews_numbers_given_twice_are_two_events(outcomes):
    twice = outcomes("icews", tabs(ICEWS, ICEWS_ROW, {**ICEWS_ROW, "Event Date": "2014-01-02"}))
    assert len({each.key for each in twice}) == 2


@pytest.mark.parametrize(
    ("name", "sectors", "country", "expected"),
    [
        ("UN Security Council", "International Government Organization", "", ("UNO", ("GOV",))),
        ("North Korea", "", "North Korea", ("PRK", ("GOV",))),
        ("Armed Rebel (Nigeria)", "Rebel,Insurgents", "Nigeria", ("NGA", ("REB",))),
        ("Ministry (Democratic Republic of Congo)", "Government", "Democratic Republic of Congo", ("COD", ("GOV",))),
        ("Somebody", "", "", ("UNK", ("UNK",))),
    ],
)
def test_icews_actors(name, sectors, country, expected, one):
    row = {**ICEWS_ROW, "Source Name": name, "Source Sectors": sectors, "Source Country": country}
    assert parties(one("icews", tabs(ICEWS, row)).actor) == [expected]


def test_polecat(one):
    event = one("polecat", tabs(POLECAT, POLECAT_ROW, missing="None"))
    assert (event.event, event.mode, event.context) == ("PROTEST", ("demo",), ("executive", "economic"))
    assert parties(event.actor) == [("PER", ("CVL", "LAB"))]
    assert (event.actor[0].name, event.actor[0].text) == (None, "miners")
    assert parties(event.recipient) == [("PER", ("GOV",))]
    assert (event.cite.publication, event.cite.language, event.cite.published) == ("A Gazette", "es", date(2023, 1, 3))
    assert (event.event_loc.country, event.event_loc.resolution, event.provenance.model) == ("PER", "city", "1")


def test_polecat_rows_of_one_event_become_one(outcomes):
    rows = [
        {**POLECAT_ROW, "Recipient Country": code, "Recipient Name": name}
        for code, name in (("PER", "A"), ("BOL", "B"))
    ]
    (found,) = outcomes("polecat", tabs(POLECAT, *rows, missing="None"))
    assert [one.code for one in found.event.recipient] == ["PER", "BOL"]
    assert len(found.event.actor) == 1


def test_polecat_words_of_other_dialects_and_trailing_tabs(one):
    row = {**POLECAT_ROW, "Event Type": "DEMAND", "Event Mode": "dance", "Contexts": "None"}
    content = tabs(POLECAT, row, missing="None").replace("Run-001\n", "Run-001\t\t\n")
    event = one("polecat", content)
    assert (event.event, event.mode, event.context) == ("REQUEST", (), ())
    assert any("dance" in reason for reason in event.why)


def test_polecat_in_latin_1_with_newer_names(one):
    row = {**POLECAT_ROW, "Recipient Name": "Señor Muñoz"}
    content = tabs(POLECAT, row, missing="None").replace("Intensity", "Event Intensity")
    assert one("polecat", content.encode("latin-1")).recipient[0].name == "Señor Muñoz"


def test_acled(one):
    event = one("acled", commas(ACLED, ACLED_ROW))
    assert (event.event, event.mode, event.context) == ("ASSAULT", (), ("military",))
    assert parties(event.actor) == [("MLI", ("REB",)), ("MLI", ("MIL",))]
    assert event.recipient == ()
    assert event.size == Size(dead=(7, 7))
    assert (event.event_loc.name, event.event_loc.admin1, event.event_loc.country) == ("Douentza", "Mopti", "MLI")


@pytest.mark.parametrize(
    ("changes", "kind", "actors", "recipients"),
    [
        (
            {
                "event_type": "Violence against civilians",
                "sub_event_type": "Attack",
                "actor2": "Civilians (Mali)",
                "inter2": "Civilians",
            },
            "ASSAULT",
            [("MLI", ("REB",))],
            [("MLI", ("CVL",))],
        ),
        (
            {
                "event_type": "Explosions/Remote violence",
                "sub_event_type": "Air/drone strike",
                "actor1": "Civilians (Mali)",
                "inter1": "7",
            },
            "ASSAULT",
            [("MLI", ("MIL",))],
            [("MLI", ("CVL",))],
        ),
        (
            {
                "event_type": "Protests",
                "sub_event_type": "Peaceful protest",
                "actor1": "Protesters (Mali)",
                "inter1": "Protesters",
            },
            "PROTEST",
            [("MLI", ("CVL",))],
            [],
        ),
        (
            {
                "event_type": "Protests",
                "sub_event_type": "Excessive force against protesters",
                "actor1": "Protesters (Mali)",
                "inter1": "Protesters",
                "actor2": "Police Forces of Mali (2021-)",
            },
            "ASSAULT",
            [("MLI", ("COP",))],
            [("MLI", ("CVL",))],
        ),
        (
            {"actor1": "Military Forces of France (2017-)", "inter1": "8"},
            "ASSAULT",
            [("FRA", ("UNK",)), ("MLI", ("MIL",))],
            [],
        ),
    ],
)
def test_acled_sides(changes, kind, actors, recipients, one):
    event = one("acled", commas(ACLED, {**ACLED_ROW, **changes}))
    assert (event.event, parties(event.actor), parties(event.recipient)) == (kind, actors, recipients)


def test_acled_old_files_have_semicolons_written_dates_and_numbers(one):
    old = {**ACLED_ROW, "event_date": "05 March 2022", "inter1": 2, "inter2": 1}
    event, new = one("acled", commas(ACLED, old, delimiter=";")), one("acled", commas(ACLED, ACLED_ROW))
    assert (event.moment, parties(event.actor)) == (new.moment, parties(new.actor))


def test_acled_developments_that_are_no_events(outcomes):
    row = {**ACLED_ROW, "event_type": "Strategic developments", "sub_event_type": "Change to group/activity"}
    assert isinstance(outcomes("acled", commas(ACLED, row))[0], LeftOut)
    (found,) = outcomes("acled", commas(ACLED, {**ACLED_ROW, "event_type": "Dances"}))
    assert isinstance(found, Rejection)


@pytest.mark.parametrize(("precision", "first", "granularity"), [(1, 9, "day"), (2, 7, "week"), (3, 1, "month")])
def test_acled_days_begin_their_period(precision, first, granularity, one):
    event = one("acled", commas(ACLED, {**ACLED_ROW, "event_date": "2022-03-09", "time_precision": precision}))
    assert event.moment == Moment(date(2022, 3, first), granularity, "text")


def test_ucdp_fighting_has_two_actors(one):
    event = one("ucdp", commas(UCDP, UCDP_ROW))
    assert parties(event.actor) == [("UGA", ("GOV", "MIL")), ("UGA", ("REB",))]
    assert (event.recipient, event.size, event.cameo) == ((), Size(dead=(2, 5)), "190")
    assert (event.event_loc.name, event.event_loc.country) == ("Obo town", "CAF")


def test_ucdp_one_sided_violence_has_victims(one):
    row = {**UCDP_ROW, "type_of_violence": "3.0", "side_a": "Anti-balaka", "gwnoa": "", "side_b": "Civilians"}
    event = one("ucdp", commas(UCDP, {**row, "date_start": "14295.0", "date_end": "14298.0"}))
    assert (parties(event.actor), parties(event.recipient)) == ([("CAF", ("REB",))], [("CAF", ("CVL",))])
    assert event.moment == Moment(date(2009, 2, 20), "range", "text", date(2009, 2, 23))


def test_ucdp_as_geojson_is_the_same(one):
    properties = {**UCDP_ROW, "date_start": "2009-02-20T00:00:00", "date_end": "2009-02-20T00:00:00"}
    place = {"type": "Point", "coordinates": [properties.pop("longitude"), properties.pop("latitude")]}
    feature = {"type": "Feature", "properties": properties, "geometry": place}
    content = '{\n"type": "FeatureCollection",\n"features": [\n' + json.dumps(feature) + "\n]\n}\n"
    assert one("ucdp", content) == one("ucdp", commas(UCDP, UCDP_ROW))


@pytest.mark.parametrize(
    ("file", "n_events"), [("ucdp_ged_191_syria.csv.gz", 16566), ("ucdp_ged_231_CAR.geojson.gz", 1848)]
)
def test_ucdp_own_files_are_read_whole(file, n_events):
    if not (DATA / file).exists():
        pytest.skip("the data are not here")
    found = list(read_foreign(str(DATA / file), "ucdp"))
    assert sum(isinstance(each, ForeignEvent) for each in found) == len(found) == n_events
    assert not any(party.code == "UNK" for each in found for party in each.event.actor)


def test_plover_comes_back_byte_by_byte(outcomes):
    assert [event_to_line(each.event) for each in outcomes("plover", FILES["plover"])] == FILES["plover"].splitlines()


def test_plover_of_others_is_filled_in(one):
    bare = {"event": "YIELD", "mode": ["ceasefire"], "date": "2020-01-02", "actor": [{"code": "SDN"}]}
    event = one("plover", json.dumps(bare))
    assert (event.event, event.mode, event.cameo, event.quad_code) == ("RETREAT", ("ceasefire",), "0871", 2)
    assert (event.actor[0].sector, event.recipient, event.confidence) == (("UNK",), (), 1.0)
    assert event.provenance.model == "1"


@pytest.mark.parametrize(
    "line", ['{"event": "DANCE", "date": null}', "[]", "{", '{"event": 3}', '{"event": "AID", "actor": 7}']
)
def test_plover_lines_that_are_no_records(line, outcomes):
    (found,) = outcomes("plover", line)
    assert isinstance(found, Rejection)
    assert "expected" in found.reason


PAIRED = [
    replace(
        TALKS,
        evidence=(Evidence(0, Span(0, 9), Span(0, 3), "met"),),
        actor=(Actor("PRK", ("GOV",), "Kim Example"),),
        recipient=(Actor("CHN", ("GOV", "MIL"), "Li Example"),),
    ),
    replace(FULL, id="e-00000000000000cc", moment=Moment(date(2021, 5, 3), "day", "text"), mode=("aerial",),
        recipient=(Actor("MLI", ("REB",), "R"),)),
]  # fmt: skip


@pytest.mark.parametrize("name", ["polecat", "gdelt", "icews"])
def test_what_is_exported_comes_back(name, outcomes):
    stream = BytesIO()
    find_format(name).write(PAIRED, stream)
    back = [each.event for each in outcomes(name, stream.getvalue())]
    for event, sent in zip(back, PAIRED, strict=True):
        assert (event.event, event.mode, event.cameo) == (sent.event, sent.mode, sent.cameo)
        assert (event.quad_code, event.event_scale) == (sent.quad_code, sent.event_scale)
        assert event.moment.date == sent.moment.date
        assert parties(event.actor) == parties(sent.actor)
        assert parties(event.recipient) == parties(sent.recipient)
        assert [one.name.lower() for one in event.actor] == [one.name.lower() for one in sent.actor]
        assert (event.event_loc.country, event.event_loc.resolution) == (
            sent.event_loc.country,
            sent.event_loc.resolution,
        )
        assert (event.event_loc.lat, event.event_loc.lon) == (sent.event_loc.lat, sent.event_loc.lon)


def test_polecat_brings_back_all_parties_and_contexts(outcomes):
    sent = replace(PAIRED[0], actor=(*PAIRED[0].actor, Actor("RUS", ("MIL",), "Third")), context=("diplomatic", "cbrn"))
    stream = BytesIO()
    find_format("polecat").write([sent], stream)
    (found,) = outcomes("polecat", stream.getvalue())
    assert parties(found.event.actor) == parties(sent.actor)
    assert found.event.context == sent.context
    assert found.event.cite.source_id == sent.id


def test_acled_like_comes_back(outcomes):
    sent = replace(PAIRED[1], size=Size(dead=(4, None)))
    stream = BytesIO()
    find_format("acled").write([sent], stream)
    (found,) = outcomes("acled", stream.getvalue())
    event = found.event
    assert (event.event, event.mode, event.size) == ("ASSAULT", ("aerial",), Size(dead=(4, 4)))
    assert {one.code for one in event.actor} == {"MLI"}
    assert (event.event_loc.country, event.moment) == ("MLI", sent.moment)
