"""« Toujours exact »: an old guide is read again, and found right."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.urls import reverse

from maillage.core.models import AuditEntry
from tests.factories import UserFactory
from tests.wiki.test_guides import published, written
from wiki import services, todo
from wiki.models import GuidePage

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.test import Client

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


def old(now: datetime, *, published_at: datetime, checked_on: date | None = None) -> GuidePage:
    """A guide that readers see, published and perhaps checked long ago."""
    guide = published(UserFactory(), now)
    GuidePage.objects.filter(pk=guide.pk).update(last_published_at=published_at, checked_on=checked_on)
    return guide


def test_oldest_reading_comes_first_whether_a_check_or_the_publication(now: datetime) -> None:
    checked = old(now, published_at=now - 5 * YEAR, checked_on=(now - 2 * YEAR).date())
    never = old(now, published_at=now - 3 * YEAR)
    old(now, published_at=now - 9 * YEAR, checked_on=now.date())
    old(now, published_at=now)
    waiting = todo.unchecked(now, 20)
    edits = [row.second.url if row.second else "" for row in waiting.rows]
    assert edits == [reverse("wiki:edit", args=[guide.pk]) for guide in (never, checked)]


def test_check_is_dated_today_and_leaves_the_revision_in_hand(client: Client, now: datetime) -> None:
    guide = old(now, published_at=now - 2 * YEAR)
    guide.refresh_from_db()
    before = guide.latest_revision_id
    (row,) = todo.unchecked(now, 20).rows
    assert row.button is not None
    client.force_login(UserFactory(editor=True))
    with time_machine.travel(now, tick=False):
        answer = client.post(row.button.url, {"next": reverse("home:todo")})
    assert answer["Location"] == reverse("home:todo")
    guide.refresh_from_db()
    assert (guide.checked_on, guide.latest_revision_id) == (now.date(), before)
    assert guide.get_latest_revision_as_object().checked_on == now.date()
    assert todo.unchecked(now, 20).count == 0
    assert AuditEntry.objects.filter(verb="guide.checked").count() == 1


def test_draft_is_not_checked(client: Client, now: datetime) -> None:
    editor = UserFactory(editor=True)
    guide = written(UserFactory(), now)
    with pytest.raises(services.GuideStateError):
        services.check_guide(guide=guide, actor=editor, now=now)
    client.force_login(editor)
    assert client.post(reverse("wiki:check", args=[guide.pk])).status_code == 302
    guide.refresh_from_db()
    assert guide.checked_on is None


def test_members_do_not_check(client: Client, now: datetime) -> None:
    guide = old(now, published_at=now - 2 * YEAR)
    client.force_login(UserFactory())
    assert client.post(reverse("wiki:check", args=[guide.pk])).status_code == 403
