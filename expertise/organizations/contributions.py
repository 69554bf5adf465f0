"""What upper rooms know of organizations and lower ones must not import: they register functions here.

Each registers in its ``AppConfig.ready()``: ``contribute_documents("wiki", documents_of)``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from expertise.matching import Document

OrganizationIds = Collection[int] | None
"""Which organizations are asked about; None: all of them."""
DocumentsFunction = Callable[[OrganizationIds], Mapping[int, "Sequence[Document]"]]
LoadsFunction = Callable[[OrganizationIds], Mapping[int, int]]

StampFunction = Callable[[], str]
"""Changes whenever the documents of a room do; cheap, for it is asked at every ranking."""

_documents: dict[str, DocumentsFunction] = {}
_stamps: dict[str, StampFunction] = {}
_loads: dict[str, LoadsFunction] = {}


def contribute_documents(room: str, function: DocumentsFunction, *, stamp: StampFunction) -> None:
    """Let ``function`` add texts that show what organizations know: guides written, needs helped."""
    _documents[room] = function
    _stamps[room] = stamp


def contribute_loads(room: str, function: LoadsFunction) -> None:
    """Let ``function`` say how many needs organizations help with now."""
    _loads[room] = function


def documents_of(organization_ids: OrganizationIds) -> dict[int, list[Document]]:
    """Texts of all rooms by organization id, rooms in the order of their names."""
    found: dict[int, list[Document]] = {}
    for room in sorted(_documents):
        for organization_id, documents in _documents[room](organization_ids).items():
            found.setdefault(organization_id, []).extend(documents)
    return found


def documents_stamp() -> str:
    """Changes whenever a text of any room does."""
    return ";".join(f"{room}={_stamps[room]()}" for room in sorted(_stamps))


def loads_of(organization_ids: OrganizationIds) -> dict[int, int]:
    """Needs in hand by organization id, summed over all rooms."""
    found: dict[int, int] = {}
    for function in _loads.values():
        for organization_id, load in function(organization_ids).items():
            found[organization_id] = found.get(organization_id, 0) + load
    return found
