from dataclasses import replace

import pytest

from dragoman.resolve.distant_links import drop_distant_links
from tests.resolve.readings import make_reading

BOTH = ((0, "A", 0), (1, "A", 0), (1, "A", 1))


@pytest.mark.parametrize(
    ("marked", "kind", "kept"),
    [
        ("[state:Congo] [act:massed] armour, [state:Burundi] [act:fled].", "ASSAULT", [(0, 0), (1, 1)]),
        ("[state:Congo] [act:massed] armour and [pronoun:it] [act:fled].", "ASSAULT", [(0, 0), (1, 0), (1, 1)]),
        ("[state:Congo] [act:massed] armour, [state:Burundi] [act:talked].", "CONSULT", [(0, 0), (1, 0), (1, 1)]),
    ],
)
def test_a_nearer_subject_behind_another_act_is_the_only_one(marked, kind, kept):
    reading = make_reading(marked, *BOTH)
    reading = replace(reading, triggers=tuple(replace(one, type=kind) for one in reading.triggers))
    assert [(role.trigger, role.mention) for role in drop_distant_links(reading).roles] == kept


def test_subjects_side_by_side_and_a_subject_of_two_acts_stay():
    beside = make_reading("[state:Congo] and [state:Chad] [act:fled].", (0, "A", 0), (0, "A", 1))
    assert drop_distant_links(beside) is beside
    shared = make_reading("[state:Congo] [act:armed] and [act:fled].", (0, "A", 0), (1, "A", 0))
    assert drop_distant_links(shared) is shared
