import pytest

from dragoman.errors import SettingsError
from dragoman.store import Filter, Member, StoredStory
from tests.store.sample import RUN, make_coding, make_event


@pytest.fixture
def filled(store):
    store.keep(
        store.start_run(RUN),
        [make_coding(n, [make_event(event=event)]) for n, event in enumerate(("AID", "AID", "ACCUSE"))],
    )
    return store


def story(name, *numbers, date="2024-01-01", n_reports=1):
    members = tuple(Member(number, 0.5, "same day") for number in numbers)
    return StoredStory(name, numbers[0], members, date, date, "AID", n_reports, n_reports, {"dates": [date]})


def test_stories_come_back_and_replace_the_earlier(filled):
    numbers = sorted(stored.number for stored in filled.records())
    first, second = story("s-1", *numbers[:2], n_reports=2), story("s-2", numbers[2], date="2024-02-01")
    assert filled.put_stories(iter([second, first])) == 2
    assert list(filled.stories()) == [second, first]
    assert list(filled.stories(newest_first=False)) == [first, second]
    assert filled.find_story("s-1") == filled.story_of(numbers[1]) == first
    assert filled.find_story("s-9") is None
    filled.put_stories([first])
    assert list(filled.stories()) == [first]
    assert filled.check() == ()


def test_stories_and_records_are_filtered_by_one_another(filled):
    numbers = sorted(stored.number for stored in filled.records())
    filled.put_stories([story("s-1", *numbers[:2], n_reports=2), story("s-2", numbers[2])])
    assert [one.id for one in filled.stories(Filter(event=("ACCUSE",)))] == ["s-2"]
    assert filled.count(Filter(story="s-1")) == 2
    assert filled.count(Filter(is_story_best=True)) == 2
    assert filled.count(Filter(min_reports=2)) == 2
    assert sorted(filled.find_records(numbers)) == numbers


def test_a_failing_linker_leaves_the_stories_that_were_there(filled):
    number = next(filled.records()).number
    filled.put_stories([story("s-1", number)])

    def broken():
        yield story("s-2", number)
        raise RuntimeError("linker")

    with pytest.raises(RuntimeError):
        filled.put_stories(broken())
    assert [one.id for one in filled.stories()] == ["s-1"]


def test_decisions_are_a_log(store):
    joined = store.decide("join", "a-1@0-5", "a-2@0-5", who="analyst", note="same", made="2026-01-01T00:00:00+00:00")
    split = store.decide("split", "a-1@0-5", "a-3@0-5", who="analyst")
    assert store.decisions() == (joined, split)
    store.undo_decision(joined.number, who="chief")
    assert [one.number for one in store.decisions()] == [split.number]
    assert [one.undone_by for one in store.decisions(with_undone=True)] == ["chief", None]


@pytest.mark.parametrize("given", [("merge", "a", "b"), ("join", "a", "a")])
def test_what_is_no_decision_is_told(store, given):
    with pytest.raises(SettingsError, match="decision"):
        store.decide(*given, who="x")
