"""« À faire »: what waits for editors, one button a line."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from expertise.needs.enums import NeedState
from expertise.needs.models import Need
from expertise.organizations.enums import OrganizationState
from expertise.organizations.models import Organization
from expertise.skills.models import Skill
from maillage.core import reporting, todo
from maillage.core.enums import ReportReason, ReportState
from maillage.core.models import Report
from members.enums import ConsentKind
from members.services import give_consent
from tasks import suppressions
from tasks.models.suppression import SuppressionReason
from tests.factories import (
    NeedFactory,
    OrganizationFactory,
    PairingFactory,
    RegionalContactFactory,
    SeatFactory,
    SkillFactory,
    UserFactory,
)
from tests.home import waiting_needs
from wiki import services as guides
from wiki.enums import GuideKind, ReviewState
from wiki.models import GuidePage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.test import Client

pytestmark = pytest.mark.django_db
URL = "home:todo"
YEAR = timedelta(days=365)
HARMS = ["held", "needs", "reports", "organizations", "unreachable", "addresses", "guides", "skills"]
UPKEEP = ["unchecked", "uninvited", "unconfirmed"]


@pytest.fixture(autouse=True)
def _moment(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


def fill(now: datetime, rows: int) -> None:
    """Something in every panel."""
    author = UserFactory()
    contact = RegionalContactFactory()
    for number in range(rows):
        age = timedelta(days=number + 1)
        organization = OrganizationFactory(unverified=True, created_at=now - age)
        NeedFactory(organization=organization, held=True, updated_at=now - age)
        for make in waiting_needs.SORTS:
            make(contact, now - age - timedelta(days=9))
        SkillFactory(state="proposed", proposed_by=author, proposed_at=now - age)
        facts = guides.GuideFacts(title=f"G {number}", kind=GuideKind.GUIDE, helps_to="x", body="y", lang="fr")
        guides.submit_guide(guide=guides.create_guide(facts=facts, actor=author, now=now), actor=author, now=now - age)
        published = guides.create_guide(facts=facts, actor=author, now=now)
        GuidePage.objects.filter(pk=published.pk).update(
            live=True, review_state=ReviewState.PUBLISHED, checked_on=(now - YEAR - age).date()
        )
        seat = SeatFactory(organization__created_at=now - YEAR - age)
        suppressions.close(address=seat.user.email, reason=SuppressionReason.BOUNCE, now=now - age)
        address = f"info{Organization.objects.count()}@example.org"
        OrganizationFactory(unclaimed=True, shared_address=address)
        give_consent(address=address, kind=ConsentKind.INVITATION, source="test", now=now)
        for reported in (SeatFactory().organization, published, PairingFactory(offered=True)):
            reporting.open_report(
                subject=reported, reason=ReportReason.WRONG, word="", actor=AnonymousUser(), now=now - age
            )


def as_editor(client: Client) -> None:
    client.force_login(UserFactory(editor=True))


def test_members_have_nothing_to_do_here(client: Client) -> None:
    client.force_login(SeatFactory().user)
    assert client.get(reverse(URL)).status_code == 403


def test_nothing_waiting_is_said(client: Client) -> None:
    as_editor(client)
    assert "Rien n’attend" in client.get(reverse(URL)).content.decode()


def test_every_sort_of_waiting_has_its_panel_and_the_oldest_is_first(client: Client, now: datetime) -> None:
    fill(now, 2)
    codes = [panel.code for panel in todo.panels(now)]
    assert codes == [*HARMS, *UPKEEP]
    assert [panel.code for panel in todo.panels(now) if panel.is_upkeep] == UPKEEP
    first = todo.first_of(todo.panels(now))
    assert [row.since for row in first] == sorted(row.since for row in first)
    assert first[0].since == now - timedelta(days=11)


def test_one_button_verifies_an_organization_and_accepts_a_skill(client: Client, now: datetime) -> None:
    fill(now, 1)
    as_editor(client)
    for panel in todo.panels(now):
        for row in panel.waiting.rows:
            for button in (row.button, row.second):
                if button is not None and not button.is_link:
                    client.post(button.url, button.hidden)
    assert not Organization.objects.filter(state=OrganizationState.UNVERIFIED).exists()
    assert not Skill.objects.filter(state="proposed").exists()
    assert set(Report.objects.values_list("state", flat=True)) == {ReportState.KEPT}
    assert not Need.objects.filter(state=NeedState.HELD).exists()
    assert [panel.code for panel in todo.panels(now) if panel.is_upkeep] == []


def test_report_is_settled_once(client: Client, now: datetime) -> None:
    fill(now, 1)
    as_editor(client)
    report = Report.objects.order_by("pk")[0]
    url = reverse("pages:settle_report", args=[report.pk])
    assert client.get(url).status_code == 200
    client.post(url, {"state": "removed"})
    client.post(url, {"state": "kept"})
    report.refresh_from_db()
    assert report.state == ReportState.REMOVED


@pytest.mark.parametrize("is_hostile", [False, True])
def test_every_button_comes_back_here_and_never_leaves_the_site(
    client: Client, now: datetime, is_hostile: bool
) -> None:
    fill(now, 1)
    as_editor(client)
    wanted = "//mechant.example/a-faire/" if is_hostile else reverse(URL)
    for panel in todo.panels(now):
        for row in panel.waiting.rows:
            for button in (row.button, row.second):
                if button is not None and not button.is_link:
                    answer = client.post(button.url, {**button.hidden, "next": wanted})
                    assert answer.status_code == 302, button
                    assert (answer["Location"] == wanted) is not is_hostile, button


def test_report_of_what_is_gone_can_still_be_settled(client: Client, now: datetime) -> None:
    reporting.open_report(
        subject=OrganizationFactory(), reason=ReportReason.WRONG, word="x", actor=AnonymousUser(), now=now
    )
    Organization.objects.all().delete()
    (panel,) = todo.panels(now)
    assert panel.waiting.rows[0].title == "Ce qui était signalé n’existe plus"
    assert panel.waiting.rows[0].fallback == ""
    as_editor(client)
    assert client.get(panel.waiting.rows[0].url).status_code == 200


def test_what_does_not_fit_is_counted(client: Client) -> None:
    as_editor(client)
    for _ in range(todo.SHOWN + 1):
        SeatFactory(organization__state=OrganizationState.UNVERIFIED)
    assert "et 1 autre, ici dès" in client.get(reverse(URL)).content.decode()
    SeatFactory(organization__state=OrganizationState.UNVERIFIED)
    assert "et 2 autres, ici dès" in client.get(reverse(URL)).content.decode()


@pytest.mark.parametrize(("count", "is_told"), [(10, False), (11, True)])
def test_oldest_are_told_apart_once_there_is_more_than_a_glance_shows(
    client: Client, count: int, is_told: bool
) -> None:
    as_editor(client)
    for _ in range(count):
        SeatFactory(organization__state=OrganizationState.UNVERIFIED)
    assert ("D’abord" in client.get(reverse(URL)).content.decode()) is is_told


def test_upkeep_is_said_to_be_in_no_hurry_and_never_comes_first(client: Client, now: datetime) -> None:
    as_editor(client)
    for _ in range(12):
        SeatFactory(organization__created_at=now - 2 * YEAR)
    page = client.get(reverse(URL)).content.decode()
    assert "rien ne presse" in page
    assert "D’abord" not in page
    assert todo.first_of(todo.panels(now)) == []


def test_page_costs_the_same_at_2_and_20_rows(client: Client, now: datetime) -> None:
    as_editor(client)
    counts = []
    for rows in (2, 18):
        fill(now, rows)
        client.get(reverse(URL))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(reverse(URL))
        counts.append(len(queries))
    assert counts[0] == counts[1]
