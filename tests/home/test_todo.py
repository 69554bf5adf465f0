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
from expertise.organizations.enums import OrganizationState
from expertise.organizations.models import Organization
from expertise.skills.models import Skill
from maillage.core import reporting, todo
from maillage.core.enums import ReportReason, ReportState
from maillage.core.models import Report
from tests.factories import (
    NeedFactory,
    OrganizationFactory,
    RegionalContactFactory,
    SeatFactory,
    SkillFactory,
    UserFactory,
)
from wiki import services as guides
from wiki.enums import GuideKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.test import Client

pytestmark = pytest.mark.django_db
URL = "home:todo"


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
        NeedFactory(state=NeedState.UNANSWERED, contact=contact, opened_at=now - age)
        SkillFactory(state="proposed", proposed_by=author, proposed_at=now - age)
        facts = guides.GuideFacts(title=f"G {number}", kind=GuideKind.GUIDE, helps_to="x", body="y", lang="fr")
        guides.submit_guide(guide=guides.create_guide(facts=facts, actor=author, now=now), actor=author, now=now - age)
        reported = OrganizationFactory()
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
    assert codes == ["held", "needs", "reports", "organizations", "unreachable", "guides", "skills"]
    first = todo.first_of(todo.panels(now))
    assert [row.since for row in first] == sorted(row.since for row in first)
    assert first[0].since == now - timedelta(days=2)


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
    assert Report.objects.get().state == ReportState.KEPT


def test_report_is_settled_once(client: Client, now: datetime) -> None:
    fill(now, 1)
    as_editor(client)
    url = reverse("pages:settle_report", args=[Report.objects.get().pk])
    assert client.get(url).status_code == 200
    client.post(url, {"state": "removed"})
    client.post(url, {"state": "kept"})
    assert Report.objects.get().state == ReportState.REMOVED


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
