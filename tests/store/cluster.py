"""A PostgreSQL of our own, in a folder of its own, without a network port, for as long as the tests run."""

import os
import pwd
import shutil
import subprocess
import tempfile
from itertools import count
from pathlib import Path

import pytest

_NUMBERS = count(1)


def find_programs():
    """Return the folder of initdb and pg_ctl, None where PostgreSQL is not installed."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    found = [folder for folder in folders if (folder / "initdb").exists()]
    if found:
        return found[-1]
    there = shutil.which("initdb")
    return Path(there).resolve().parent if there else None


class Cluster:
    """Start it, ask for databases, stop it."""

    def __init__(self, programs):
        self._programs = programs
        self._folder = Path(tempfile.mkdtemp(prefix="dragoman-pg-"))  # a short path: sockets allow 107 bytes
        self._as_owner = []
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            owner = pwd.getpwnam("postgres")
            os.chown(self._folder, owner.pw_uid, owner.pw_gid)
            self._as_owner = ["runuser", "-u", "postgres", "--"]

    def start(self):
        self._call("initdb", "-A", "trust", "-U", "dragoman", "-E", "UTF8", "--locale=C", "--no-sync", "-D", "data")
        settings = f"-c listen_addresses= -c unix_socket_directories={self._folder} -c fsync=off -c max_connections=50"
        self._call("pg_ctl", "-D", "data", "-w", "-o", settings, "-l", "log", "start")

    def stop(self):
        self._call("pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop")
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, database):
        return f"postgresql://dragoman@/{database}?host={self._folder}"

    def make_database(self):
        import psycopg

        name = f"store{next(_NUMBERS)}"
        with psycopg.connect(f"host={self._folder} user=dragoman dbname=postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return self.url(name)

    def _call(self, program, *arguments):
        # The server keeps its output open, so it must not get a pipe of ours.
        with (self._folder / f"{program}.out").open("wb") as output:
            command = [*self._as_owner, str(self._programs / program), *arguments]
            subprocess.run(command, cwd=self._folder, check=True, stdout=output, stderr=output, timeout=60)


def start_cluster():
    """Return a running cluster; skips where PostgreSQL cannot be had."""
    programs = find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    try:
        cluster = Cluster(programs)
    except KeyError:
        pytest.skip("PostgreSQL cannot run as root, and there is no user 'postgres'")
    cluster.start()
    return cluster
