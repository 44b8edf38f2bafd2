"""The mentions that play an act's place, traced together."""

import pytest

from dragoman.records import Article, Dateline, Document, Mention, MentionKind, Reading, Sentence, Span
from dragoman.resolve.place_story import make_locator


def locate(text, mentions, codes, dateline=None):
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in mentions]
    document = Document(Article(text), text, (Sentence(0, Span(0, len(text)), 0),), dateline=dateline)
    reading = Reading(document, tuple(Mention(span, 0, MentionKind.PLACE) for span in spans))
    return make_locator(reading, codes)(range(len(spans)))


def test_no_mention_no_place():
    assert locate("Nothing.", [], []) is None


def test_the_narrowest_of_several_is_taken():
    place = locate("In Syria, rebels shelled Aleppo.", ["Syria", "Aleppo"], ["SYR", None])
    assert (place.text, place.country, place.resolution) == ("Aleppo", "SYR", "city")


def test_a_narrower_place_in_another_country_is_not():
    assert locate("In Syria, not in Ankara.", ["Syria", "Ankara"], ["SYR", None]).country == "SYR"


def test_words_that_only_belong_to_a_state_give_its_country():
    place = locate("They crossed the Syrian border.", ["Syrian border"], ["SYR"])
    assert (place.country, place.resolution) == ("SYR", "country")


def test_the_dateline_speaks_for_its_country():
    text = "Police in Birmingham fired."
    assert locate(text, ["Birmingham"], [None]).country == "GBR"
    told = Dateline("MONTGOMERY, Alabama -", place="MONTGOMERY, Alabama")
    assert locate(text, ["Birmingham"], [None], told).country == "USA"


@pytest.mark.parametrize(
    ("text", "words", "name", "country"),
    [
        ("They met in Gdansk. Crowds filled the city.", "the city", "Gdansk", "POL"),
        ("Police in London ran to Streatham High Road.", "Streatham High Road", "United Kingdom", "GBR"),
        ("Burundi, Burundi and Kenya spoke. Troops left the country.", "the country", "Burundi", "BDI"),
        ("Troops left the country.", "the country", None, None),
        ("In Istanbul guards shut the Saudi consulate.", "the Saudi consulate", "Turkey", "TUR"),
        ("London police shut Fishmongers' Hall.", "Fishmongers' Hall", "United Kingdom", "GBR"),
        ("In Ghazni and Kabul shells fell; Maidan Wardak burned.", "Maidan Wardak", "Afghanistan", "AFG"),
    ],
)
def test_places_without_a_known_name_point_back(text, words, name, country):
    code = "SAU" if "Saudi" in words else None
    place = locate(text, [words], [code])
    assert (place.name, place.country) == (name, country)


def test_an_embassy_is_not_in_its_own_country():
    assert locate("Saudi Arabia shut the Saudi consulate.", ["the Saudi consulate"], ["SAU"]).country is None


def test_a_state_that_is_no_more_gives_its_code_to_none():
    assert locate("They stormed the Serbian parliament.", ["the Serbian parliament"], ["SRB"]).name == "Serbia"
