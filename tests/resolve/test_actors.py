import csv
import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import SettingsError
from dragoman.ontology import load_ontology
from dragoman.records import MentionKind, Span
from dragoman.resolve.actors import Identity, find_names, identify, load_gazetteer

HERE = Path(__file__).parent
DAY = datetime.date(2017, 8, 30)
GAZETTEER = load_gazetteer()


def read_cases(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def ask(
    text: str, kind: str = "organisation", on: datetime.date | None = DAY, home: str | None = None
) -> Identity | None:
    return identify(text, MentionKind(kind), on=on, home=home, gazetteer=GAZETTEER)


def tell(case: dict[str, str], kind: str) -> tuple[str, str, str, str]:
    found = ask(case["text"], kind, datetime.date.fromisoformat(case["on"]), case["home"] or None)
    if found is None:
        return ("-", "", "", "")
    name = "*" if case["name"] == "*" else found.name or ""
    return (found.code, "|".join(found.sectors), name, found.office or "")


@pytest.mark.parametrize(
    "case", read_cases("actors_identify.csv"), ids=lambda case: f"{case['text']}@{case['home']}{case['on'][:4]}"
)
def test_mentions_of_all_regions_and_kinds(case: dict[str, str]) -> None:
    assert tell(case, case["kind"]) == (case["code"], case["sectors"], case["name"], case["office"])


@pytest.mark.parametrize("case", read_cases("actors_offices.csv"), ids=lambda case: f"{case['text']}@{case['on']}")
def test_offices_are_those_of_the_day(case: dict[str, str]) -> None:
    is_role = case["text"].startswith(("the ", "Iran's", "Russia's"))
    got = tell(case, "role" if is_role else "person")
    assert got == (case["code"], case["sectors"], case["name"], case["office"])


def test_the_tables_are_as_large_as_promised() -> None:
    assert len(read_cases("actors_identify.csv")) >= 250
    assert len(read_cases("actors_offices.csv")) >= 60


def test_ids_of_wikidata_come_along() -> None:
    lavrov = ask("Russian Foreign Minister Sergei Lavrov", "person")
    assert lavrov is not None
    assert lavrov.wikidata == "Q58217"
    assert lavrov.entity == "person:Q58217"


def test_all_wordings_of_a_state_are_one_entity() -> None:
    wordings = ["Russia", "the Kremlin", "Moscow", "the Russian government"]
    assert {found.entity for words in wordings if (found := ask(words)) is not None} == {"state:RUS"}


def test_why_names_the_office_its_dates_and_the_source() -> None:
    tillerson = ask("Rex Tillerson", "person")
    assert tillerson is not None
    assert "Secretary of State on 2017-08-30 since 2017-02-01" in tillerson.why[0]


def test_a_former_official_is_told_as_such() -> None:
    tillerson = ask("Rex Tillerson", "person", datetime.date(2020, 1, 1))
    assert tillerson is not None
    assert tillerson.sectors == ("ELI",)
    assert "until 2018-03-31" in tillerson.why[0]


def test_a_title_in_the_text_stands_where_no_office_is_known() -> None:
    found = ask("Energy Secretary Rex Tillerson", "person", datetime.date(2024, 1, 1))
    assert found is not None
    assert (found.code, found.sectors, found.wikidata) == ("USA", ("GOV",), "Q331401")


def test_a_day_after_our_knowledge_lowers_the_score_and_is_said() -> None:
    now = ask("Vladimir Putin", "person", datetime.date(2024, 1, 1))
    later = ask("Vladimir Putin", "person", GAZETTEER.as_of + datetime.timedelta(days=400))
    assert now is not None
    assert later is not None
    assert later.score < now.score
    assert "later than what is known" in later.why[1]


def test_an_unknown_day_takes_the_office_still_held() -> None:
    found = ask("Donald Trump", "person", None)
    assert found is not None
    assert found.office == "President"


def test_surname_and_title_find_the_holder_of_the_day() -> None:
    found = ask("Foreign Minister Mammadyarov", "person", datetime.date(2016, 4, 5), "AZE")
    assert found is not None
    assert found.name == "Elmar Mammadyarov"


def test_home_gives_bare_roles_their_country_and_nothing_else() -> None:
    soldiers = ask("soldiers", "group", home="MLI")
    french = ask("French soldiers", "group", home="MLI")
    assert soldiers is not None
    assert french is not None
    assert (soldiers.code, french.code) == ("MLI", "FRA")
    assert "the story's country" in soldiers.why[-1]


def test_a_role_without_a_country_says_so() -> None:
    found = ask("soldiers", "group")
    assert found is not None
    assert (found.code, found.sectors) == ("UNK", ("MIL",))
    assert found.score < 0.5


@pytest.mark.parametrize("home", ["ZZZ", "usa", "", "x" * 50])
def test_a_home_that_is_no_code_is_no_home(home: str) -> None:
    found = ask("police", home=home)
    assert found is not None
    assert found.code == "UNK"


# --- finding names


def names_in(text: str) -> list[tuple[str, str]]:
    return [(found.span.quote(text), found.kind.value) for found in find_names(text, gazetteer=GAZETTEER)]


def test_names_are_found_longest_first() -> None:
    text = "The U.N. Security Council met after North Korea fired over the Sea of Japan, the Kremlin told us."
    assert names_in(text) == [
        ("U.N. Security Council", "organisation"),
        ("North Korea", "state"),
        ("Sea of Japan", "place"),
        ("Kremlin", "state"),
    ]


def test_titles_and_nationality_belong_to_the_person() -> None:
    text = "On Tuesday Russian foreign ministry spokeswoman Maria Zakharova answered Gen. Abdul Rahman."
    assert ("Russian foreign ministry spokeswoman Maria Zakharova", "person") in names_in(text)
    assert ("Gen. Abdul Rahman", "person") in names_in(text)
    assert ("Russian", "state") in names_in(text)


def test_persons_are_found_by_a_role_in_small_letters() -> None:
    assert ("Nigerian activist Chidi Okonedo", "person") in names_in("Police held Nigerian activist Chidi Okonedo.")
    assert names_in("The police Chief of Lima left.")[-1] == ("Lima", "state")


def test_unknown_persons_are_found_by_their_title() -> None:
    assert names_in("Yesterday Defence Secretary Ramon Dizon and Ms. Okonedo left.") == [
        ("Defence Secretary Ramon Dizon", "person"),
        ("Ms. Okonedo", "person"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "They told us that he may turn.",
        "Carlos Morales ate turkey in a polish bar.",
        "He is north of here, and who is to blame?",
        "Michael Jordan Smith read in peace.",
    ],
)
def test_words_that_only_look_like_names_are_left(text: str) -> None:
    found = [
        name for name, _ in names_in(text) if name in {"us", "may", "turkey", "polish", "Morales", "north", "who", "is"}
    ]
    assert found == []


def test_a_line_in_capitals_does_not_turn_words_into_names() -> None:
    assert names_in("CAR BOMB KILLS TWELVE, LEAVES US SHAKEN, SAYS FRANCE") == [("FRANCE", "state")]


def test_another_with_a_famous_surname_is_not_the_famous_one() -> None:
    assert names_in("Trump spoke.") == [("Trump", "person")]
    assert names_in("A clerk, Wilbur Trump, spoke.") == []


def test_the_north_is_a_state_only_by_itself() -> None:
    assert ("North", "state") in names_in("Sanctions on the North were eased.")
    assert ("North", "state") not in names_in("He flew over the North Sea and the North Pole to North Dakota.")


def test_a_blank_line_ends_a_name() -> None:
    assert ("Lavrov", "person") in names_in("It hurt the U.S.\n\nLavrov left.")


def test_spans_lie_in_the_stretch_that_was_asked_for() -> None:
    text = "France met Germany. Italy met Spain."
    found = find_names(text, Span(20, len(text)), gazetteer=GAZETTEER)
    assert [name.span.quote(text) for name in found] == ["Italy", "Spain"]


# --- a user's own list

HEAD = "name,aliases,code,sectors,from,to\n"


def write(path: Path, text: str) -> Path:
    file = path / "own.csv"
    file.write_text(text, "utf-8")
    return file


def test_own_actors_win_over_ours(tmp_path: Path) -> None:
    gazetteer = load_gazetteer(
        write(tmp_path, HEAD + "Lantern Brigade,The Lanterns|Hamas,XKX,REB,2020,\n".replace("XKX", "KEN"))
    )
    for words in ("the Lantern Brigade", "Lanterns", "Hamas"):
        found = identify(words, MentionKind.ORGANISATION, on=datetime.date(2021, 1, 1), home=None, gazetteer=gazetteer)
        assert found is not None
        assert (found.code, found.sectors, found.name) == ("KEN", ("REB",), "Lantern Brigade")


@pytest.mark.parametrize(
    ("row", "telling"),
    [
        ("Lanterns,,XYZ,REB,,", ["own.csv:2", "expected an ISO 3166 alpha-3 code", "got 'XYZ'"]),
        ("Lanterns,,KEN,WAR,,", ["own.csv:2", "got 'WAR'"]),
        ("Lanterns,,KEN,,,", ["own.csv:2", "not a sector"]),
        ("Lanterns,,KEN,REB,soon,", ["own.csv:2", "got 'soon'"]),
        ("Lanterns,,KEN,REB,2021,2019", ["own.csv:2", "out of order"]),
        ("Lanterns,,KEN,REB", ["own.csv:2", "expected 6 fields"]),
        (",,KEN,REB,,", ["own.csv:2", "a row without a name"]),
    ],
)
def test_faults_of_an_own_list_are_told_with_file_and_line(tmp_path: Path, row: str, telling: list[str]) -> None:
    with pytest.raises(SettingsError) as caught:
        load_gazetteer(write(tmp_path, HEAD + row + "\n"))
    assert all(part in str(caught.value) for part in telling), str(caught.value)


def test_a_list_without_the_columns_or_without_a_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="columns are missing"):
        load_gazetteer(write(tmp_path, "name,code\nLanterns,KEN\n"))
    with pytest.raises(SettingsError, match="cannot be read"):
        load_gazetteer(tmp_path / "none.csv")


