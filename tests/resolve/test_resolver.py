import pytest

from dragoman.records import MentionKind, Span
from dragoman.resolve import load_resolver
from tests.resolve.readings import make_reading

RESOLVER = load_resolver()


def resolve(marked, *links):
    return RESOLVER.resolve(make_reading(marked, *links)).acts


def test_an_act_has_its_parts_with_offsets_that_quote_them():
    marked = "[person:Foreign Minister Sergei Lavrov] said [state:Japan] [act:blamed] [state:China] in [place:Moscow]."
    (act,) = resolve(marked, (0, "S", 0), (0, "A", 1), (0, "R", 2), (0, "P", 3))
    assert [actor.code for actor in (*act.actors, *act.recipients, act.speaker)] == ["JPN", "CHN", "RUS"]
    assert act.speaker.name == "Sergey Lavrov"
    assert act.place.country == "RUS"
    text = make_reading(marked).document.text
    for actor in (*act.actors, *act.recipients, act.speaker):
        assert actor.span.quote(text) == actor.text
        assert actor.why


def test_one_actor_mentioned_twice_counts_once():
    (act,) = resolve("[state:Japan] [act:spoke] and [pronoun:it] warned.", (0, "A", 0), (0, "A", 1))
    assert len(act.actors) == 1


def test_an_unknown_person_keeps_the_name_and_no_code_is_guessed():
    (act,) = resolve("[person:Quentin Xanthopol] [act:spoke].", (0, "A", 0))
    assert (act.actors[0].code, act.actors[0].name) == ("UNK", "Quentin Xanthopol")


def test_a_place_that_is_not_known_keeps_its_words_only():
    (act,) = resolve("It [act:began] in [place:Xyzzytown].", (0, "P", 0))
    assert (act.place.text, act.place.country) == ("Xyzzytown", None)


@pytest.mark.parametrize("name", ["Kenya", "the Kremlin", "protesters"])
def test_names_are_found_for_the_reader(name):
    text = f"On Monday {name} spoke."
    found = [span.quote(text) for span, _ in RESOLVER.find_names(text, Span(0, len(text)))]
    assert any(name.removeprefix("the ") in words for words in found)
    assert [span.quote(text) for span in RESOLVER.find_times(text, Span(0, len(text)))] == ["Monday"]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Ivory Coast, which chairs the club, refused.", []),
        ("Washington suspended military aid.", []),
        ("The military seized power.", ["military"]),
        ("Police will guard the hall.", ["Police"]),
        ("Two soldiers fled.", ["soldiers"]),
    ],
)
def test_verbs_and_describing_words_are_no_parties(text, roles):
    found = RESOLVER.find_names(text, Span(0, len(text)))
    kinds = (MentionKind.ROLE, MentionKind.GROUP, MentionKind.ORGANISATION)
    assert [span.quote(text) for span, kind in found if kind in kinds and span.quote(text) != "club"] == roles
