"""« État des envois » and the page of demonstration mails."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from maillage.core.models import AuditEntry
from tasks import posting
from tasks.models import Hold, Job, Message
from tests.factories import UserFactory
from tests.tasks.rows import make_job, make_message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db
STATUS = "/envois/"


@pytest.fixture(autouse=True)
def _at(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(UserFactory(administrator=True))
    return client


def test_says_that_all_is_well(operator: Client, now: datetime) -> None:
    make_job(now, due_at=now + timedelta(days=1))
    page = operator.get(STATUS).content.decode()
    assert "Tout va bien." in page


def test_says_what_is_wrong_and_what_to_do(operator: Client, now: datetime) -> None:
    make_job(now - timedelta(hours=2))
    make_message(now)
    Message.objects.update(state="dead", ended_at=now, last_error="450 later")
    page = operator.get(STATUS).content.decode()
    assert "Des travaux attendent depuis plus de cinq minutes." in page
    assert "manage.py worker" in page
    assert "450 later" in page
    assert "2 heures" in page


@pytest.mark.parametrize("who", ["nobody", "member", "editor"])
def test_is_the_operators_alone(client: Client, now: datetime, who: str) -> None:
    job = make_job(now, state="dead", ended_at=now)
    if who != "nobody":
        client.force_login(UserFactory(editor=who == "editor"))
    assert client.get(STATUS).status_code == 403
    for name in ("reprendre", "annuler"):
        assert client.post(f"{STATUS}travaux/{job.pk}/{name}/").status_code == 403
    assert client.post(f"{STATUS}suspendre/", {"hold": "1"}).status_code == 403
    assert Job.objects.get().state == "dead"


def test_dead_rows_are_retried_and_cancelled_by_hand(operator: Client, now: datetime) -> None:
    job, message = make_job(now, state="dead", attempts=5, ended_at=now), make_message(now)
    Message.objects.update(state="dead", ended_at=now)
    operator.post(f"{STATUS}travaux/{job.pk}/reprendre/")
    operator.post(f"{STATUS}messages/{message.pk}/annuler/")
    assert (Job.objects.get().state, Message.objects.get().state) == ("pending", "cancelled")
    assert set(AuditEntry.objects.values_list("verb", flat=True)) == {"job.retried", "message.cancelled"}


def test_row_that_changed_meanwhile_is_left_alone(operator: Client, now: datetime) -> None:
    job = make_job(now, state="done", ended_at=now)
    for name in ("reprendre", "annuler"):
        page = operator.post(f"{STATUS}travaux/{job.pk}/{name}/", follow=True).content.decode()
        assert "rien n’a été fait" in page
    assert Job.objects.get().state == "done"


def test_all_dead_rows_are_retried_at_once(operator: Client, now: datetime) -> None:
    for number in range(3):
        make_job(now, key=f"job:{number}", state="dead", attempts=5, ended_at=now)
    operator.post(f"{STATUS}reprendre/", {"rows": "jobs"})
    assert set(Job.objects.values_list("state", "attempts")) == {("pending", 0)}
    assert operator.post(f"{STATUS}reprendre/", {"rows": "everything"}).status_code == 404


def test_optional_mail_is_held_and_released(operator: Client) -> None:
    page = operator.post(f"{STATUS}suspendre/", {"hold": "1"}, follow=True).content.decode()
    assert "Les laisser partir" in page
    assert Hold.objects.is_on()
    operator.post(f"{STATUS}suspendre/")
    assert not Hold.objects.is_on()


def test_get_changes_nothing(operator: Client, now: datetime) -> None:
    job = make_job(now, state="dead", ended_at=now)
    for path in ("suspendre/", "reprendre/", f"travaux/{job.pk}/reprendre/", f"travaux/{job.pk}/annuler/"):
        assert operator.get(f"{STATUS}{path}").status_code == 405


def test_same_queries_whatever_the_number_of_rows(
    operator: Client, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def fill(count: int) -> None:
        for number in range(Job.objects.count(), count):
            make_job(now, key=f"due:{number}")
            make_job(now, key=f"dead:{number}", state="dead", ended_at=now)
            make_message(now, key=f"mail:{number}", address="not one")

    fill(2)
    operator.get(STATUS)
    with CaptureQueriesContext(connection) as few:
        operator.get(STATUS)
    fill(20)
    with django_assert_num_queries(len(few.captured_queries)):
        operator.get(STATUS)


def test_demonstration_mails_are_on_a_page(
    client: Client, now: datetime, settings: SettingsWrapper, tmp_path: Path
) -> None:
    settings.MAIL_FOLDER = tmp_path
    assert "Aucun courriel" in client.get(f"{STATUS}courriels/").content.decode()
    posting.post(make_message(now))
    listing = client.get(f"{STATUS}courriels/").content.decode()
    assert "ana@example.org" in listing
    (path,) = tmp_path.iterdir()
    page = client.get(f"{STATUS}courriels/{path.stem}/").content.decode()
    assert "voilà." in page
    assert client.get(f"{STATUS}courriels/absent/").status_code == 404


def test_demonstration_mails_are_closed_where_mail_leaves(client: Client, settings: SettingsWrapper) -> None:
    settings.MAIL_URL = "smtp://mail.example"
    assert client.get(f"{STATUS}courriels/").status_code == 404
    settings.MAIL_URL, settings.MAIL_PAGE_SHOWN = "", False
    assert client.get(f"{STATUS}courriels/").status_code == 404
