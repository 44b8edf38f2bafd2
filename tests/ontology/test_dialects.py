import pytest

from dragoman.ontology import load_ontology
from dragoman.ontology.countries import load_countries
from dragoman.ontology.dialects import cameo_actor, load_dialects, read_cameo_actor, read_icews_sectors


@pytest.mark.parametrize(
    ("code", "sectors", "letters"),
    [
        ("PRK", ("GOV",), "PRKGOV"),
        ("USA", ("MIL", "GOV"), "USAMILGOV"),
        ("ROU", ("JRN",), "ROMMED"),
        ("UNO", ("UNK",), "IGOUNO"),
        ("UNK", ("REB",), "REB"),
        ("UNK", ("UNK",), ""),
        ("GBR", ("MED",), "GBRHLH"),
    ],
)
def test_actors_in_cameo_letters(code, sectors, letters):
    assert cameo_actor(code, sectors) == letters


@pytest.mark.parametrize(
    ("letters", "code", "sectors"),
    [
        ("PRKGOV", "PRK", ("GOV",)),
        ("PRK", "PRK", ("GOV",)),
        ("IGOUNO", "UNO", ("GOV",)),
        ("IGOEUREEC", "EUR", ("GOV",)),
        ("IGOWSTNTO", "IGO", ("GOV",)),
        ("NGO", "NGO", ("UNK",)),
        ("SYRREB", "SYR", ("REB",)),
        ("USAMED", "USA", ("JRN",)),
        ("MIL", "UNK", ("MIL",)),
        ("---", "UNK", ("UNK",)),
        ("", "UNK", ("UNK",)),
        ("TMPGOV", "TLS", ("GOV",)),
    ],
)
def test_cameo_letters_read(letters, code, sectors):
    assert read_cameo_actor(letters) == (code, sectors)


@pytest.mark.parametrize("sector", [*load_ontology().sectors])
@pytest.mark.parametrize("code", ["PRK", "ROU", "UNK"])
def test_what_is_written_comes_back_with_its_country(code, sector):
    assert read_cameo_actor(cameo_actor(code, (sector,)))[0] in (code, "NGO")


def test_icews_sectors_in_order():
    assert read_icews_sectors("Cabinet,Executive,Executive Office,Government") == ("GOV",)
    assert read_icews_sectors("Center Right,Opposition Major Party (Out Of Government),Parties") == ("OPP", "PTY")
    assert read_icews_sectors("Police,Government") == ("COP", "GOV")
    assert read_icews_sectors("") == read_icews_sectors("Zoology") == ("UNK",)


def test_every_word_is_of_the_ontology():
    ontology, dialects = load_ontology(), load_dialects()
    sectors = set(ontology.sectors)
    assert set(dialects["cameo"]["sectors_out"]) <= sectors
    assert set(dialects["cameo"]["sectors_in"].values()) <= sectors
    assert {sector for _, sector in dialects["icews"]["sectors_in"]} <= sectors
    assert set(dialects["icews"]["sectors_out"]) <= sectors
    assert set(dialects["acled"]["actors_in"].values()) <= sectors
    for target in dialects["acled"]["in"].values():
        assert set(target.get("modes", ())) <= set(ontology.types[target["type"]].modes)
        assert set(target.get("contexts", ())) <= set(ontology.contexts)
    for kind, modes in dialects["acled"]["out"].items():
        assert set(modes) - {"", "civilians"} <= set(ontology.types[kind].modes)


def test_every_country_has_one_region():
    regions = load_dialects()["acled"]["regions"]
    listed = [code for codes in regions.values() for code in codes]
    assert sorted(listed) == sorted(load_countries())
