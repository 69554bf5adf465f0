"""Closed addresses in « À faire »: those that members are reached by, and a button that opens them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from maillage.core.models import AuditEntry
from tasks import suppressions, todo
from tasks.models import Suppression
from tasks.models.suppression import SuppressionReason
from tests.factories import OrganizationFactory, SeatFactory, UserFactory

if TYPE_CHECKING:
    from datetime import datetime

    from django.test import Client

pytestmark = pytest.mark.django_db


def closed(address: str, now: datetime, reason: SuppressionReason = SuppressionReason.BOUNCE) -> Suppression:
    suppressions.close(address=address, reason=reason, now=now)
    return Suppression.objects.get(address=address)


def test_seats_and_shared_addresses_are_shown_with_their_organization(now: datetime) -> None:
    seat = SeatFactory(user__email="ana@example.org", organization__name="Atelier")
    OrganizationFactory(name="Coop", shared_address="coop@example.org")
    for address in ("ana@example.org", "coop@example.org"):
        closed(address, now)
    found = todo.closed_addresses(now, 20)
    assert found.count == 2
    assert {(row.title, row.meta[0]) for row in found.rows} == {
        (seat.organization.name, "ana@example.org"),
        ("Coop", "coop@example.org"),
    }


def test_whoever_complained_decides_and_strangers_are_nobodys_work(now: datetime) -> None:
    SeatFactory(user__email="ana@example.org")
    OrganizationFactory(suspended=True, shared_address="coop@example.org")
    closed("ana@example.org", now, SuppressionReason.COMPLAINT)
    closed("coop@example.org", now)
    closed("inconnue@example.org", now)
    assert todo.closed_addresses(now, 20).count == 0


def test_editor_opens_an_address_once_and_it_is_written_down(client: Client, now: datetime) -> None:
    SeatFactory(user__email="ana@example.org")
    url = reverse("tasks:open_address", args=[closed("ana@example.org", now).pk])
    client.force_login(UserFactory(editor=True))
    for _ in range(2):
        assert client.post(url, {"next": reverse("home:todo")})["Location"] == reverse("home:todo")
    assert not Suppression.objects.exists()
    assert AuditEntry.objects.filter(verb="address.opened").count() == 1


def test_members_open_nothing(client: Client, now: datetime) -> None:
    seat = SeatFactory(user__email="ana@example.org")
    url = reverse("tasks:open_address", args=[closed("ana@example.org", now).pk])
    client.force_login(seat.user)
    assert client.post(url).status_code == 403
    assert Suppression.objects.exists()
