"""Other people's formats as their loaders read them: names, number, order and types of the columns, and what stands in them."""

import csv
import io
from dataclasses import replace
from datetime import date

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.export import find_format, fits_format
from dragoman.export.rows import pairs
from dragoman.records import Actor, Evidence, Moment, Place, Size, Span, Status
from tests.export.sample import BARE, FULL

POLECAT = (
    "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW|"
    "Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|Recipient Country|"
    "Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|Recipient Name Raw|Wikipedia Recipient ID|"
    "Placename|City|District|Province|Country|Latitude|Longitude|GeoNames ID|Raw Placename|Feature Type|Source|"
    "Publication Date|Story People|Story Organizations|Story Locations|Language|Version"
).split("|")
GDELT = (
    "GLOBALEVENTID SQLDATE MonthYear Year FractionDate Actor1Code Actor1Name Actor1CountryCode Actor1KnownGroupCode "
    "Actor1EthnicCode Actor1Religion1Code Actor1Religion2Code Actor1Type1Code Actor1Type2Code Actor1Type3Code Actor2Code "
    "Actor2Name Actor2CountryCode Actor2KnownGroupCode Actor2EthnicCode Actor2Religion1Code Actor2Religion2Code "
    "Actor2Type1Code Actor2Type2Code Actor2Type3Code IsRootEvent EventCode EventBaseCode EventRootCode QuadClass "
    "GoldsteinScale NumMentions NumSources NumArticles AvgTone Actor1Geo_Type Actor1Geo_FullName Actor1Geo_CountryCode "
    "Actor1Geo_ADM1Code Actor1Geo_ADM2Code Actor1Geo_Lat Actor1Geo_Long Actor1Geo_FeatureID Actor2Geo_Type "
    "Actor2Geo_FullName Actor2Geo_CountryCode Actor2Geo_ADM1Code Actor2Geo_ADM2Code Actor2Geo_Lat Actor2Geo_Long "
    "Actor2Geo_FeatureID ActionGeo_Type ActionGeo_FullName ActionGeo_CountryCode ActionGeo_ADM1Code ActionGeo_ADM2Code "
    "ActionGeo_Lat ActionGeo_Long ActionGeo_FeatureID DATEADDED SOURCEURL"
).split()
MENTIONS = (
    "GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier SentenceID Actor1CharOffset "
    "Actor2CharOffset ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone MentionDocTranslationInfo Extras"
).split()
ICEWS = (
    "Event ID|Event Date|Source Name|Source Sectors|Source Country|Event Text|CAMEO Code|Intensity|Target Name|"
    "Target Sectors|Target Country|Story ID|Sentence Number|Publisher|City|District|Province|Country|Latitude|Longitude"
).split("|")
PHOENIX = (
    "EventID Date Year Month Day SourceActorFull SourceActorEntity SourceActorRole SourceActorAttribute TargetActorFull "
    "TargetActorEntity TargetActorRole TargetActorAttribute EventCode EventRootCode QuadClass GoldsteinScore Issues Lat Lon "
    "LocationName StateName CountryCode SentenceID URLs NewsSources"
).split()
ACLED = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2 "
    "assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude "
    "geo_precision source source_scale notes fatalities tags timestamp"
).split()
FORMATS = {
    "polecat": (POLECAT, "\t", True),
    "gdelt": (GDELT, "\t", False),
    "gdelt-mentions": (MENTIONS, "\t", False),
    "icews": (ICEWS, "\t", True),
    "phoenix": (PHOENIX, "\t", False),
    "acled": (ACLED, ",", True),
}
DAY = Moment(date(2021, 5, 3), "day", "text")
TALKS = replace(
    FULL,
    id="e-00000000000000aa",
    event="CONSULT",
    mode=("visit",),
    context=("diplomatic", "cbrn"),
    quad_code=1,
    event_scale=4.0,
    cameo="042",
    moment=DAY,
    actor=(Actor("PRK", ("GOV",), None, None, None, "Pyongyang", Span(4, 13)),),
    recipient=(Actor("CHN", ("GOV",)),),
    event_loc=Place("China", Span(1, 2), "China", "CHN", None, 35.0, 105.0, 1814991, "country"),
)


