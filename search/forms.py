"""What a search page may be asked; unknown choices are dropped, never an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.core.enums import Language
from maillage.core.regions import REGIONS
from search.enums import DocumentKind
from search.selectors import Query

if TYPE_CHECKING:
    from django.http import QueryDict

MAX_TEXT_CHARACTERS = 400


def query_from(data: QueryDict) -> Query:
    """The query that an address holds: ``q``, ``genre``, ``langue``, ``region``."""
    text = "".join(letter if letter.isprintable() else " " for letter in data.get("q", ""))
    return Query(
        text=" ".join(text.split())[:MAX_TEXT_CHARACTERS],
        kinds=_known(data.getlist("genre"), DocumentKind.values),
        languages=_known(data.getlist("langue"), Language.values),
        regions=_known(data.getlist("region"), list(REGIONS)),
    )


def _known(values: list[str], known: list[str]) -> tuple[str, ...]:
    return tuple(value for value in known if value in values)
