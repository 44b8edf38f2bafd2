import re

import pytest

from dragoman.ontology.countries import (
    country_of_cow,
    country_of_fips,
    country_of_name,
    find_country,
    load_countries,
)


def test_every_country_has_well_formed_codes_that_are_its_own():
    countries = load_countries().values()
    assert len(countries) == 200
    for one in countries:
        assert re.fullmatch("[A-Z]{3}", one.code)
        assert one.fips
        assert all(re.fullmatch("[A-Z]{2}", code) for code in one.fips)
        assert one.cow is None or 2 <= one.cow < 1000
    for listed in ([f for c in countries for f in c.fips], [c.cow for c in countries if c.cow]):
        assert len(listed) == len(set(listed))


@pytest.mark.parametrize(
    ("code", "fips", "cow"),
    [
        ("PRK", "KN", 731),
        ("KOR", "KS", 732),
        ("CHN", "CH", 710),
        ("CHE", "SZ", 225),
        ("RUS", "RS", 365),
        ("GBR", "UK", 200),
        ("AUS", "AS", 900),
        ("AUT", "AU", 305),
        ("SRB", "RI", 345),
        ("SSD", "OD", 626),
        ("NGA", "NI", 475),
        ("NER", "NG", 436),
        ("UKR", "UP", 369),
        ("KOS", "KV", 347),
        ("ZAF", "SF", 560),
    ],
)
def test_codes_of_others(code, fips, cow):
    assert find_country(code).fips[0] == fips
    assert (country_of_fips(fips).code, country_of_cow(cow).code) == (code, code)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("The United States", "USA"),
        ("north korea", "PRK"),
        ("DR Congo (Zaire)", "COD"),
        ("Congo", "COG"),
        ("Russia (Soviet Union)", "RUS"),
        ("Occupied Palestinian Territory", "PSE"),
        ("Myanmar (Burma)", "MMR"),
        ("Kingdom of eSwatini (Swaziland)", "SWZ"),
        ("Bosnia-Herzegovina", "BIH"),
        ("Côte d’Ivoire", "CIV"),
    ],
)
def test_names_of_others(name, code):
    assert country_of_name(name).code == code


def test_dependencies_are_their_state_and_strangers_are_nobody():
    assert find_country("GUM").code == country_of_fips("GQ").code == "USA"
    assert country_of_cow(260).code == "DEU"
    assert (find_country("XXX"), country_of_fips("??"), country_of_cow(0), country_of_name("")) == (None,) * 4