def written(name, *events):
    stream = io.BytesIO()
    find_format(name).write(iter(events), stream)
    return stream.getvalue().decode()


def read(name, *events):
    columns, separator, has_header = FORMATS[name]
    raw = io.StringIO(written(name, *events))
    header = {"header": 0} if has_header else {"header": None, "names": columns}
    return pandas.read_csv(raw, sep=separator, dtype=str, keep_default_na=False, **header)


@pytest.mark.parametrize("name", FORMATS)
def test_columns_have_their_names_number_and_order(name):
    columns, separator, has_header = FORMATS[name]
    lines = written(name, FULL).splitlines()
    assert len(lines) == 1 + has_header
    if has_header:
        assert lines[0].split(separator) == columns
    assert tuple(getattr(find_format(name), "COLUMNS")) == tuple(columns)  # noqa: B009
    assert len(next(csv.reader(lines[-1:], delimiter=separator))) == len(columns)


def test_numbers_of_columns():
    assert [len(columns) for columns, *_ in FORMATS.values()] == [40, 61, 16, 20, 26, 31]


@pytest.mark.parametrize("name", [*FORMATS, "petrarch"])
@pytest.mark.parametrize("status", [one for one in Status if one is not Status.ACTUAL])
def test_what_did_not_happen_is_not_told_as_if_it_had(name, status):
    told = replace(FULL, status=status)
    assert not fits_format(name)(told)
    assert written(name, told) == written(name)


@pytest.mark.parametrize("name", [*FORMATS, "petrarch"])
def test_events_without_a_day_are_left_out_and_reports_lend_theirs(name):
    assert written(name, BARE) == written(name)
    undated = replace(FULL, moment=None)
    assert fits_format(name)(undated)
    assert written(name, undated) != written(name)


def test_formats_with_statuses_tell_all():
    assert fits_format("jsonl")(BARE)
    assert fits_format("plover")(replace(FULL, status=Status.NEGATED))


@given(st.text(min_size=1), st.sampled_from([*FORMATS, "petrarch"]))
def test_no_text_breaks_a_row(text, name):
    evil = replace(
        FULL,
        actor=(Actor("MLI", ("MIL",), text, text, None, text, Span(0, 1)),),
        event_loc=replace(FULL.event_loc, name=text, text=text, admin1=text),
        evidence=(Evidence(0, Span(0, 1), Span(0, 1), text),),
        cite=replace(FULL.cite, publication=text, url=text),
    )
    raw = written(name, evil)
    if name == "petrarch":
        assert len(raw.splitlines()) == 1
        return
    columns, separator, has_header = FORMATS[name]
    rows = list(csv.reader(io.StringIO(raw, newline=""), delimiter=separator))
    assert [len(row) for row in rows] == [len(columns)] * (1 + has_header)


def test_several_actors_without_recipient_act_on_one_another():
    three = tuple(Actor(code, ("GOV",)) for code in ("USA", "RUS", "CHN"))
    meeting = replace(TALKS, actor=three, recipient=())
    assert len(list(pairs(meeting))) == 6
    assert all(one is not other for one, other in pairs(meeting))
    assert len(read("icews", meeting)) == 6
    assert read("gdelt", meeting)["GLOBALEVENTID"].is_unique


def test_polecat_row():
    row = read("polecat", FULL).iloc[0]
    assert (row["Event Type"], row["Event Mode"], row["Quad Code"]) == (
        "ASSAULT",
        "aerial; destroy",
        "MATERIAL CONFLICT",
    )
    assert (row["Event Date"], row["Intensity"], row["Contexts"]) == ("2021-05-03", "-9.5", "military")
    assert (row["Actor Country"], row["Actor COW"], row["Primary Actor Sector"]) == ("MLI", "432", "MIL")
    assert (row["Actor Name"], row["Actor Name Raw"], row["Actor Title"]) == (
        "Malian Air Force",
        "The air force",
        "None",
    )
    assert (row["GeoNames ID"], row["Feature Type"], row["City"], row["District"]) == (
        "2455290",
        "PPL",
        "Kidal",
        "None",
    )
    assert (row["Language"], row["Publication Date"], row["Version"]) == ("English", "2021-05-06", "dragoman 0")


