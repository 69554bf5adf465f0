"""Organizations that may be the one a person is about to enter a second time."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from django.db.models import Q

from expertise.organizations.models import Organization
from maillage.core.folding import split_words

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOWN: Final = 5
# Words of nearly every name, which make none alike.
_COMMON: Final = (
    "association centre club comite coop cooperative corporation de des du et groupe inc la le les maison "
    "organisme regroupement reseau service services societe solidarite table the of and"
)
COMMON: Final = frozenset(_COMMON.split())


def similar_to(name: str, region: str | None) -> list[Organization]:
    """Listed organizations of the same region whose names share all telling words with ``name``, at most five."""
    words = sorted({word for word in split_words(name) if word not in COMMON and len(word) > 1})
    if not words:
        words = sorted(set(split_words(name)))
    if not words:
        return []
    condition = Q()
    for word in words:
        condition &= Q(folded__contains=word)
    places = Q(region=region) if region else Q(region__isnull=True)
    found = Organization.objects.listed().filter(condition, places).order_by("folded", "pk")
    return list(islice(_named(found.iterator(chunk_size=200), set(words)), SHOWN))


def _named(organizations: Iterator[Organization], words: set[str]) -> Iterator[Organization]:
    """Those whose name, not only their description, holds the words."""
    return (organization for organization in organizations if words <= set(split_words(organization.name)))
