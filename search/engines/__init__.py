"""Where documents are looked up: each engine finds candidates and counts; ``search.ranking`` orders them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from search.engines.postgres import PostgresEngine
from search.engines.sqlite import SqliteEngine

if TYPE_CHECKING:
    from search.engines.base import Engine

_ENGINES: dict[str, type[Engine]] = {"sqlite": SqliteEngine, "postgresql": PostgresEngine}


def engine() -> Engine:
    """The engine of the configured database."""
    return _ENGINES[connection.vendor]()
