"""Links of invitations: a GET changes nothing, only a POST acts, and nobody is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from expertise.organizations.enums import OrganizationState, SeatState
from expertise.organizations.models import Organization, Seat
from maillage.core.models.tokens import ActionToken, derive
from maillage.core.tokens import LinkSpec, issue
from members.models import User
from tests.factories import OrganizationFactory, SeatFactory

if TYPE_CHECKING:
    from django.db.models import Model
    from django.test import Client

pytestmark = pytest.mark.django_db
ADDRESS = "info@groupe.example.org"


def link(purpose: str, subject: Model, address: str = ADDRESS) -> str:
    """A raw token, as a mail would carry it."""
    message_id = f"<{purpose}{subject.pk}@test>"
    issue(message_id=message_id, link=LinkSpec(purpose, subject, {}), address=address, now=timezone.now())
    return derive(message_id, purpose)


@pytest.fixture
def unclaimed() -> Organization:
    """An imported organization."""
    return OrganizationFactory(unclaimed=True, shared_address=ADDRESS)


@pytest.fixture
def token(unclaimed: Organization) -> str:
    """The link of its invitation."""
    return link("organization_invitation", unclaimed)


def url(name: str, token: str) -> str:
    """Address of one answer."""
    return reverse(f"organizations:{name}", args=[token])


@pytest.mark.parametrize("name", ["claim", "redirect", "remove"])
def test_get_changes_nothing(name: str, token: str, unclaimed: Organization, client: Client) -> None:
    assert client.get(url("invitation", token)).status_code == 200
    assert client.get(url(name, token)).status_code == 405
    assert client.head(url("invitation", token)).status_code == 200
    unclaimed.refresh_from_db()
    assert unclaimed.state == OrganizationState.UNCLAIMED
    assert not User.objects.exists()


def test_claiming_makes_the_account_but_signs_nobody_in(token: str, unclaimed: Organization, client: Client) -> None:
    page = client.post(url("claim", token)).content.decode()
    assert reverse("members:sign_in") in page
    assert "_auth_user_id" not in client.session
    unclaimed.refresh_from_db()
    assert unclaimed.state == OrganizationState.UNVERIFIED
    assert unclaimed.seats.get().user == User.objects.get(email=ADDRESS)
    assert client.post(url("claim", token)).status_code == 302
    assert unclaimed.seats.count() == 1


def test_redirecting_closes_the_old_link(token: str, unclaimed: Organization, client: Client) -> None:
    assert "field-wrong" in client.post(url("redirect", token), {"address": "nulle part"}).content.decode()
    client.post(url("redirect", token), {"address": "direction@groupe.example.org"})
    client.post(url("claim", token))
    client.post(url("remove", token))
    unclaimed.refresh_from_db()
    assert (unclaimed.state, unclaimed.shared_address) == (OrganizationState.UNCLAIMED, "direction@groupe.example.org")
    assert "déjà reçu une réponse" in client.get(url("invitation", token)).content.decode()


def test_removing_wipes(token: str, unclaimed: Organization, client: Client) -> None:
    client.post(url("remove", token))
    unclaimed.refresh_from_db()
    assert unclaimed.state == OrganizationState.REMOVED
    assert client.get(url("invitation", token)).status_code == 200


@pytest.mark.parametrize("raw", ["x", "a" * 43, "a" * 500, "%00", "é"])
@pytest.mark.parametrize("name", ["invitation", "seat_invitation"])
def test_a_wrong_link_is_said(name: str, raw: str, client: Client) -> None:
    assert client.get(url(name, raw)).status_code == 404


def test_an_expired_link_and_one_for_something_else_open_nothing(
    token: str, unclaimed: Organization, client: Client
) -> None:
    assert client.get(url("seat_invitation", token)).status_code == 404
    ActionToken.objects.update(expires_at=timezone.now())
    assert client.post(url("claim", token)).status_code == 410
    unclaimed.refresh_from_db()
    assert unclaimed.state == OrganizationState.UNCLAIMED


def test_seat_invitation_gives_the_place_to_the_invited_address(client: Client) -> None:
    owner = SeatFactory()
    seat = Seat.objects.create(
        organization=owner.organization,
        invited_address=ADDRESS,
        invited_by=owner.user,
        state=SeatState.INVITED,
        created_at=timezone.now(),
    )
    token = link("seat_invitation", seat)
    assert client.get(url("seat_invitation", token)).status_code == 200
    client.post(url("accept_seat_invitation", token))
    seat.refresh_from_db()
    assert (seat.state, seat.user.email if seat.user else "") == (SeatState.ACTIVE, ADDRESS)
    assert "_auth_user_id" not in client.session
    assert client.post(url("accept_seat_invitation", token)).status_code == 302
    assert "n’est plus ouverte" in client.get(url("seat_invitation", token)).content.decode()


def test_a_link_forwarded_to_another_address_gives_nothing(client: Client) -> None:
    seat = SeatFactory(user=None, invited_address="autre@example.org", state=SeatState.INVITED)
    client.post(url("accept_seat_invitation", link("seat_invitation", seat)))
    seat.refresh_from_db()
    assert seat.state == SeatState.INVITED
