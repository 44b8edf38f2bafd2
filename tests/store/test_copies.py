import itertools
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.store import Filter, Kept
from dragoman.store.copies import bands_of, is_copy, shared_share, sketch_text
from tests.store.sample import RUN, START, make_article, make_coding, make_text

LONG = make_text(1, 200)


def test_a_text_is_its_own_copy_and_no_strangers():
    first, second = sketch_text(LONG), sketch_text(make_text(2, 200))
    assert shared_share(first, first) == 1.0
    assert not is_copy(first, second)
    assert not set(bands_of(first)) & set(bands_of(second))


@given(st.text(max_size=300))
def test_sketch_is_the_same_each_time_and_blind_to_case(text):
    assert sketch_text(text) == sketch_text(text)
    assert sketch_text(text.upper().lower()) == sketch_text(text.lower().upper().lower())


def test_short_flashes_are_never_copies():
    assert sketch_text("North Korea fires a missile over Japan, officials say.") is None
    assert sketch_text("") is None


@pytest.mark.parametrize(
    "changed",
    [
        LONG.replace("Report 1.", "REPORT 1 -"),
        LONG + " " + make_text(3, 30),
        LONG[: len(LONG) * 2 // 3],
        " ".join(word if n % 50 else "changed" for n, word in enumerate(LONG.split())),
    ],
    ids=["case", "with a paragraph added", "cut to two thirds", "words changed"],
)
def test_reprints_are_recognised(changed):
    assert is_copy(sketch_text(LONG), sketch_text(changed))
    assert set(bands_of(sketch_text(LONG))) & set(bands_of(sketch_text(changed)))


def codings():
    return [
        make_coding(1, text=LONG, outlet="Agency", published=START),
        make_coding(2, text=LONG, outlet="Courier", title="Another headline", published=START + timedelta(1)),
        make_coding(3, text=LONG + " Added here.", outlet="Gazette", published=START + timedelta(2)),
        make_coding(4, outlet="Gazette"),
    ]


def test_reprints_are_counted_and_are_no_witnesses(store):
    kept = store.keep(store.start_run(RUN), codings())
    assert (kept.n_coded, kept.n_copies) == (4, 2)
    assert (store.count(), store.count(Filter(with_copies=True))) == (2, 4)
    article = store.find_article(codings()[0].article_id)
    assert len(article.family) == 3
    assert not article.is_copy
    assert store.find_article(codings()[1].article_id).is_copy
    assert [row.n for row in store.series()] == [2]
    assert store.check() == ()


@pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[::4])
def test_the_order_of_arrival_does_not_matter(store, order):
    run, given = store.start_run(RUN), codings()
    n_copies = sum((store.keep(run, [given[number]]) for number in order), Kept()).n_copies
    assert n_copies == 2
    assert sorted(stored.article for stored in store.records()) == sorted(given[n].article_id for n in (0, 3))
    assert len(store.find_article(given[2].article_id).family) == 3
    assert store.check() == ()


def test_the_same_article_at_another_address_is_a_copy_and_known(store):
    run = store.start_run(RUN)
    store.keep(run, [make_coding(1)])
    again = make_coding(1, url="https://mirror.example/1")
    assert store.keep(run, [again]) == Kept(n_known=1, n_copies=1)
    assert store.keep(run, [], [(again.article_id, again.article)]) == Kept(n_known=1)
    assert store.find_article(again.article_id).addresses == ("https://mirror.example/1",)
    assert store.count() == 1


def test_bulletins_that_repeat_their_wording_months_apart_are_no_copies(store):
    given = [make_coding(n, text=LONG, published=START + timedelta(n * 60)) for n in range(3)]
    assert store.keep(store.start_run(RUN), given).n_copies == 0
    assert store.count() == 3


def test_no_bucket_grows_with_reprints(store):
    import sqlalchemy as sa

    from dragoman.store.schema import BAND

    given = [make_coding(n, text=LONG, outlet=f"Outlet {n}") for n in range(40)]
    assert store.keep(store.start_run(RUN), given).n_copies == 39
    with store._reads() as connection:
        fullest = (
            sa.select(sa.func.count())
            .select_from(BAND)
            .group_by(BAND.c.key)
            .order_by(sa.desc(sa.func.count()))
            .limit(1)
        )
        assert connection.scalar(fullest) == 1


def test_title_is_no_part_of_the_wording():
    assert make_article(1).title not in make_coding(1).text
