"""Scratch databases, copied from a template that is migrated once for each state of the migrations."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[2]
POSTGRES = "postgres://maillage@127.0.0.1:5432/maillage"
# Read before the campaign puts its own database in the environment.
GIVEN = os.environ.get("DATABASE_URL", "")


def make(engine: str, folder: Path) -> str:
    """The URL of a new, migrated database."""
    return _make_sqlite(folder) if engine == "sqlite" else _make_postgres()


def drop(url: str) -> None:
    """Remove it; an SQLite file goes with its folder."""
    if url.startswith("postgres"):
        from django.db import connections

        connections.close_all()
        _execute(f"DROP DATABASE IF EXISTS {url.rpartition('/')[2]} WITH (FORCE)")


def _make_sqlite(folder: Path) -> str:
    template = Path(tempfile.gettempdir()) / f"maillage-template-{_version()}.sqlite3"
    if not template.exists():
        part = folder / "template.sqlite3"
        _migrate(f"sqlite:///{part}")
        shutil.move(part, template)
    shutil.copy(template, folder / "maillage.sqlite3")
    return f"sqlite:///{folder / 'maillage.sqlite3'}"


def _make_postgres() -> str:
    template, name = f"maillage_template_{_version()}", f"maillage_fire_{os.getpid()}"
    if not _exists(template):
        part = f"{template}_{os.getpid()}"
        _execute(f"CREATE DATABASE {part}")
        _migrate(_url(part))
        _execute(f"ALTER DATABASE {part} RENAME TO {template}")
    _execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return _url(name)


def _migrate(url: str) -> None:
    print("migrating a template", file=sys.stderr, flush=True)
    env = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "maillage.settings.dev"}
    subprocess.run([sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"], env=env, check=True)
    if url.startswith("sqlite"):
        # One file, to be copied: nothing may stay in the write-ahead log.
        import sqlite3

        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")


def _version() -> str:
    """A name for the state of all migrations of this repository."""
    digest = hashlib.sha256()
    for path in sorted(ROOT.glob("**/migrations/*.py")):
        if ".venv" not in path.parts:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _base() -> str:
    given = GIVEN
    return given if given.startswith("postgres") else POSTGRES


def _url(name: str) -> str:
    return f"{_base().rpartition('/')[0]}/{name}"


def _exists(name: str) -> bool:
    with psycopg.connect(_base()) as connection:
        return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _execute(statement: str) -> None:
    with psycopg.connect(_base(), autocommit=True) as connection:
        connection.execute(statement)
