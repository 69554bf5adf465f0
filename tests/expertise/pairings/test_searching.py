"""« Consulter d’autres organismes »: a human does not wait for the clock, and presses once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.urls import reverse

from expertise.needs.enums import NeedState
from expertise.pairings import services
from maillage.core.models import AuditEntry
from tests.expertise.pairings.builders import need_for, skilled
from tests.expertise.pairings.pages import signed_in
from tests.factories import SeatFactory, SkillFactory, UserFactory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.http import HttpResponse

    from expertise.needs.models import Need
    from expertise.organizations.models import RegionalContact
    from members.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network_contact")]


@pytest.fixture(autouse=True)
def _moment(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def need(now: datetime) -> Need:
    """An open need whose first wave went out an hour ago."""
    skill = SkillFactory(name="hébergement web", name_en="web hosting")
    skilled(8, skill)
    found = need_for(skill)
    assert services.propose_wave(need_id=found.pk, now=now - timedelta(hours=1))
    return found


def press(user: User, need: Need, **data: str) -> HttpResponse:
    url = reverse("pairings:search_further", args=[need.pk])
    return signed_in(user).post(url, data)  # type: ignore[return-value]


def test_next_wave_leaves_before_the_first_has_answered(need: Need) -> None:
    editor = UserFactory(editor=True)
    answer = press(editor, need, next=reverse("home:todo"))
    assert answer["Location"] == reverse("home:todo")
    assert need.waves.count() == 2
    assert need.pairings.waiting().count() == 6
    entry = AuditEntry.objects.filter(verb="wave.proposed").order_by("-pk")[0]
    assert entry.actor == editor


def test_pressed_twice_is_one_wave(need: Need) -> None:
    editor = UserFactory(editor=True)
    for _ in range(2):
        press(editor, need)
    assert need.waves.count() == 2


def test_ended_need_asks_nobody(need: Need) -> None:
    need.state = NeedState.FULFILLED
    need.save()
    press(UserFactory(editor=True), need)
    assert need.waves.count() == 1


def test_contact_of_the_need_may_and_members_may_not(need: Need, network_contact: RegionalContact) -> None:
    need.contact = network_contact
    need.save()
    assert press(SeatFactory().user, need).status_code == 403
    assert need.waves.count() == 1
    assert press(network_contact.user, need).status_code == 302
    assert need.waves.count() == 2


def test_hostile_next_leads_to_the_need(need: Need) -> None:
    answer = press(UserFactory(editor=True), need, next="https://mechant.example/")
    assert answer["Location"] == need.get_absolute_url()
