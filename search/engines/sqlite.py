"""SQLite: an FTS5 table of terms beside the documents, its rowid the document's id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection
from django.db.models.expressions import RawSQL

from search.engines.base import Engine

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.models import QuerySet

    from search.models import Document

FIELDS = ("title", "skills", "headings", "summary", "body", "attachments")
# bm25() takes one weight per column, in the table's order; the reranker decides, this only picks candidates.
_RANK = "bm25(search_terms, 5, 3, 2, 2, 1, 0.7)"


class SqliteEngine(Engine):
    """FTS5 with tokens kept as the analysis made them (``tokenchars '=+#'``)."""

    def put(self, document: Document) -> None:
        """Replace the row of a document."""
        self.drop([document.pk])
        columns = ", ".join(FIELDS)
        values = [document.analysed.get(name, "") for name in FIELDS]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO search_terms (rowid, {columns}) VALUES (%s, %s, %s, %s, %s, %s, %s)",  # noqa: S608  constants
                [document.pk, *values],
            )

    def drop(self, pks: Sequence[int]) -> None:
        """Delete rows."""
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_terms WHERE rowid = %s", [[pk] for pk in pks])

    def matching(self, documents: QuerySet[Document], terms: Sequence[str]) -> QuerySet[Document]:
        """Rows that MATCH any term; every term is quoted, so that nothing typed is ever syntax."""
        found = RawSQL("SELECT rowid FROM search_terms WHERE search_terms MATCH %s", [_any_of(terms)])
        return documents.filter(pk__in=found)

    def best(self, documents: QuerySet[Document], terms: Sequence[str], limit: int) -> list[int]:
        """Candidates by FTS5's own bm25."""
        rank = RawSQL(  # noqa: S611  constants and parameters
            f"(SELECT {_RANK} FROM search_terms WHERE search_terms MATCH %s AND rowid = search_document.id)",  # noqa: S608
            [_any_of(terms)],
        )
        return list(
            self.matching(documents, terms)
            .annotate(rank=rank)
            .order_by("rank", "pk")
            .values_list("pk", flat=True)[:limit]
        )

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """From FTS5's own vocabulary."""
        wanted = list(terms)
        marks = ", ".join(["%s"] * len(wanted))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT term, doc FROM search_vocabulary WHERE term IN ({marks})", wanted)  # noqa: S608
            return dict(cursor.fetchall())


def _any_of(terms: Sequence[str]) -> str:
    return " OR ".join('"' + term.replace('"', '""') + '"' for term in terms)