def test_polecat_rows_of_one_event_share_its_id():
    two = replace(FULL, recipient=(*FULL.recipient, Actor("FRA", ("MIL",))))
    table = read("polecat", two, TALKS)
    assert list(table["Event ID"]) == [FULL.id, FULL.id, TALKS.id]
    assert list(table["Recipient Country"]) == ["MLI", "FRA", "CHN"]
    alone = read("polecat", replace(FULL, recipient=())).iloc[0]
    assert alone["Recipient Country"] == alone["Recipient COW"] == "None"


def test_gdelt_row():
    row = read("gdelt", TALKS).iloc[0]
    assert (row["SQLDATE"], row["MonthYear"], row["Year"], row["FractionDate"]) == (
        "20210503",
        "202105",
        "2021",
        "2021.3370",
    )
    assert (row["Actor1Code"], row["Actor1Name"], row["Actor1CountryCode"]) == ("PRKGOV", "PYONGYANG", "PRK")
    assert (row["Actor1Type1Code"], row["Actor2Code"], row["Actor2Name"]) == ("GOV", "CHNGOV", "CHINA")
    assert (row["EventCode"], row["EventBaseCode"], row["EventRootCode"]) == ("042", "042", "04")
    assert (row["QuadClass"], row["GoldsteinScale"], row["IsRootEvent"]) == ("1", "1.9", "1")
    assert (row["ActionGeo_Type"], row["ActionGeo_FullName"], row["ActionGeo_CountryCode"]) == ("1", "China", "CH")
    assert (row["ActionGeo_FeatureID"], row["DATEADDED"], row["SOURCEURL"]) == (
        "CH",
        "20210506000000",
        "https://example.org",
    )
    assert 0 <= int(row["GLOBALEVENTID"]) < 2**53


def test_gdelt_bodies_and_places():
    council = replace(TALKS, actor=(Actor("UNO", ("GOV",), "UN Security Council"),), event_loc=FULL.event_loc)
    row = read("gdelt", council).iloc[0]
    assert (row["Actor1Code"], row["Actor1KnownGroupCode"], row["Actor1Type1Code"]) == ("IGOUNOGOV", "UNO", "IGO")
    assert row["Actor1CountryCode"] == ""
    assert (row["ActionGeo_Type"], row["ActionGeo_FullName"]) == ("4", "Kidal, Kidal, Mali")
    ohio = Place("Ohio", Span(0, 1), "Ohio", "USA", "Ohio", 40.4, -82.9, 1, "admin1")
    assert read("gdelt", replace(TALKS, event_loc=ohio)).iloc[0]["ActionGeo_Type"] == "2"


