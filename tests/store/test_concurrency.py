"""Several processes on one store at once."""

import subprocess
import sys
from pathlib import Path

from dragoman.store import Filter, open_store

ROOT = Path(__file__).parents[2]

WRITE = """
import sys
from dragoman.store import open_store
from tests.store.sample import RUN, make_coding
where, first = sys.argv[1], int(sys.argv[2])
with open_store(where, create=True) as store:
    run = store.start_run(RUN)
    for number in range(first, first + 40):
        store.keep(run, [make_coding(number)])
"""
READ = """
import sys
from dragoman.store import Filter, open_store
with open_store(sys.argv[1], create=True) as store:
    last = 0
    for _ in range(60):
        total = store.count()
        assert total >= last, (total, last)
        assert sum(1 for _ in store.records(Filter(with_copies=True))) >= total
        assert sum(row.n for row in store.series()) >= total
        last = total
"""


def start(code, *arguments):
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)


def test_two_writers_and_a_reader_at_once_meet_no_error(where):
    """They also race to make the store."""
    running = [start(WRITE, where, 0), start(WRITE, where, 1000), start(READ, where)]
    for process in running:
        _, told = process.communicate(timeout=120)
        assert process.returncode == 0, told.decode()
    with open_store(where) as store:
        assert store.count(Filter(with_copies=True)) == 80
        assert store.check() == ()
