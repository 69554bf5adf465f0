"""« À faire »: organizations to reach, to invite, to ask."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from expertise.organizations import todo
from expertise.organizations.enums import SeatState
from expertise.organizations.models import Organization
from expertise.organizations.selectors import recipients_of
from members.enums import ConsentKind
from members.services import give_consent
from tests.factories import OrganizationFactory, SeatFactory, UserFactory

if TYPE_CHECKING:
    from datetime import datetime

    from django.test import Client

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


def invitable(now: datetime, count: int) -> None:
    """Imported organizations with an address that consented."""
    for number in range(count):
        address = f"info{number}@example.org"
        OrganizationFactory(unclaimed=True, shared_address=address)
        give_consent(address=address, kind=ConsentKind.INVITATION, source="test", now=now)


def test_organizations_without_reader_are_those_that_nobody_would_hear_for(now: datetime) -> None:
    left = SeatFactory(state=SeatState.ENDED, ended_at=now - timedelta(days=3)).organization
    closed = SeatFactory(user__is_active=False).organization
    silent = SeatFactory(member=True, receives_requests=False).organization
    for organization in (
        SeatFactory().organization,
        SeatFactory(receives_requests=False).organization,
        SeatFactory(member=True).organization,
        OrganizationFactory(shared_address="info@example.org"),
    ):
        assert recipients_of(organization)
    OrganizationFactory(unclaimed=True)
    OrganizationFactory(suspended=True)
    waiting = todo.unreachable(now, 20)
    assert {row.title for row in waiting.rows} == {left.name, closed.name, silent.name}
    assert [recipients_of(organization) for organization in (left, closed, silent)] == [[], [], []]
    assert next(row for row in waiting.rows if row.title == left.name).since == now - timedelta(days=3)


def test_imported_ones_are_one_line_whose_button_invites_them(client: Client, now: datetime) -> None:
    invitable(now, 3)
    (row,) = todo.uninvited(now, 20).rows
    assert row.title == "3 fiches importées"
    assert row.button is not None
    assert row.button.label == "Inviter les 3 premières"
    client.force_login(UserFactory(editor=True))
    answer = client.post(row.button.url, {"next": reverse("home:todo")})
    assert answer["Location"] == reverse("home:todo")
    assert todo.uninvited(now, 20).count == 0


def test_silent_ones_are_asked_by_a_button_which_comes_back(client: Client, now: datetime) -> None:
    old = SeatFactory(organization__created_at=now - YEAR - timedelta(days=2)).organization
    older = SeatFactory(organization__created_at=now - YEAR - timedelta(days=4)).organization
    waiting = todo.unconfirmed(now, 20)
    assert [row.title for row in waiting.rows] == [older.name, old.name]
    assert waiting.rows[1].since == now - timedelta(days=2)
    assert waiting.rows[1].fallback == "Sans geste, le réseau le lui demande à partir du dimanche 6\u00a0décembre."
    client.force_login(UserFactory(editor=True))
    assert waiting.rows[0].button is not None
    here = reverse("home:todo")
    assert client.post(waiting.rows[0].button.url, {"next": here})["Location"] == here
    assert [row.title for row in todo.unconfirmed(now, 20).rows] == [old.name]


@pytest.mark.parametrize("hostile", ["https://mechant.example/", "//mechant.example", "javascript:alert(1)"])
def test_buttons_come_back_to_our_own_pages_only(client: Client, now: datetime, hostile: str) -> None:
    organization = SeatFactory(organization__created_at=now - 2 * YEAR).organization
    client.force_login(UserFactory(editor=True))
    url = reverse("organizations:ask_confirmation", args=[organization.slug])
    assert client.post(url, {"next": hostile})["Location"] == organization.get_absolute_url()


def test_unverified_one_is_checked_in_one_press(client: Client, now: datetime) -> None:
    organization = OrganizationFactory(unverified=True)
    (row,) = todo.unverified(now, 20).rows
    assert row.button is not None
    client.force_login(UserFactory(editor=True))
    client.post(row.button.url, row.button.hidden)
    assert Organization.objects.verified().filter(pk=organization.pk).exists()
