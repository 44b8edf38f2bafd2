"""What a store promises, asked of both databases."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.errors import SettingsError
from dragoman.records import Actor, Rejection, event_to_line, event_to_record
from dragoman.store import FACETS, Filter, Imported, Kept, RunKey, open_store
from tests.store.sample import CODES, EVENTS, LATER_RUN, RUN, SECTORS, START, draw_codings, make_coding, make_event

EVERYTHING = Filter(with_copies=True, with_older=True, with_struck=True)


def lines(store, wanted=EVERYTHING):
    return [stored.line for stored in store.records(wanted)]


def test_records_come_back_byte_by_byte_in_fixed_order(store):
    codings = draw_codings(20)
    store.keep(store.start_run(RUN), codings)
    events = [event for coding in codings for event in coding.events]
    ordered = sorted(events, key=lambda one: (one.moment.date.isoformat() if one.moment else "", one.id))
    assert lines(store) == [event_to_line(event) for event in ordered]
    assert list(store.events()) == [stored.event for stored in store.records()]


def test_keeping_again_changes_nothing(store):
    codings, run = draw_codings(8), store.start_run(RUN)
    first = store.keep(run, codings)
    before, info = lines(store), store.info()
    assert store.keep(store.start_run(RUN), codings) == Kept(n_known=8)
    assert (lines(store), store.info()) == (before, info)
    assert first.n_records == len(before)


def test_what_was_kept_is_seen_by_its_run_only(store):
    coding = make_coding(1)
    run = store.start_run(RUN)
    store.keep(run, [coding])
    assert store.seen(run, [coding.article_id, "a-other"]) == {coding.article_id}
    assert store.seen(store.start_run(LATER_RUN), [coding.article_id]) == frozenset()


def test_article_comes_back_with_text_and_metadata(store):
    coding = make_coding(1, title="A title", language="fr", source_id="s-1")
    store.keep(store.start_run(RUN), [coding])
    article = store.find_article(coding.article_id)
    assert (article.text, article.title, article.outlet) == (coding.text, "A title", "Outlet 1")
    assert (article.published, article.language, article.source_id) == (START, "fr", "s-1")
    assert article.family == (coding.article_id,)
    assert store.articles() == (article,)
    assert store.articles(after=article.id) == ()
    assert store.find_article("a-none") is None


def test_what_no_database_takes_is_replaced_one_for_one(store):
    text = "zero \0 and half \ud800 a pair"
    coding = make_coding(1, text=text, title="\udfff", outlet="\0")
    store.keep(store.start_run(RUN), [coding])
    article = store.find_article(coding.article_id)
    assert article.text == "zero \ufffd and half \ufffd a pair"
    assert len(article.text) == len(text)
    assert (article.title, article.outlet) == ("\ufffd", "\ufffd")


def test_text_is_data_and_never_a_statement(store):
    evil = "'; DROP TABLE record; --"
    coding = make_coding(1, text=evil, title=evil, outlet=evil)
    store.keep(store.start_run(RUN), [coding])
    assert store.count(Filter(outlet=(evil,), actor=(evil,), text=evil)) == 0
    assert store.find_article(coding.article_id).title == evil
    assert store.count() == 1


def test_rejections_are_kept_once_with_their_reasons(store):
    run = store.start_run(RUN)
    broken = [Rejection("a.txt", "ingest", "empty file"), Rejection("b.txt", "read", "x" * 10_000)]
    assert store.keep(run, broken).n_rejected == 2
    store.keep(run, [*broken, Rejection("c.txt", "code", "odd")])
    assert [(one.origin, one.stage, one.reason) for one in store.rejections(run.id)] == [
        ("a.txt", "ingest", "empty file"),
        ("b.txt", "read", "x" * 10_000),
        ("c.txt", "code", "odd"),
    ]


def test_pages_follow_one_another_without_gap_or_repetition(store):
    store.keep(store.start_run(RUN), draw_codings(15))
    for newest_first in (True, False):
        paged, cursor = [], None
        while True:
            page = store.page(after=cursor, limit=7, newest_first=newest_first)
            paged += [stored.number for stored in page.records]
            if (cursor := page.next) is None:
                break
        assert paged == [stored.number for stored in store.records(newest_first=newest_first)]


@pytest.mark.parametrize("cursor", ["", "x", "bm9uc2Vuc2U", "W10", "eyJhIjogMX0", "\u20ac"])
def test_a_false_cursor_is_told(store, cursor):
    with pytest.raises(SettingsError, match="cursor of an earlier page"):
        store.page(after=cursor)


def test_the_next_page_holds_though_records_come_in_between(store):
    run = store.start_run(RUN)
    first, *others = draw_codings(12)
    store.keep(run, others)
    page = store.page(limit=5)
    store.keep(run, [first])
    rest = [stored.number for stored in store.page(after=page.next, limit=999).records]
    assert not {stored.number for stored in page.records} & set(rest)
    assert len(rest) >= store.count() - 5 - len(first.events)


# Filters, against the same said in Python


def wants(wanted, record):
    """Say in Python what the docstring of Filter says."""
    codes = lambda role: {(one["code"], sector) for one in record[role] for sector in one["sector"]}  # noqa: E731
    fits = lambda pairs, code, sector: any(  # noqa: E731
        (not code or pair[0] in code) and (not sector or pair[1] in sector) for pair in pairs
    )
    speaker = [record["speaker"]] if record["speaker"] else []
    checks = [
        not wanted.since or (record["date"] or "") >= wanted.since.isoformat(),
        not wanted.until or (record["date"] is not None and record["date"] <= wanted.until.isoformat()),
        not wanted.event or record["event"] in wanted.event,
        not wanted.status or record["status"] in wanted.status,
        not wanted.quad or record["quad_code"] in wanted.quad,
        not wanted.context or set(wanted.context) & set(record["context"]),
        not wanted.mode or set(wanted.mode) & set(record["mode"]),
        not wanted.outlet or record["cite"]["publication"] in wanted.outlet,
        not wanted.country or (record["event_loc"] and record["event_loc"]["country"] in wanted.country),
        not wanted.speaker or any(one["code"] in wanted.speaker for one in speaker),
        wanted.min_confidence is None or record["confidence"] >= wanted.min_confidence,
        acts(wanted, record, codes, fits),
    ]
    return all(checks)


def acts(wanted, record, codes, fits):
    first, second = (wanted.actor, wanted.actor_sector), (wanted.recipient, wanted.recipient_sector)

    def directed(one, other):
        if any(one) and not fits(codes("actor"), *one):
            return False
        if not any(other) or fits(codes("recipient"), *other):
            return True
        return bool(any(one) and not record["recipient"] and among(one, other))

    def among(one, other):
        pairs = [{(who["code"], sector) for sector in who["sector"]} for who in record["actor"]]
        only_codes = not (one[1] or other[1])
        return any(
            fits(left, *one) and fits(right, *other) and (not only_codes or record_code(left) != record_code(right))
            for index, left in enumerate(pairs)
            for number, right in enumerate(pairs)
            if index != number
        )

    if not any(first) and not any(second):
        return True
    return directed(first, second) or (wanted.is_either_way and directed(second, first))


def record_code(pairs):
    return next(iter(pairs))[0]


DAYS = st.none() | st.dates(START - timedelta(3), START + timedelta(63))
SOME_CODES = st.lists(st.sampled_from(CODES), max_size=2, unique=True).map(tuple)
SOME_SECTORS = st.just(()) | st.lists(st.sampled_from(SECTORS), max_size=1).map(tuple)
FILTERS = st.builds(
    Filter,
    since=DAYS,
    until=DAYS,
    actor=SOME_CODES,
    actor_sector=SOME_SECTORS,
    recipient=SOME_CODES,
    recipient_sector=SOME_SECTORS,
    is_either_way=st.booleans(),
    speaker=st.just(()) | SOME_CODES,
    event=st.just(()) | st.lists(st.sampled_from(sorted(EVENTS)), max_size=2).map(tuple),
    status=st.sampled_from([(), ("actual",), ("hypothetical", "negated")]),
    quad=st.sampled_from([(), (4,), (1, 2)]),
    context=st.sampled_from([(), ("military",), ("health", "legal")]),
    mode=st.sampled_from([(), (), ("arrest",)]),
    country=st.sampled_from([(), (), ("MLI",)]),
    outlet=st.sampled_from([(), ("Courier",), ("Courier", "Gazette")]),
    min_confidence=st.none() | st.floats(0, 1),
)


@pytest.fixture(scope="module")
def filled(shared_where):
    codings = draw_codings(80, seed=7)
    with open_store(shared_where, create=True) as store:
        store.keep(store.start_run(RUN), codings)
        yield store, [event_to_record(event) for coding in codings for event in coding.events]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(wanted=FILTERS)
def test_a_filter_finds_what_it_says(filled, wanted):
    store, records = filled
    expected = sorted(record["id"] for record in records if wants(wanted, record))
    assert sorted(stored.record["id"] for stored in store.records(wanted)) == expected
    assert store.count(wanted) == len(expected)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(wanted=FILTERS, unit=st.sampled_from(["day", "week", "month", "year"]))
def test_a_series_sums_the_records_whichever_way_it_is_counted(filled, wanted, unit):
    store, records = filled
    dated = [record for record in records if record["date"] and wants(wanted, record)]
    rows = store.series(wanted, unit=unit, by=("event", "status"))
    assert sum(row.n for row in rows) == len(dated)
    assert sum(row.weight for row in rows) == pytest.approx(sum(record["confidence"] for record in dated))
    assert sum(row.scale for row in rows) == pytest.approx(sum(record["event_scale"] for record in dated), abs=1e-6)
    assert list(rows) == sorted(rows, key=lambda row: (row.start, row.keys))
    assert all(row.keys[0] in EVENTS for row in rows)


@pytest.mark.parametrize("actor", [(), ("USA",)])
@pytest.mark.parametrize("recipient", [(), ("CHN",)])
@pytest.mark.parametrize("status", [(), ("actual",)])
def test_quick_and_slow_series_agree(filled, actor, recipient, status):
    store, _ = filled
    quick = Filter(actor=actor, recipient=recipient, status=status)
    slow = replace(quick, min_confidence=0.0)
    for unit in ("day", "week"):
        assert store.series(quick, unit=unit, by=("quad",)) == store.series(slow, unit=unit, by=("quad",))
    assert store.dyads(Filter(status=status)) == store.dyads(Filter(status=status, min_confidence=0.0))


def test_weeks_begin_on_monday():
    from dragoman.store.series import start_of

    assert start_of(date(2024, 1, 7), "week") == date(2024, 1, 1)
    assert start_of(date(2024, 2, 29), "month") == date(2024, 2, 1)
    assert start_of(date(2024, 2, 29), "year") == date(2024, 1, 1)
    assert start_of(date(1, 1, 1), "week") == date(1, 1, 1)


def test_those_who_meet_or_fight_act_on_one_another(store):
    both = (Actor("USA", ("GOV",)), Actor("CHN", ("GOV",)))
    store.keep(store.start_run(RUN), [make_coding(1, [make_event(event="AGREE", actor=both, recipient=())])])
    assert store.count(Filter(actor=("CHN",), recipient=("USA",))) == 1
    assert store.count(Filter(actor=("USA",), recipient=("USA",))) == 0
    assert [(row.actor, row.recipient) for row in store.dyads()] == [("CHN", "USA"), ("USA", "CHN")]
    (row,) = store.series(Filter(actor=("USA",), recipient=("CHN",)))
    assert (row.n, row.weight) == (1, 0.8)


def test_facets_count_records_not_mentions(filled):
    store, records = filled
    facets = store.facets(limit=99)
    assert set(facets) == set(FACETS)
    for code in CODES:
        n_records = sum(code in {one["code"] for one in record["actor"]} for record in records)
        assert {count.value: count.n for count in facets["actor"]}[code] == n_records
    assert sum(count.n for count in facets["event"]) == len(records)
    totals = [count.n for count in facets["outlet"]]
    assert totals == sorted(totals, reverse=True)


def test_a_filter_on_parties_or_tags_narrows_the_counts_of_parties_and_tags(filled):
    store, records = filled
    code = records[0]["actor"][0]["code"]
    wanted = [record for record in records if code in {one["code"] for one in record["actor"]}]
    facets = store.facets(Filter(actor=(code,)), limit=99)
    assert {one.value: one.n for one in facets["actor"]}[code] == len(wanted)
    assert sum(one.n for one in facets["event"]) == len(wanted)
    mode = next(one for record in records for one in record["mode"])
    n_records = sum(mode in record["mode"] for record in records)
    assert {one.value: one.n for one in store.facets(Filter(mode=(mode,)), limit=99)["mode"]}[mode] == n_records


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.facets(names=("nonsense",)),
        lambda store: store.series(unit="fortnight"),
        lambda store: store.series(by=("outlet",)),
        lambda store: store.search(" - "),
        lambda store: list(store.compare_runs("r-0", "r-1")),
    ],
)
def test_wrong_questions_are_told(filled, ask):
    with pytest.raises(SettingsError):
        ask(filled[0])


# Runs


def test_the_latest_run_counts_and_the_older_stays(store):
    old, new = store.start_run(RUN), store.start_run(LATER_RUN)
    store.keep(old, [make_coding(1, [make_event(event="ACCUSE")]), make_coding(2)])
    store.keep(new, [make_coding(1, [make_event(event="ASSAULT")])])
    assert sorted(stored.record["event"] for stored in store.records()) == ["ACCUSE", "ASSAULT"]
    assert store.count(Filter(run=old.id)) == 2
    assert store.count(Filter(with_older=True)) == 3
    assert [row.n for row in store.series()] == [2]
    assert store.find_article(make_coding(1).article_id).text == make_coding(1).text
    assert store.check() == ()


def test_an_older_run_that_goes_on_stays_behind(store):
    old, new = store.start_run(RUN), store.start_run(LATER_RUN)
    store.keep(new, [make_coding(1, [make_event(event="ASSAULT")])])
    store.keep(old, [make_coding(1, [make_event(event="ACCUSE")])])
    assert [stored.record["event"] for stored in store.records()] == ["ASSAULT"]
    assert store.check() == ()


def test_runs_tell_what_made_them(store):
    store.keep(store.start_run(RUN), [make_coding(1), Rejection("x", "read", "bad")])
    store.start_run(LATER_RUN)
    store.start_run(RUN)
    assert [(run.key, run.n_articles, run.n_records, run.n_rejections) for run in store.runs()] == [
        (RUN, 1, 1, 1),
        (LATER_RUN, 0, 0, 0),
    ]


def test_runs_of_different_keys_differ():
    keys = [RUN, LATER_RUN, replace(RUN, knowledge=None), replace(RUN, options=(("actors", "x"),)), RunKey("", "", "")]
    assert len({key.id for key in keys}) == len(keys)


def test_two_runs_are_compared_record_by_record(store):
    old, new = store.start_run(RUN), store.start_run(LATER_RUN)
    kept, lost, turned = make_event(position=0), make_event(position=1), make_event(position=2, event="ACCUSE")
    store.keep(old, [make_coding(1, [kept, lost, turned]), make_coding(2)])
    store.keep(new, [make_coding(1, [kept, replace(turned, event="ASSAULT", id="e-new"), make_event(position=3)])])
    changes = list(store.compare_runs(old.id, new.id))
    assert [(change.kind, change.fields) for change in changes] == [
        ("removed", ()),
        ("changed", ("event",)),
        ("added", ()),
    ]
    assert (changes[1].before["event"], changes[1].after["event"]) == ("ACCUSE", "ASSAULT")


# Others' event data


GDELT = RunKey("import", "gdelt", "cameo", source="gdelt")


def test_others_records_are_kept_with_their_rows_and_apart(store):
    run = store.start_run(GDELT)
    rows = [
        Imported(f"k{n}", replace(make_event(position=n), evidence=()), {"GLOBALEVENTID": f"{n}"}) for n in range(2500)
    ]
    assert store.keep_imported(run, iter(rows)).n_coded == 2500
    assert store.keep_imported(run, rows[:10]) == Kept(n_known=10)
    store.keep(store.start_run(RUN), [make_coding(1)])
    assert (store.count(), store.count(Filter(source=("gdelt",))), store.count(Filter(source=("",)))) == (2501, 2500, 1)
    assert sum(row.n for row in store.series(Filter(source=("gdelt",)))) == 2500
    stored = next(store.records(Filter(source=("gdelt",))))
    assert (stored.article, stored.source, stored.key) == (None, "gdelt", stored.record["id"])
    assert store.find_imported(stored.number).raw["GLOBALEVENTID"].isdigit()
    assert store.check() == ()


def test_stored_line_is_json_in_the_contracts_order(filled):
    store, _ = filled
    stored = next(store.records())
    assert list(json.loads(stored.line))[:3] == ["id", "article_id", "event"]
