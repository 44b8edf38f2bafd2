import shutil
import sqlite3

import pytest
import sqlalchemy as sa

from dragoman.errors import BusyStore, DamagedStore, ForeignStore, MissingStore, NewerStore, SettingsError, StoreError
from dragoman.store import open_store
from dragoman.store.schema import STORE, VERSION
from tests.store.sample import RUN, draw_codings, make_coding


@pytest.fixture
def path(tmp_path):
    """A store's file with something in it."""
    file = tmp_path / "store.db"
    with open_store(file, create=True) as store:
        store.keep(store.start_run(RUN), draw_codings(30))
    return file


def told(error_type, path, *words, create=False):
    before = path.read_bytes()
    with pytest.raises(error_type) as caught, open_store(path, create=create) as store:
        list(store.records())
    message = str(caught.value)
    assert str(path) in message
    assert ";" in message, "it says what to do"
    for word in words:
        assert word in message, message
    assert path.read_bytes() == before, "nothing was changed"


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize("share", [0.0, 0.00001, 0.001, 0.1, 0.5, 0.99])
def test_a_truncated_file_is_told(path, share, create):
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    told(DamagedStore, path, "damaged store", "copy it back from a backup", create=create)


def test_a_file_written_over_is_told(path):
    raw = bytearray(path.read_bytes())
    raw[5000:-100] = b"x" * (len(raw) - 5100)
    path.write_bytes(raw)
    told(DamagedStore, path)


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"PAR1" * 100, b"\0" * 8192])
def test_a_file_of_another_kind_is_told(tmp_path, content, create):
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    told(ForeignStore, path, "a file of another kind", create=create)


@pytest.mark.parametrize("create", [False, True])
def test_another_programs_database_is_told(tmp_path, create):
    path = tmp_path / "cookies.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE record (n INTEGER)")
    connection.close()
    told(ForeignStore, path, "another program", create=create)


def test_a_store_of_a_later_version_is_told(where):
    with open_store(where, create=True) as store, store._writes() as connection:
        connection.execute(STORE.update().values(version=VERSION + 1, made_by="dragoman 9.0"))
    with pytest.raises(NewerStore, match=r"version 3, made by dragoman 9\.0; update Dragoman"):
        open_store(where)


def test_a_missing_store_is_told_and_not_made(where, tmp_path):
    with pytest.raises(MissingStore, match="dragoman ingest"):
        open_store(where)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_database_is_told(cluster):
    with pytest.raises(StoreError, match=r"no such database|does not exist"):
        open_store(cluster.url("nowhere"))


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(StoreError, match="a folder that exists"):
        open_store(tmp_path / "no" / "store.db", create=True)


@pytest.mark.parametrize("url", ["mysql://host/database", "nonsense://", "http://example.org/x.db"])
def test_another_kind_of_url_is_told(url):
    with pytest.raises(SettingsError, match="postgresql://"):
        open_store(url)


def test_the_password_is_not_shown():
    with pytest.raises(StoreError) as caught:
        open_store("postgresql://user:secret@/database?host=/nowhere")
    assert "secret" not in str(caught.value)


def test_making_leaves_no_other_file(path):
    assert [one.name for one in path.parent.iterdir()] == ["store.db"]


def test_what_a_crash_left_in_the_log_is_read(path, tmp_path):
    """A copy of file and log, taken while the store is open, is what kill -9 leaves."""
    with open_store(path) as store:
        store.keep(store.start_run(RUN), [make_coding(999)])
        expected = store.count()
        for suffix in ("", "-wal"):
            shutil.copy(f"{path}{suffix}", f"{tmp_path}/copy.db{suffix}")
    with open_store(tmp_path / "copy.db") as copy:
        assert copy.count() == expected
        assert copy.check() == ()


def test_waiting_for_another_writer_ends(where):
    with open_store(where, create=True) as busy, open_store(where, wait_s=0.2) as waiting, busy._writes():
        with pytest.raises(BusyStore, match="try again"):
            waiting.start_run(RUN)
        assert waiting.count() == 0, "readers do not wait"


def test_bound_parameters_only():
    """No statement is put together from text that comes from outside."""
    from pathlib import Path

    import dragoman.store

    for file in Path(dragoman.store.__file__).parent.glob("*.py"):
        assert "sa.text(f" not in file.read_text("utf-8").replace(
            'sa.text(f"SELECT count(*) FROM {SEARCH_TABLE}")', ""
        ), file
    assert sa.__version__ >= "2.1"