# --- properties

PIECES = st.sampled_from(
    ["the", "US", "Russian", "Israel's", "rebels", "of", "and", "former", "president", "Kim Jong Un", "U.S.-backed", "’s", ",", "police",
     "Mr.", "Hamas", "spokesman", "for", "in", "Chad", "two", "-", "who", "Lavrov", "\u00a0", "Gen.", "North", "members", "İ", "ß", "'"]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=12).map(" ".join))
LEGAL_CODES = GAZETTEER.codes
LEGAL_SECTORS = frozenset(load_ontology().sectors)


@settings(max_examples=400, deadline=None)
@given(
    text=TEXTS,
    kind=st.sampled_from(MentionKind),
    on=st.one_of(st.none(), st.dates(datetime.date(1950, 1, 1), datetime.date(2030, 1, 1))),
    home=st.one_of(st.none(), st.sampled_from(sorted(LEGAL_CODES))),
)
def test_whatever_the_words_the_answer_is_none_or_legal(
    text: str, kind: MentionKind, on: datetime.date | None, home: str | None
) -> None:
    found = identify(text, kind, on=on, home=home, gazetteer=GAZETTEER)
    if found is not None:
        assert found.code in LEGAL_CODES
        assert found.sectors
        assert set(found.sectors) <= LEGAL_SECTORS
        assert 0 <= found.score <= 1
        assert found.why
        assert found == identify(text, kind, on=on, home=home, gazetteer=GAZETTEER)


