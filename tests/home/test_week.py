"""The editors' week: which day, to whom its mail goes, and how « À faire » says it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.urls import reverse

from maillage.core.models import AuditEntry, Network
from maillage.home.waiting import mail_text
from members.models import Preference
from tests.factories import SeatFactory, UserFactory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.test import Client

    from members.models import User

pytestmark = pytest.mark.django_db
URL = "home:week"


@pytest.fixture(autouse=True)
def _moment(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture(autouse=True)
def network(db: None) -> Network:
    """A network whose editors' day is Tuesday."""
    found, _ = Network.objects.get_or_create()
    return found


@pytest.fixture
def team(client: Client) -> tuple[User, User]:
    """Two editors, of whom the first is signed in."""
    first = UserFactory(editor=True, name="Ève Roy")
    client.force_login(first)
    return first, UserFactory(editor=True, name="Luc Côté")


def test_week_is_planned_and_said_on_the_page(client: Client, team: tuple[User, User], network: Network) -> None:
    answer = client.post(reverse(URL), {"weekday": 3, "editor": team[0].pk, "deputy": team[1].pk}, follow=True)
    network.refresh_from_db()
    assert (network.editors_weekday, network.editor, network.deputy) == (3, *team)
    page = answer.content.decode()
    assert "le prochain part jeudi 26\u00a0novembre, 9\u00a0h, à Ève Roy." in page
    assert "au deuxième courriel va aussi à Luc Côté." in page
    entry = AuditEntry.objects.get(verb="network.week_planned")
    assert entry.actor == team[0]
    chosen = client.get(reverse(URL)).content.decode()
    assert chosen.count(" selected") == 3


def test_members_do_not_plan_it(client: Client) -> None:
    client.force_login(SeatFactory().user)
    assert client.get(reverse(URL)).status_code == 403
    assert client.post(reverse(URL), {"weekday": 3}).status_code == 403


@pytest.mark.parametrize(
    ("has_editor", "words"),
    [(False, "Nommez d’abord qui reçoit le courriel."), (True, "Choisissez une autre personne.")],
)
def test_deputy_stands_in_for_somebody_else(
    client: Client, team: tuple[User, User], network: Network, has_editor: bool, words: str
) -> None:
    data = {"weekday": 4, "editor": team[1].pk if has_editor else "", "deputy": team[1].pk}
    answer = client.post(reverse(URL), data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert '<option value="4" selected>' in page
    assert f'<option value="{team[1].pk}" selected>' in page
    network.refresh_from_db()
    assert network.deputy is None


def test_only_editors_are_chosen(client: Client, team: tuple[User, User], network: Network) -> None:
    answer = client.post(reverse(URL), {"weekday": 1, "editor": UserFactory().pk})
    assert answer.status_code == 422
    network.refresh_from_db()
    assert network.editor is None


def test_everyone_gets_it_while_nobody_is_named(team: tuple[User, User], now: datetime) -> None:
    assert "à Ève Roy et Luc Côté." in mail_text(now)


def test_absence_of_all_is_said(team: tuple[User, User], now: datetime) -> None:
    for user in team:
        Preference.objects.create(address=user.email, paused_until=now + timedelta(days=2))
    assert "va à la personne-ressource du réseau" in mail_text(now)
