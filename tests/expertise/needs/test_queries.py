"""Lists and pages cost the same number of queries for two rows and for twenty."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from expertise.needs.enums import Audience
from expertise.needs.models import NeedSkill
from tests.factories import NeedFactory, PairingFactory, RegionalContactFactory, SeatFactory, SkillFactory, UserFactory

if TYPE_CHECKING:
    from expertise.needs.models import Need
    from members.models import User

pytestmark = pytest.mark.django_db


def queries_of(user: User | None, url: str) -> int:
    """Queries of one page, once the caches are warm."""
    browser = Browser()
    if user is not None:
        browser.force_login(user)
    assert browser.get(url).status_code == 200
    with CaptureQueriesContext(connection) as caught:
        browser.get(url)
    return len(caught)


def with_skills(need: Need, count: int) -> Need:
    for skill in SkillFactory.create_batch(count):
        NeedSkill.objects.create(content_object=need, tag=skill)
    return need


@pytest.mark.parametrize("name", ["anonymous", "member", "group", "contact", "editor"])
def test_list_costs_the_same_for_two_and_twenty(name: str) -> None:
    seat = SeatFactory()
    user = {
        "anonymous": lambda: None,
        "member": lambda: SeatFactory().user,
        "group": lambda: seat.user,
        "contact": lambda: RegionalContactFactory(region="08").user,
        "editor": lambda: UserFactory(editor=True),
    }[name]()
    counts = []
    for added in (2, 18):
        for need in NeedFactory.create_batch(added, organization=seat.organization, audience=Audience.EVERYONE):
            with_skills(need, 2)
        for need in NeedFactory.create_batch(added, audience=Audience.MEMBERS):
            with_skills(need, 1)
        counts.append(queries_of(user, reverse("needs:list")))
    assert counts[0] == counts[1]
    assert counts[0] <= 20


@pytest.mark.parametrize("name", ["public", "member", "group", "contact"])
def test_page_costs_the_same_for_two_and_twenty(name: str) -> None:
    seat = SeatFactory()
    need = NeedFactory(organization=seat.organization, audience=Audience.EVERYONE)
    user = {
        "public": lambda: None,
        "member": lambda: SeatFactory().user,
        "group": lambda: seat.user,
        "contact": lambda: RegionalContactFactory(region="08").user,
    }[name]()
    counts = []
    for added in (2, 18):
        with_skills(need, added)
        PairingFactory.create_batch(added, need=need, offered=True)
        counts.append(queries_of(user, need.get_absolute_url()))
    assert counts[0] == counts[1]
    assert counts[0] <= 25


def test_page_before_publishing_costs_the_same_for_two_and_twenty() -> None:
    seat = SeatFactory()
    draft = NeedFactory(draft=True, organization=seat.organization, author=seat.user)
    counts = []
    for added in (2, 18):
        with_skills(draft, added)
        NeedFactory.create_batch(added, organization=seat.organization, text="autre chose")
        counts.append(queries_of(seat.user, reverse("needs:review", args=[draft.pk])))
    assert counts[0] == counts[1]
