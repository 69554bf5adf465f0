"""Which taxonomy a file is, and which of its rows the network wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

HOUSE_SOURCE = "maillage"
SOURCES_BY_NAME = ("esco", "gc_talent", "inclusion_fr")

# ESCO's digital part: the field of studies 06 (ICT), "working with computers", and "using digital tools".
DIGITAL_GROUPS = ("isced-f/06", "243eb885-07c7-4b77-ab9c-827551d83dc4", "b590d4e5-7c62-4b4a-abc2-c270b482e0ce")
DIGITAL = "digital"
TRANSVERSAL = "transversal"
ESCO_DEFAULT = (DIGITAL, TRANSVERSAL)


def source_of(file_name: str) -> str:
    """The source that a file's name says; the network's own otherwise."""
    return next((source for source in SOURCES_BY_NAME if file_name.lower().startswith(source)), HOUSE_SOURCE)


def is_wanted(row: Mapping[str, object], groups: Collection[str]) -> bool:
    """Whether a row belongs to one of the groups.

    Args:
        row: a row of any taxonomy; ESCO's groups themselves have no ``reuse`` and always belong.
        groups: ``digital``, or values of ``reuse``, ``type``, ``vocabulary``, ``broader`` or ``id``; empty: all rows.
    """
    if not groups or (set(groups) == set(ESCO_DEFAULT) and "reuse" not in row):
        return True
    broader = row.get("broader")
    named = {str(row.get(key, "")) for key in ("id", "type", "reuse", "vocabulary")}
    named |= {str(group) for group in broader} if isinstance(broader, list) else set()
    if DIGITAL in groups and named.intersection(DIGITAL_GROUPS):
        return True
    return bool(named.intersection(groups))
