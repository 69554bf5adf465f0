"""Everything about me, and nothing about me any more: export and erasure, made from the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models, transaction

from maillage.core import audit
from members import personal_data
from members.models import User
from members.personal_data import Erase, Holding
from members.signals import person_erased

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model, QuerySet


class RightsHeldError(Exception):
    """The account has rights on the site: another administrator takes them away first."""

    code = "rights"


class SomethingToSettleError(Exception):
    """Something would be left without anyone; ``obstacles`` say what."""

    code = "obstacles"

    def __init__(self, obstacles: list[personal_data.Obstacle]) -> None:
        super().__init__(len(obstacles))
        self.obstacles = obstacles


def export_person(*, person: User, now: datetime) -> dict[str, Any]:
    """Everything that the rooms hold about a person, as JSON can carry it: model → purposes and rows."""
    data = {}
    for holding in personal_data.holdings():
        names = [name for name, field in holding.fields.items() if field.is_exported]
        if holding.rows is None or not names:
            continue
        found = [_exported(row, names) for row in _rows(holding, person).order_by("pk")]
        if found:
            purposes = {name: holding.fields[name].purpose for name in names}
            data[holding.model._meta.label] = {"purposes": purposes, "rows": found}
    return {"account": person.email, "made_at": now.isoformat(), "data": data}


def erase_person(*, person: User, now: datetime) -> None:
    """Erase what says who a person is; what others or the law need stays, without the name.

    The account's row stays, closed and nameless, so that what it points to keeps its order.

    Raises:
        RightsHeldError: the account has rights.
        SomethingToSettleError: an organization would lose its last owner, for example.
    """
    if User.objects.with_rights().filter(pk=person.pk).exists():
        raise RightsHeldError
    obstacles = personal_data.obstacles_of(person)
    if obstacles:
        raise SomethingToSettleError(obstacles)
    # Rows are found by the address: it is replaced last.
    holdings = sorted(personal_data.holdings(), key=lambda holding: holding.model is User)
    with transaction.atomic():
        locked = User.objects.select_for_update(of=("self",)).get(pk=person.pk)
        person_erased.send(sender=User, pk=locked.pk, now=now, address=locked.email)
        for holding in holdings:
            if holding.rows is not None:
                _erase(holding, _rows(holding, locked))
        locked.refresh_from_db()
        locked.is_active, locked.is_name_shown, locked.erased_at = False, False, now
        locked.session_version += 1
        locked.set_unusable_password()
        locked.save()
        audit.record(verb="person.erased", subject=locked, now=now)


def _rows(holding: Holding, person: User) -> QuerySet[Model]:
    assert holding.rows is not None  # noqa: S101  the callers' own condition, for the type checker
    return holding.model._default_manager.filter(holding.rows(person)).distinct()


def _exported(row: Model, names: list[str]) -> dict[str, Any]:
    values = {name: row.serializable_value(name) for name in names}
    return {"id": row.pk, **{name: value if _is_json(value) else str(value) for name, value in values.items()}}


def _is_json(value: object) -> bool:
    return isinstance(value, str | int | float | bool | list | dict | None)


def _erase(holding: Holding, rows: QuerySet[Model]) -> None:
    keys = list(rows.values_list("pk", flat=True))
    found = holding.model._default_manager.filter(pk__in=keys)
    if holding.is_deleted:
        found.delete()
        return
    blanked = {name: _blank(holding, name) for name, field in holding.fields.items() if field.erase is Erase.BLANK}
    if blanked:
        found.update(**blanked)
    replaced = {name: field.replacement for name, field in holding.fields.items() if field.replacement is not None}
    for row in found if replaced else ():
        holding.model._default_manager.filter(pk=row.pk).update(**{name: new(row) for name, new in replaced.items()})


def _blank(holding: Holding, name: str) -> object:
    field = holding.model._meta.get_field(name)
    if getattr(field, "null", False):
        return None
    return field.get_default() if isinstance(field, models.Field) else ""
