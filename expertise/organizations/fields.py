"""Two ways of asking the database: folded words kept beside the texts, and codes inside JSON lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.lookups import Lookup

from maillage.core.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler


class FoldedField(models.TextField):
    """Other fields of the row, folded and joined: written whenever the row is saved or created in bulk.

    Args:
        sources: names of the fields, in order.
    """

    def __init__(self, *args: Any, sources: Sequence[str] = (), **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **{"editable": False, "blank": True, **kwargs})
        self.sources = tuple(sources)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """For migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "sources": self.sources}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """The folded text of the row as it is now."""
        text = " ".join(" ".join(fold(str(getattr(model_instance, name))).split()) for name in self.sources)
        setattr(model_instance, self.attname, text)
        return text


@models.JSONField.register_lookup
class Holds(Lookup[str]):
    """``field__holds="code"``: the JSON list has this text. Django's ``contains`` does not exist on SQLite."""

    lookup_name = "holds"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        """PostgreSQL."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} @> to_jsonb(%s::text)", (*params, str(self.rhs))

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        """SQLite."""
        column, params = self.process_lhs(compiler, connection)
        sql = f"EXISTS (SELECT 1 FROM json_each({column}) WHERE json_each.value = %s)"  # noqa: S608  a column's name
        return sql, (*params, str(self.rhs))
