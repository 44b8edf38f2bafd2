import pytest
import sqlalchemy as sa

from dragoman.store import Filter, open_store
from dragoman.store.migrations import STEPS
from dragoman.store.schema import DYAD_DAY, STORE, VERSION
from tests.store.sample import LATER_RUN, RUN, draw_codings


@pytest.fixture
def version_1(where):
    """A store as version 1 left it: without the dyads' days. Some of its records no longer count."""
    with open_store(where, create=True) as store:
        codings = draw_codings(40)
        store.keep(store.start_run(RUN), codings)
        store.keep(store.start_run(LATER_RUN), codings[:10])
        rows = store.series(by=("event",)), store.dyads(), store.count()
        with store._writes() as connection:
            DYAD_DAY.drop(connection)
            connection.execute(STORE.update().values(version=1))
    return where, rows


def test_there_is_a_step_to_every_version():
    assert sorted(STEPS) == list(range(2, VERSION + 1))


def test_version_1_is_brought_up_to_date_without_loss(version_1):
    where, (series, dyads, total) = version_1
    with open_store(where) as store:
        assert store.info()["version"] == VERSION
        assert (store.series(by=("event",)), store.dyads(), store.count()) == (series, dyads, total)
        assert store.check() == ()
        assert store.count(Filter(with_older=True)) > total


def test_a_step_that_fails_leaves_the_old_version(version_1, monkeypatch):
    where, _ = version_1

    def fail(connection):
        DYAD_DAY.create(connection)
        raise RuntimeError("power cut")

    monkeypatch.setattr("dragoman.store.migrations.STEPS", {2: fail})
    with pytest.raises(RuntimeError):
        open_store(where)
    monkeypatch.undo()
    with open_store(where) as store:
        assert store.check() == ()
        assert not sa.inspect(store._engine).get_check_constraints("record")
