"""A whole network running: database, broker, web server, worker, beat, and a mailbox at the end of the wire."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db.utils import ConnectionHandler
from redis import Redis

from benchmarks._fire import tables
from demo.processes import ROOT, Processes, free_port
from maillage.settings.base import database
from tests.acceptance.mailbox import Mailbox

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QUIET_WITHIN_S = 60
# Two sweeps and a little more: whatever is due has been announced, and run, by then.
QUIET_S = 4.5
# Databases of Redis; a stack holds one alone, or another run's workers would take its announcements.
REDIS_DATABASES = range(10, 16)
REDIS_HELD, REDIS_HELD_S = "maillage:acceptance", 3600
LOAD = "import django; django.setup(); from demo.load import load; load(password='acceptance-{tail}', say=print{real})"


@dataclass(slots=True)
class Stack:
    """Where it is and what it sent."""

    origin: str
    mailbox: Mailbox
    environment: dict[str, str]

    def rows(self) -> tables.Rows:
        """Digests of every row of every table of its database."""
        url = self.environment["DATABASE_URL"] or f"sqlite:///{self.environment['MAILLAGE_VAR']}/maillage.sqlite3"
        connection = ConnectionHandler({"default": database(url)})["default"]
        try:
            return tables.rows(connection)  # type: ignore[arg-type]  a proxy's
        finally:
            connection.close()

    def quiet_rows(self) -> tables.Rows:
        """The same, once the queue has nothing left to do."""
        deadline = time.monotonic() + QUIET_WITHIN_S
        before, after = {}, self.rows()
        while before != after:
            assert time.monotonic() < deadline, tables.changed(before, after)
            time.sleep(QUIET_S)
            before, after = after, self.rows()
        return after


@contextmanager
def embedded(folder: Path, real: str = "") -> Iterator[Stack]:
    """SQLite and the filesystem."""
    with _running(folder, {}, real) as stack:
        yield stack


@contextmanager
def services(folder: Path) -> Iterator[Stack]:
    """PostgreSQL and Redis, in a scratch database of each."""
    name = f"maillage_acceptance_{os.getpid()}"
    parts = urlsplit(os.environ["DATABASE_URL"])
    base = urlunsplit(parts._replace(scheme="postgresql"))
    with psycopg.connect(base, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        with _redis() as broker:
            urls = {"DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}")), "BROKER_URL": broker}
            with _running(folder, urls, "") as stack:
                yield stack
    finally:
        with psycopg.connect(base, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def _redis() -> Iterator[str]:
    """The URL of a database of Redis that is ours until the end; emptied then."""
    for number in REDIS_DATABASES:
        url = urlunsplit(urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{number}"))
        with Redis.from_url(url) as client:
            if client.set(REDIS_HELD, os.getpid(), nx=True, ex=REDIS_HELD_S):
                try:
                    yield url
                finally:
                    client.flushdb()
                return
    raise RuntimeError("Other runs hold every database of Redis that acceptance tests may use")


@contextmanager
def _running(folder: Path, urls: dict[str, str], real: str) -> Iterator[Stack]:
    mailbox = Mailbox()
    port = free_port(0)
    environment = {
        "MAILLAGE_VAR": str(folder),
        "DATABASE_URL": "",
        "BROKER_URL": "",
        "CACHE_URL": "",
        "DJANGO_SETTINGS_MODULE": "maillage.settings.dev",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
        "SITE_URL": f"http://localhost:{port}",
        "MAIL_URL": f"smtp://127.0.0.1:{mailbox.start()}",
        **urls,
    }
    script = LOAD.format(tail=os.getpid(), real=f", real=__import__('pathlib').Path({real!r})" if real else "")
    try:
        subprocess.run([sys.executable, "-c", script], env={**os.environ, **environment}, cwd=ROOT, check=True)
        with Processes(port=port, environment=environment, log_folder=folder / "log"):
            yield Stack(f"http://localhost:{port}", mailbox, environment)
    finally:
        mailbox.stop()
        shutil.rmtree(folder, ignore_errors=True)
