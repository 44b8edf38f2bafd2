import pytest

from dragoman.records import MentionKind, Role, RoleKind
from dragoman.resolve.actor_gazetteer import load_gazetteer
from dragoman.resolve.coreference import identify_mentions
from dragoman.resolve.coreference_owners import add_possessors
from tests.resolve.readings import make_reading


def identify_last(marked):
    return identify_mentions(make_reading(marked), load_gazetteer())[-1]


@pytest.mark.parametrize(
    ("marked", "code", "sector"),
    [
        (
            "[state:Iran] said that [organisation:its army] was ready, while [state:Iraq], [state:Iraq] and [state:Iraq] slept.",
            "IRN",
            "MIL",
        ),
        ("[state:Bahrain] woke. [organisation:The kingdom's army] moved.", "BHR", "MIL"),
        ("[organisation:Hamas] struck. [role:Its spokesman] spoke.", "PSE", "REB"),
    ],
)
def test_a_possessor_gives_its_country_to_what_is_owned(marked, code, sector):
    found = [
        one for one in identify_mentions(make_reading(marked), load_gazetteer()) if one and one.sectors[0] == sector
    ]
    assert found[-1].code == code


def test_the_reason_names_the_possessor():
    assert "'Its' tells whose it is" in identify_last("[organisation:Hamas] struck. [role:Its spokesman] spoke.").why


def test_a_neighbour_is_not_of_ones_own_country():
    known = identify_last("[state:Iran] woke.\n[state:Iran] slept.\n[group:Its neighbours] waited.")
    assert known is None or not any("tells whose" in why for why in known.why)


def test_possessors_become_mentions_and_every_role_still_names_its_own():
    reading = make_reading(
        "[state:Iran] [act:sent] [organisation:its army] to [place:Basra].", (0, "A", 0), (0, "R", 1), (0, "P", 2)
    )
    owned = add_possessors(reading, load_gazetteer())
    text = reading.document.text
    assert [one.span.quote(text) for one in owned.reading.mentions] == ["Iran", "its army", "its", "Basra"]
    assert [owned.reading.mentions[at] for at in owned.places] == list(reading.mentions)
    assert dict(owned.owners) == {1: 2}
    assert owned.reading.roles == (
        Role(0, 0, RoleKind.ACTOR),
        Role(0, 1, RoleKind.RECIPIENT),
        Role(0, 3, RoleKind.PLACE),
    )


def test_a_possessor_that_is_marked_already_is_not_marked_again():
    owned = add_possessors(
        make_reading("[state:Iran] moved. [pronoun:its] army and [organisation:the army's chief]."), load_gazetteer()
    )
    kinds = [one.kind for one in owned.reading.mentions]
    assert kinds == [
        MentionKind.STATE,
        MentionKind.PRONOUN,
        MentionKind.ORGANISATION,
        MentionKind.ORGANISATION,
    ]
