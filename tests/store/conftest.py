import pytest

from dragoman.store import open_store
from tests.store.cluster import start_cluster

BACKENDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def cluster():
    running = start_cluster()
    yield running
    running.stop()


@pytest.fixture(params=BACKENDS)
def where(request, tmp_path):
    """Where a new store may be: everything that is promised is promised of both databases."""
    if request.param == "sqlite":
        return str(tmp_path / "store.db")
    return request.getfixturevalue("cluster").make_database()


@pytest.fixture
def store(where):
    with open_store(where, create=True) as opened:
        yield opened


@pytest.fixture(scope="module", params=BACKENDS)
def shared_where(request, tmp_path_factory):
    """The same, for stores that the tests of a module only read."""
    if request.param == "sqlite":
        return str(tmp_path_factory.mktemp("store") / "store.db")
    return request.getfixturevalue("cluster").make_database()
