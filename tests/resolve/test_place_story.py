"""The mentions that play an act's place, traced together."""

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
