"""The registry of personal data: of every text field of every room, whose it is, why, how long, and how it leaves.

Each room declares its own fields in its ``personal_data`` module, found when the site starts. Export, erasure, masking
of logs and ``docs/personal-data.md`` are made from it; a test fails for a field that nobody declared.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.db.models import Model, Q
    from django.utils.functional import Promise

    from members.models import User


class Erase(StrEnum):
    """What erasing a person does to one field."""

    BLANK = "blanked"
    REPLACE = "replaced"
    ROW = "row deleted"
    KEEP = "kept"


@dataclass(frozen=True, slots=True)
class Personal:
    """One declared field; ``because`` says why it is kept or not exported."""

    name: str
    purpose: str
    retention: str
    is_exported: bool
    is_masked: bool
    erase: Erase
    replacement: Callable[[Any], object] | None
    because: str


@dataclass(slots=True)
class Holding:
    """What one model holds of people. ``rows`` finds those of one person; None: rows that belong to no account."""

    model: type[Model]
    rows: Callable[[User], Q] | None = None
    fields: dict[str, Personal] = field(default_factory=dict)
    impersonal: dict[str, str] = field(default_factory=dict)

    @property
    def is_deleted(self) -> bool:
        """Whether erasing a person deletes the rows."""
        return any(personal.erase is Erase.ROW for personal in self.fields.values())


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that a person must settle before their account is erased."""

    text: str | Promise
    url: str


_holdings: dict[str, Holding] = {}
_obstacles: list[Callable[[User], Sequence[Obstacle]]] = []


def holding_of(model: type[Model]) -> Holding:
    """What was declared about a model; empty when nothing was."""
    return _holdings.setdefault(model._meta.label, Holding(model))


def rows(model: type[Model], of: Callable[[User], Q]) -> None:
    """Say which rows of a model are about one person."""
    holding_of(model).rows = of


def declare(
    model: type[Model],
    name: str,
    *,
    purpose: str,
    retention: str,
    export: bool = True,
    mask: bool = True,
    erase: Erase = Erase.BLANK,
    replacement: Callable[[Any], object] | None = None,
    because: str = "",
) -> None:
    """Declare a field that says something about a person.

    Args:
        model: where.
        name: the field.
        purpose: what it is for, in English, for ``docs/personal-data.md``.
        retention: how long it stays.
        export: whether a person finds it in the file of their data.
        mask: whether logs hide values of this name; False for codes and dates.
        erase: what erasing a person does to it; ``ROW`` for one field deletes the row.
        replacement: of a row, what ``REPLACE`` writes.
        because: why it is kept, or not exported.

    Raises:
        ValueError: a kept field without reason, a replaced one without replacement.
    """
    if (erase is Erase.KEEP or not export) and not because:
        raise ValueError(f"{model._meta.label}.{name}: say why it is kept or not exported")
    if (erase is Erase.REPLACE) != (replacement is not None):
        raise ValueError(f"{model._meta.label}.{name}: a replacement belongs to REPLACE, and to nothing else")
    model._meta.get_field(name)  # a misspelt field must not stay undeclared under its right name
    holding_of(model).fields[name] = Personal(name, purpose, retention, export, mask, erase, replacement, because)


def declare_impersonal(model: type[Model], *names: str, because: str = "code of the domain") -> None:
    """Declare fields that say nothing about a person, and why."""
    for name in names:
        model._meta.get_field(name)
        holding_of(model).impersonal[name] = because


def declare_obstacle(find: Callable[[User], Sequence[Obstacle]]) -> None:
    """Let a room name what a person must settle before erasure: an organization that would lose its last owner."""
    _obstacles.append(find)


def holdings() -> list[Holding]:
    """Everything declared, by model."""
    return [_holdings[label] for label in sorted(_holdings)]


def obstacles_of(person: User) -> list[Obstacle]:
    """What the rooms say must be settled first."""
    return [obstacle for find in _obstacles for obstacle in find(person)]


def personal_names() -> frozenset[str]:
    """Names of the personal fields that logs hide the values of."""
    fields = (field for holding in _holdings.values() for field in holding.fields.values())
    return frozenset(field.name for field in fields if field.is_masked)
