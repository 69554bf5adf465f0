"""PostgreSQL: a tsvector of our own terms on the document's row, with a GIN index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.models.expressions import RawSQL

from search.engines.base import Engine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from search.models import Document


class PostgresEngine(Engine):
    """Terms become lexemes as they are (``array_to_tsvector``): PostgreSQL's own analysis takes no part."""

    def put(self, document: Document) -> None:
        """Write the lexemes beside the row."""
        terms = sorted({term for text in document.analysed.values() for term in text.split()})
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE search_document SET terms = array_to_tsvector(%s::text[]) WHERE id = %s", [terms, document.pk]
            )

    def drop(self, pks: Sequence[int]) -> None:
        """Nothing: the lexemes go with the row."""

    def matching(self, documents: QuerySet[Document], terms: Sequence[str]) -> QuerySet[Document]:
        """Rows that hold any term."""
        found = RawSQL("SELECT id FROM search_document WHERE terms @@ %s::tsquery", [_any_of(terms)])
        return documents.filter(pk__in=found)

    def best(self, documents: QuerySet[Document], terms: Sequence[str], limit: int) -> list[int]:
        """Candidates by how many of the terms they hold."""
        rank = RawSQL("ts_rank(search_document.terms, %s::tsquery)", [_any_of(terms)])
        return list(
            self.matching(documents, terms)
            .annotate(rank=rank)
            .order_by("-rank", "pk")
            .values_list("pk", flat=True)[:limit]
        )

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """One counted lookup in the GIN index for each term, in one statement."""
        wanted = list(terms)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT term, (SELECT count(*) FROM search_document WHERE terms @@ quoted::tsquery) "
                "FROM unnest(%s::text[], %s::text[]) AS t(term, quoted)",
                [wanted, [_any_of([term]) for term in wanted]],
            )
            return dict(cursor.fetchall())


def _any_of(terms: Sequence[str]) -> str:
    quoted = (term.replace("\\", "\\\\").replace("'", "''") for term in terms)
    return " | ".join(f"'{term}'" for term in quoted)
