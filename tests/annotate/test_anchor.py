import pytest

from dragoman.annotate.anchor import find_anchor


@pytest.mark.parametrize(
    ("trigger", "rest"),
    [
        ("sent", "sent"),
        ("will send", "send"),
        ("has not been released", "released"),
        ("won't be going", "going"),
        ("didn’t sign", "sign"),
        ("we'll bury", "bury"),
        ("to  meet", "meet"),
        ("called off", "called off"),
        ("is", "is"),
        ("has been", "been"),
        ("", ""),
        ("Will to fight", "fight"),
    ],
)
def test_the_anchor_is_the_first_word_of_meaning(trigger, rest):
    assert trigger[find_anchor(trigger) :] == rest
