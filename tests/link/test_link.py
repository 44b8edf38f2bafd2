from __future__ import annotations

import random
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.link import Decision, Report, link_reports, split_out
from dragoman.records import Moment, Status
from tests.link.reports import DAY, make_actor, make_launch, make_place, make_report


def test_a_launch_told_in_ten_articles_is_one_story_with_ten_reports() -> None:
    (story,) = link_reports(make_launch())
    assert (story.n_reports, len(story.outlets), len(story.articles)) == (10, 10, 10)
    assert (story.event, story.date, [actor.code for actor in story.actor]) == ("MOBILIZE", DAY, ["PRK"])


def test_the_launch_a_week_later_is_another_story() -> None:
    later = make_report("z", "North Korea fired another ballistic missile on Tuesday", day=DAY + timedelta(days=7))
    stories = link_reports([*make_launch(), later])
    assert [story.n_reports for story in stories] == [10, 1]


def test_another_city_on_the_same_day_is_another_story() -> None:
    attack = {"event": "ASSAULT", "actor": (make_actor("UNK", "UNK"),), "recipient": (make_actor("SOM", "CVL"),)}
    here, there = make_place("Mogadishu", 2.04, 45.34), make_place("Kismayo", -0.36, 42.55)
    one = make_report("1", "A car bomb killed 12 people outside a hotel in Mogadishu", event_loc=here, **attack)
    two = make_report("2", "Twelve people died when a car bomb hit a Mogadishu hotel", event_loc=here, **attack)
    far = make_report("3", "Gunmen shot dead three elders in the port of Kismayo", event_loc=there, **attack)
    assert sorted(len(story.records) for story in link_reports([one, two, far])) == [1, 2]


def test_reprints_are_one_report() -> None:
    reports = make_launch(4)
    copies = [make_report(f"c{number}", reports[0].sentences[0], witness="w") for number in range(3)]
    (story,) = link_reports([*reports, *copies])
    assert (len(story.records), story.n_reports) == (7, 5)


def test_two_records_of_one_article_count_as_one_report() -> None:
    one = make_report("1", "North Korea fired a ballistic missile on Tuesday", article="a")
    two = make_report("2", "Japan said North Korea fired a ballistic missile on Tuesday", article="a")
    other = make_report("3", "North Korea fired a ballistic missile into the sea on Tuesday", article="b")
    assert max(story.n_reports for story in link_reports([one, two, other])) <= 2


def test_reports_without_day_party_or_words_stand_alone() -> None:
    bare = [make_report(str(n), "", moment=None, published=None, actor=()) for n in range(3)]
    assert [story.records for story in link_reports(bare)] == [
        (story.records[0],) for story in sorted(link_reports(bare), key=lambda story: story.id)
    ]


def test_no_reports_no_stories() -> None:
    assert link_reports([]) == []


def test_each_join_says_why() -> None:
    (story,) = link_reports(make_launch(3))
    assert {join.record for join in story.joins} == set(story.records)
    assert all(0 < join.score <= 1 and join.why for join in story.joins)
    assert any("sentences alike" in why for join in story.joins for why in join.why)


def test_a_split_holds_against_the_score_and_survives_new_reports() -> None:
    reports = make_launch(6)
    decisions = split_out("e-03", [report.event.id for report in reports])
    assert sorted(len(story.records) for story in link_reports(reports, decisions)) == [1, 5]
    stories = link_reports(make_launch(10), decisions)
    home = {record: story.id for story in stories for record in story.records}
    assert home["e-03"] not in {home[f"e-0{number}"] for number in (0, 1, 2, 4, 5)}


def test_a_join_holds_against_the_score_and_is_named_as_a_persons() -> None:
    far = make_report("z", "The treaty was signed in Lima", event="SUPPORT", quad_code=1, day=DAY + timedelta(days=90))
    reports = [*make_launch(3), far]
    assert len(link_reports(reports)) == 2
    (story,) = link_reports(reports, [Decision("join", "e-00", "e-z")])
    assert next(join for join in story.joins if join.record == "e-z").why == ("joined by a person",)


def test_the_later_decision_wins_through_third_records_too() -> None:
    reports = make_launch(3)
    joins = [Decision("join", "e-00", "e-01"), Decision("join", "e-01", "e-02")]
    split = Decision("split", "e-00", "e-02")
    assert len(link_reports(reports, [split, *joins])) == 1
    (first, second) = link_reports(reports, [*joins, split])
    assert ("e-00" in first.records) != ("e-02" in first.records), (first, second)