def test_gdelt_types_are_numbers():
    raw = io.StringIO(written("gdelt", TALKS, FULL))
    table = pandas.read_csv(raw, sep="\t", header=None, names=GDELT, dtype={"EventCode": str})
    for column in ("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "QuadClass", "NumMentions", "DATEADDED"):
        assert table[column].dtype == "int64", column
    for column in ("FractionDate", "GoldsteinScale", "ActionGeo_Lat", "ActionGeo_Long", "AvgTone"):
        assert table[column].dtype == "float64", column


def test_gdelt_mentions_point_to_the_events():
    twice = replace(TALKS, evidence=(*TALKS.evidence, Evidence(7, Span(0, 60), Span(18, 30), "talks")))
    events, mentions = read("gdelt", twice), read("gdelt-mentions", twice)
    assert set(mentions["GLOBALEVENTID"]) == set(events["GLOBALEVENTID"])
    assert list(mentions["SentenceID"]) == ["1", "8"]
    assert (mentions.iloc[0]["Actor1CharOffset"], mentions.iloc[0]["Actor2CharOffset"]) == ("4", "-1")
    assert (mentions.iloc[0]["Confidence"], mentions.iloc[0]["EventTimeDate"]) == ("80", "20210503000000")


def test_icews_row():
    row = read("icews", TALKS).iloc[0]
    assert (row["CAMEO Code"], row["Intensity"], row["Event Text"]) == ("042", "1.9", "Makes a visit")
    assert (row["Source Name"], row["Source Sectors"], row["Source Country"]) == (
        "Pyongyang",
        "Government",
        "North Korea",
    )
    assert (row["Target Name"], row["Country"], row["City"]) == ("Government (China)", "China", "")
    assert (row["Event Date"], row["Sentence Number"], row["Publisher"]) == ("2021-05-03", "1", "Sample")


@pytest.mark.parametrize(
    ("cameo", "quad"), [("013", 0), ("024", 0), ("042", 1), ("061", 2), ("112", 3), ("163", 3), ("141", 4), ("154", 4)]
)
def test_phoenix_has_its_own_quads(cameo, quad):
    assert read("phoenix", replace(TALKS, cameo=cameo)).iloc[0]["QuadClass"] == str(quad)


def test_phoenix_row():
    row = read("phoenix", TALKS).iloc[0]
    assert (row["Date"], row["Month"], row["SourceActorFull"], row["SourceActorRole"]) == (
        "20210503",
        "05",
        "PRKGOV",
        "GOV",
    )
    assert (row["EventCode"], row["EventRootCode"], row["Issues"]) == ("042", "04", "diplomatic,1;cbrn,1")
    assert (row["CountryCode"], row["URLs"], row["NewsSources"]) == ("CHN", "https://example.org", "Sample")


def test_petrarch_rows_with_and_without_an_address():
    line = "20210503\tPRKGOV\tCHNGOV\t042\tdiplomatic,1;cbrn,1\ta-0123456789abcdef_1\t{}Sample\n"
    assert written("petrarch", TALKS) == line.format("https://example.org\t")
    assert written("petrarch", replace(TALKS, cite=replace(TALKS.cite, url=None))) == line.format("")
    nobody = replace(TALKS, recipient=(), context=())
    assert written("petrarch", nobody).split("\t")[2:5] == ["---", "042", ""]


def test_acled_like_row():
    row = read("acled", replace(FULL, size=Size(dead=(12, None)))).iloc[0]
    assert (row["event_type"], row["sub_event_type"]) == ("Explosions/Remote violence", "Air/drone strike")
    assert (row["inter1"], row["inter2"], row["interaction"]) == (
        "State forces",
        "Rebel group",
        "State forces-Rebel group",
    )
    assert (row["iso"], row["region"], row["country"], row["location"]) == ("466", "Western Africa", "Mali", "Kidal")
    assert (row["time_precision"], row["geo_precision"], row["fatalities"]) == ("2", "1", "12")
    assert "ACLED-like" in row["tags"]
    assert "not ACLED" in row["tags"]


@pytest.mark.parametrize(
    ("kind", "modes", "sector", "told"),
    [
        ("ASSAULT", ("firearms",), "REB", "Battles"),
        ("ASSAULT", ("firearms",), "CVL", "Violence against civilians"),
        ("ASSAULT", ("abduct",), "JRN", "Violence against civilians"),
        ("PROTEST", ("demo",), "GOV", "Protests"),
        ("PROTEST", ("riot",), "GOV", "Riots"),
        ("COERCE", ("arrest",), "CVL", "Strategic developments"),
        ("PROTEST", ("hunger",), "GOV", None),
        ("COERCE", ("censor",), "JRN", None),
        ("CONSULT", (), "GOV", None),
    ],
)
def test_acled_codes_only_some_kinds(kind, modes, sector, told):
    event = replace(FULL, event=kind, mode=modes, recipient=(Actor("MLI", (sector,)),))
    assert fits_format("acled")(event) == (told is not None)
    rows = read("acled", event)
    assert list(rows["event_type"]) == ([told] if told else [])
