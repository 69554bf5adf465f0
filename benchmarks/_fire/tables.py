"""Every row of the database, as digests by table: what must not change."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.db import connection

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

Rows = dict[str, set[str]]


def rows(database: BaseDatabaseWrapper | None = None) -> Rows:
    """Digests of all rows of all tables; of the default database when none is given."""
    database = database or connection
    found: Rows = {}
    with database.cursor() as cursor:
        for table in database.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {database.ops.quote_name(table)}")  # noqa: S608  a name of the database's
            found[table] = {hashlib.sha256(repr(row).encode()).hexdigest() for row in cursor.fetchall()}
    return found


def changed(before: Rows, after: Rows) -> dict[str, int]:
    """Rows written, removed or changed, by table."""
    tables = before.keys() | after.keys()
    counts = {table: len(before.get(table, set()) ^ after.get(table, set())) for table in tables}
    return {table: count for table, count in counts.items() if count}


class Empty:
    """The database as it was when this was made, to come back to."""

    def __init__(self) -> None:
        self.data = connection.creation.serialize_db_to_string()

    def restore(self) -> None:
        """Come back."""
        # Sequences go on: rows come back with their old numbers, and new ones must not meet them.
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True, reset_sequences=False)
        connection.creation.deserialize_db_from_string(self.data)
