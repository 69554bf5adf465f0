"""What every engine answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet

    from search.models import Document

CANDIDATES = 200


@dataclass(frozen=True, slots=True)
class Matches:
    """What an engine found: candidates' ids, roughly best first, and of all matches the counts of each facet."""

    pks: list[int]
    total: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class Engine(ABC):
    """One way to find documents by terms. Terms come from ``search.analysis`` and hold no space."""

    @abstractmethod
    def put(self, document: Document) -> None:
        """Make a saved document findable, in the caller's transaction."""

    @abstractmethod
    def drop(self, pks: Sequence[int]) -> None:
        """Make documents unfindable; unknown ones are a success."""

    @abstractmethod
    def matching(self, documents: QuerySet[Document], terms: Sequence[str]) -> QuerySet[Document]:
        """Those of ``documents`` that hold at least one term."""

    @abstractmethod
    def best(self, documents: QuerySet[Document], terms: Sequence[str], limit: int) -> list[int]:
        """Ids of the most promising of ``documents``, best first."""

    @abstractmethod
    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """How many documents hold each term."""
