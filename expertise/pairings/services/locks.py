"""The lock order (DESIGN): need → availability by organization id → pairing. Every service takes its rows here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count

from expertise.needs.models import Need
from expertise.needs.services import transitions as needs
from expertise.organizations.models import Availability
from expertise.pairings.models import Pairing
from expertise.pairings.services.errors import OrganizationFullError

if TYPE_CHECKING:
    from collections.abc import Iterable


def lock_need(need_id: int) -> Need:
    """The need's row, read under its lock; first of all locks."""
    return needs.lock(Need(pk=need_id))


def lock_spare_capacity(organization_ids: Iterable[int]) -> dict[int, int]:
    """How many more needs each organization can take, counted under its lock; 0 or less: none."""
    ids = sorted(set(organization_ids))
    capacities = _lock_capacities(ids)
    missing = [pk for pk in ids if pk not in capacities]
    if missing:
        fresh = [Availability(organization_id=pk, capacity=settings.DEFAULT_CAPACITY) for pk in missing]
        Availability.objects.bulk_create(fresh, ignore_conflicts=True)
        capacities = _lock_capacities(ids)
    counted = Pairing.objects.loading().filter(organization_id__in=ids).values("organization_id").order_by()
    loads = {row["organization_id"]: row["load"] for row in counted.annotate(load=Count("pk"))}
    return {pk: capacity - loads.get(pk, 0) for pk, capacity in capacities.items()}


def check_capacity(organization_id: int) -> None:
    """Lock an organization's availability and recount its load.

    Raises:
        OrganizationFullError: it helps as many groups as it can.
    """
    if lock_spare_capacity([organization_id])[organization_id] < 1:
        raise OrganizationFullError


def lock_pairing(pairing: Pairing, need: Need) -> Pairing:
    """Read a pairing again under its lock, into the same object, tied to its locked need."""
    pairing.refresh_from_db(from_queryset=Pairing.objects.select_for_update(of=("self",)))
    pairing.need = need
    return pairing


def lock_pairings(need: Need) -> list[Pairing]:
    """All rows of a locked need, locked in the order of their ids."""
    rows = list(Pairing.objects.select_for_update(of=("self",)).filter(need_id=need.pk).order_by("pk"))
    for row in rows:
        row.need = need
    return rows


def _lock_capacities(ids: list[int]) -> dict[int, int]:
    rows = Availability.objects.select_for_update(of=("self",)).filter(organization_id__in=ids)
    return {row.organization_id: row.capacity for row in rows.order_by("organization_id")}