def test_decisions_on_unknown_records_wait() -> None:
    assert len(link_reports(make_launch(3), [Decision("join", "e-00", "e-gone")])) == 1


def test_the_story_keeps_its_id_when_later_reports_come_in() -> None:
    (before,) = link_reports(make_launch(4))
    late = make_report("99", "North Korea fired a ballistic missile on Tuesday", published=DAY + timedelta(days=3))
    (after,) = link_reports([*make_launch(4), late])
    assert after.id == before.id and after.n_reports == before.n_reports + 1


def test_disagreements_name_versions_and_outlets() -> None:
    base = {"event": "ASSAULT", "actor": (make_actor("SOM", "REB"),), "recipient": (make_actor("SOM", "CVL"),)}
    one = make_report("1", "A car bomb at a hotel in Mogadishu killed at least 12 people", **base)
    two = make_report("2", "A car bomb killed 17 people at a Mogadishu hotel", **base)
    three = make_report("3", "The army denied that a car bomb killed 17 people at the Mogadishu hotel", **base)
    three = Report(
        make_report("3", three.sentences[0], **base, status=Status.NEGATED, speaker=make_actor("SOM", "MIL")).event,
        three.sentences,
    )
    (story,) = link_reports([one, two, three])
    told = {one.about: one for one in story.disagreements}
    assert [(account.value, len(account.records)) for account in told["killed"].accounts] == [("17", 2), ("12", 1)]
    assert told["killed"].accounts[1].outlets == ("Outlet 1",)
    assert told["denied by"].accounts[0].value.startswith("SOM")
    assert "actor" not in told


def test_the_date_told_by_most_is_the_storys_and_the_spread_is_kept() -> None:
    reports = make_launch(5)
    off = make_report("x", reports[0].sentences[0], day=DAY - timedelta(days=1))
    (story,) = link_reports([*reports, off])
    assert (story.date, story.first_day, story.last_day) == (DAY, DAY - timedelta(days=1), DAY)


def test_a_month_meets_a_day_of_that_month() -> None:
    coarse = make_report("m", make_launch(1)[0].sentences[0], moment=Moment(DAY.replace(day=1), "month", "text"))
    (story,) = link_reports([make_launch(1)[0], coarse])
    assert story.n_reports == 2


NEWS = [
    *make_launch(8),
    *(make_report(f"w{n}", text.replace("Tuesday", "Friday"), day=DAY + timedelta(days=3)) for n, text in enumerate(
        ("North Korea fired three rockets on Tuesday", "Three rockets were fired by the North on Tuesday")
    )),
    make_report("c1", "Japan condemned the launch", event="ACCUSE", quad_code=3, actor=(make_actor("JPN"),)),
    make_report("c2", "Japan strongly condemned the missile launch", event="ACCUSE", quad_code=3, actor=(make_actor("JPN"),)),
    make_report("d1", "Angola mediated talks in Luanda", event="CONSULT", quad_code=1, actor=(make_actor("AGO"),)),
    make_report("u1", "", moment=None, actor=()),
]  # fmt: skip


@given(st.permutations(NEWS))
@settings(max_examples=40, deadline=None)
def test_the_order_of_arrival_makes_no_difference(reports: list[Report]) -> None:
    assert link_reports(reports) == link_reports(NEWS)


@given(st.lists(st.sampled_from(NEWS), max_size=12), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_every_report_stands_in_one_story(reports: list[Report], shuffler: random.Random) -> None:
    stories = link_reports(reports)
    told = [record for story in stories for record in story.records]
    assert sorted(told) == sorted({report.event.id for report in reports})
    shuffler.shuffle(reports)
    assert link_reports(reports) == stories


_IDS = [report.event.id for report in NEWS]


@given(
    st.lists(st.tuples(st.sampled_from(["join", "split"]), st.sampled_from(_IDS), st.sampled_from(_IDS)), max_size=5)
)
@settings(max_examples=60, deadline=None)
def test_the_last_decision_always_holds(words: list[tuple[str, str, str]]) -> None:
    decisions = [Decision(kind, one, other) for kind, one, other in words if one != other]  # type: ignore[arg-type]
    stories = link_reports(NEWS, decisions)
    home = {record: story.id for story in stories for record in story.records}
    for last in decisions[-1:]:
        assert (home[last.one] == home[last.other]) == (last.kind == "join")