@settings(max_examples=300, deadline=None)
@given(text=TEXTS)
def test_found_spans_are_ordered_lie_in_the_text_and_quote_words(text: str) -> None:
    found = find_names(text, gazetteer=GAZETTEER)
    assert list(found) == sorted(found, key=lambda name: (name.span.start, -name.span.end))
    for name in found:
        assert name.span.quote(text).strip() == name.span.quote(text) != ""


def test_a_very_long_line_is_read_in_linear_time() -> None:
    words = identify("rebels " * 200_000, MentionKind.GROUP, on=DAY, home="MLI", gazetteer=GAZETTEER)
    assert words is not None
    assert len(find_names("Kim Jong " * 20_000, gazetteer=GAZETTEER)) < 20_001


# --- the how-to page

PAGE = HERE.parents[1] / "docs" / "howto" / "add-an-actor.md"


def test_the_how_to_page_does_what_it_says(tmp_path: Path) -> None:
    page = PAGE.read_text("utf-8")
    example = page.split("```csv\n")[1].split("```")[0]
    gazetteer = load_gazetteer(write(tmp_path, example))
    found = identify("the Lantern Brigade", MentionKind.ORGANISATION, on=DAY, home=None, gazetteer=gazetteer)
    assert found is not None
    assert (found.code, found.sectors) == ("KEN", ("REB",))
    with pytest.raises(SettingsError) as caught:
        load_gazetteer(write(tmp_path, HEAD + "Lantern Brigade,,KEN,WAR,,\n").rename(tmp_path / "faulty.csv"))
    assert "faulty.csv:2: not a sector: expected one or more of COP GOV" in str(caught.value)
    assert "own.csv:2: not a sector: expected one or more of COP GOV ..., got 'WAR'; correct the sectors" in page
