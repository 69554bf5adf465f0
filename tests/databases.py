"""One migrated database is kept for each schema, and never written to; each pytest process works on a copy of it."""

from __future__ import annotations

import fcntl
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def copied() -> Iterator[None]:
    """Point the default connection at a fresh copy; dropped at the end.

    Tests that really commit empty their tables, and with them what migrations wrote: only a copy may lose it.
    """
    with _alone():
        connection.creation.create_test_db(verbosity=0, serialize=False, keepdb=True)
        connection.close()  # PostgreSQL copies a database that nobody reads; SQLite's journal is in its file by then
        copy = connection.creation.get_test_db_clone_settings(str(os.getpid()))
        connection.creation.clone_test_db(str(os.getpid()), verbosity=0)
    connection.settings_dict["NAME"] = copy["NAME"]
    yield
    connection.creation.destroy_test_db(verbosity=0)


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time migrates and copies."""
    with (Path(tempfile.gettempdir()) / f"maillage-tests-{os.getuid()}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
