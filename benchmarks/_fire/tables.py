"""Every row of the database, as digests by table: what must not change."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.core.management import call_command
from django.db import connection, transaction

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
    """The database as it was when this was made, to come back to: rows as they are, without models or signals."""

    def __init__(self) -> None:
        self.tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
        self._each("CREATE TABLE {kept} AS SELECT * FROM {table}")

    def restore(self) -> None:
        """Come back. Sequences go on: new rows must not meet the old ones."""
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True, reset_sequences=False)
        self._each("INSERT INTO {table} SELECT * FROM {kept}")

    def _each(self, statement: str) -> None:
        """In one transaction: foreign keys are checked at its end."""
        name = connection.ops.quote_name
        with transaction.atomic(), connection.cursor() as cursor:
            for table in self.tables:
                cursor.execute(statement.format(table=name(table), kept=name(f"kept_{table}")))
