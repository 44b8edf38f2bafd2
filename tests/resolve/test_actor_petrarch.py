import datetime
from pathlib import Path

import pytest

from dragoman.errors import SettingsError
from dragoman.records import MentionKind
from dragoman.resolve.actor_petrarch import is_petrarch, read_actors, read_agents
from dragoman.resolve.actors import identify, load_gazetteer

ACTORS = """# a comment
LANTERN_BRIGADE_ [KENREB]  # added by hand
+LANTERNS_OF_THE_COAST_

ZEBEDEE_OKELLO-PRATT_  # a person, dated
+OKELLO-PRATT_
	[KENGOV 100101-151231]
	[KENELI]
MARITIME_ACCORD_ORGANISATION_ [IGOUNODEV]
NOBODYS_LEAGUE_ [---]
"""
AGENTS = """!PERSON! = MAN, MEN, WOMAN
KELP!PERSON! [~AGR]
CHAMBER_OF_KELP {CHAMBERS_OF_KELP} [~BUS]
"""
KNOWN = load_gazetteer().codes


def load(tmp_path: Path, text: str):
    path = tmp_path / "own.txt"
    path.write_text(text, "utf-8")
    return load_gazetteer(path)


def ask(words: str, kind: str, gazetteer, year: int = 2012):
    found = identify(words, MentionKind(kind), on=datetime.date(year, 6, 1), gazetteer=gazetteer)
    return found and (found.code, found.sectors)


def test_a_dictionary_is_told_from_a_table():
    assert is_petrarch(ACTORS)
    assert is_petrarch(AGENTS)
    assert not is_petrarch("name,aliases,code,sectors,from,to\nX [a],,KEN,REB,,\n")
    assert not is_petrarch("")


def test_actors_win_over_ours_with_aliases_and_dates(tmp_path):
    gazetteer = load(tmp_path, ACTORS)
    assert ask("the Lantern Brigade", "organisation", gazetteer) == ("KEN", ("REB",))
    assert ask("the Lanterns of the Coast", "organisation", gazetteer) == ("KEN", ("REB",))
    assert ask("Maritime Accord Organisation", "organisation", gazetteer)[0] == "UNO"
    assert ask("Zebedee Okello-Pratt", "person", gazetteer) == ("KEN", ("GOV",))
    assert ask("Okello-Pratt", "person", gazetteer, 2019) == ("KEN", ("ELI",))
    assert ask("Nobodys League", "organisation", gazetteer) != ("UNK", ("GOV",))


def test_agents_become_role_nouns_in_all_their_forms(tmp_path):
    gazetteer = load(tmp_path, AGENTS)
    assert ask("Kenyan kelpman", "role", gazetteer) == ("KEN", ("AGR",))
    assert ask("Kenyan kelpmen", "group", gazetteer) == ("KEN", ("AGR",))
    assert ask("Kenyan chambers of kelp", "organisation", gazetteer) == ("KEN", ("BUS",))


def test_a_folder_of_lists_is_read_as_one(tmp_path):
    (tmp_path / "a.txt").write_text(ACTORS, "utf-8")
    (tmp_path / "b.txt").write_text(AGENTS, "utf-8")
    (tmp_path / "c.csv").write_text("name,aliases,code,sectors,from,to\nFog Circle,,UGA,SOC,,\n", "utf-8")
    gazetteer = load_gazetteer(tmp_path)
    assert ask("Fog Circle", "organisation", gazetteer) == ("UGA", ("SOC",))
    assert ask("Lantern Brigade kelpman", "role", gazetteer)[0] == "KEN"


def test_dates_with_two_digits_and_open_ends():
    text = "X_Y_ [KENGOV >011222]\nW_Z_ [KENGOV <19990131]\n"
    entries = [entry for _, entry in read_actors(text, "f", KNOWN)]
    assert entries[0].start == datetime.date(2001, 12, 22)
    assert entries[1].end == datetime.date(1999, 1, 31)


def test_an_impossible_date_loses_its_own_code_only():
    text = "X_Y_ [KENGOV 991399-000101] [KENELI]\nW_Z_ [UGAREB]\n"
    assert [(entry.name, entry.sectors) for _, entry in read_actors(text, "f", KNOWN)] == [
        ("X Y", ("ELI",)),
        ("W Z", ("REB",)),
    ]


@pytest.mark.parametrize("text", ["+ALIAS_FIRST_ [KEN]\n", "lower case [KEN]\n"])
def test_a_fault_names_file_and_line(text):
    with pytest.raises(SettingsError) as caught:
        list(read_actors(text, "own.txt", KNOWN))
    assert "own.txt:1" in str(caught.value)


def test_real_dictionaries_are_read_where_they_lie_beside_the_project():
    folder = Path("/work/shared/data/actors/petrarch2_dictionaries_MIT")
    if not folder.is_dir():
        pytest.skip("the dictionaries are not here")
    for name in ("Phoenix.Countries.actors.txt", "Phoenix.MilNonState.actors.txt"):
        assert len(list(read_actors((folder / name).read_text("utf-8", "replace"), name, KNOWN))) > 500
    assert len(list(read_agents((folder / "Phoenix.agents.txt").read_text("utf-8", "replace"), "a"))) > 300
