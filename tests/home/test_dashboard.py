"""The member's space: what waits for them first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from expertise.needs.enums import NeedState
from expertise.organizations.enums import SeatState
from tests.core import markup
from tests.factories import (
    MOMENT,
    NeedFactory,
    PairingFactory,
    RegionalContactFactory,
    SeatFactory,
    UserFactory,
)

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from expertise.organizations.models import Seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat(client: Client) -> Seat:
    """The signed-in person's seat."""
    seat = SeatFactory()
    client.force_login(seat.user)
    return seat


def page(client: Client) -> str:
    return client.get(reverse("home:dashboard")).content.decode()


def test_space_asks_to_sign_in(client: Client) -> None:
    response = client.get(reverse("home:dashboard"))
    assert response.status_code == 302
    assert "next=/mon-espace/" in response.headers["Location"]


def test_space_is_sound_html_and_private(client: Client, seat: Seat) -> None:
    PairingFactory(organization=seat.organization)
    NeedFactory(organization=seat.organization)
    response = client.get(reverse("home:dashboard"))
    assert markup.problems(response.content.decode()) == []
    assert "private" in response.headers["Cache-Control"]


def test_requests_that_wait_for_an_answer_come_first(client: Client, seat: Seat) -> None:
    PairingFactory(organization=seat.organization, need__text="Le serveur est mort")
    NeedFactory(organization=seat.organization, text="Notre demande")
    html = page(client)
    assert html.index("Le serveur est mort") < html.index("Notre demande")


def test_answered_requests_are_gone(client: Client, seat: Seat) -> None:
    PairingFactory(organization=seat.organization, offered=True, need__text="Déjà répondu")
    assert "Déjà répondu" not in page(client)


def test_offers_that_wait_for_a_choice_are_counted(client: Client, seat: Seat) -> None:
    need = NeedFactory(organization=seat.organization)
    PairingFactory.create_batch(2, need=need, offered=True)
    PairingFactory(need=need)
    assert "2 offres attendent votre choix" in page(client)


def test_needs_with_offers_come_before_the_others(client: Client, seat: Seat) -> None:
    chosen = NeedFactory(organization=seat.organization, text="Des offres attendent")
    PairingFactory(need=chosen, offered=True)
    NeedFactory(organization=seat.organization, text="Plus récente", updated_at=MOMENT + timedelta(days=1))
    html = page(client)
    assert html.index("Des offres attendent") < html.index("Plus récente")


def test_editors_find_their_pages_and_members_do_not(client: Client, seat: Seat) -> None:
    assert reverse("wiki:queue") not in page(client)
    client.force_login(UserFactory(editor=True))
    html = page(client)
    assert reverse("wiki:queue") in html
    assert reverse("tasks:status") not in html


def test_finished_needs_are_gone(client: Client, seat: Seat) -> None:
    NeedFactory(organization=seat.organization, state=NeedState.FULFILLED, text="Réglé depuis longtemps")
    assert "Réglé depuis longtemps" not in page(client)


def test_ones_own_draft_waits_even_without_organization(client: Client) -> None:
    user = UserFactory()
    NeedFactory(draft=True, author=user, organization=None, text="Mon brouillon")
    client.force_login(user)
    assert "Mon brouillon" in page(client)


def test_nothing_of_other_people_is_shown(client: Client, seat: Seat) -> None:
    PairingFactory(need__text="Chez les voisins")
    assert "Chez les voisins" not in page(client)


def test_ended_seat_shows_nothing_any_more(client: Client) -> None:
    seat = SeatFactory(state=SeatState.ENDED)
    PairingFactory(organization=seat.organization, need__text="Plus pour moi")
    client.force_login(seat.user)
    html = page(client)
    assert "Plus pour moi" not in html
    assert seat.organization.name not in html


def test_contact_sees_how_many_calls_wait(client: Client) -> None:
    contact = RegionalContactFactory()
    client.force_login(contact.user)
    assert "0 appel à faire" in page(client)


def test_member_who_is_no_contact_hears_nothing_of_calls(client: Client, seat: Seat) -> None:
    assert "appel" not in page(client).split("<main")[1].split("</main")[0]


@pytest.mark.parametrize("rows", [2, 20])
def test_queries_do_not_grow(
    client: Client, seat: Seat, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        PairingFactory(organization=seat.organization)
        PairingFactory(need=NeedFactory(organization=seat.organization), offered=True)
    page(client)
    with django_assert_num_queries(7):
        page(client)
