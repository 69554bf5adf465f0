"""Health, metrics, journal, retention, webhooks, Wagtail's tasks."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
import time_machine
from anymail.signals import tracking
from django.core.management import CommandError, call_command
from django.db import OperationalError
from wagtail.tasks import delete_file_from_storage_task, update_reference_index_task

from expertise.needs.models import Need
from maillage.core.models import Network
from tasks import journal, recurring, retention
from tasks.enums import JobState
from tasks.models import Job, Message, Suppression
from tasks.worker import run_job
from tests.factories import NeedFactory
from tests.tasks.rows import make_job, make_message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield


def test_live_asks_nothing_of_the_database(client: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert client.get("/health/live").status_code == 200


def test_ready_while_the_queue_advances(client: Client, now: datetime) -> None:
    make_job(now - timedelta(seconds=30))
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["is_ready"], answer.json()["oldest_job_s"]) == (200, True, 30.0)


def test_not_ready_when_nobody_works(client: Client, now: datetime) -> None:
    make_job(now - timedelta(minutes=10))
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["problems"]) == (503, ["jobs_late"])


def test_dead_rows_are_told_but_stop_nothing(client: Client, now: datetime) -> None:
    make_job(now, state="dead", ended_at=now)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["problems"]) == (200, ["dead_rows"])


def test_not_ready_without_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        raise OperationalError("down")

    monkeypatch.setattr("tasks.health.look", fail)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["problems"]) == (503, ["database"])


def test_metrics_are_for_this_machine_or_for_the_token(
    client: Client, settings: SettingsWrapper, now: datetime
) -> None:
    make_message(now)
    text = client.get("/metrics").content.decode()
    assert 'maillage_messages{state="pending"} 1.0' in text
    assert client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"}).status_code == 404
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404
    settings.METRICS_TOKEN = "secret"
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer no"}).status_code == 404
    assert client.get("/metrics", headers={"Authorization": "Bearer secret"}).status_code == 200


def test_numbers_of_health_are_not_for_everyone(client: Client) -> None:
    assert set(client.get("/health/ready", REMOTE_ADDR="203.0.113.9").json()) == {"is_ready", "problems"}


def test_webhooks_are_closed_without_a_secret(client: Client) -> None:
    assert client.post("/mail-events/postmark/tracking/", "{}", content_type="application/json").status_code == 404


def event(kind: str, address: str, message_id: str = "") -> SimpleNamespace:
    return SimpleNamespace(
        event_type=kind, recipient=address, message_id=message_id, mta_response="550 gone", description=""
    )


@pytest.mark.parametrize(("kind", "reason"), [("bounced", "bounce"), ("complained", "complaint")])
def test_bounce_and_complaint_close_the_address(kind: str, reason: str) -> None:
    for _ in range(2):
        tracking.send(sender=object, event=event(kind, "Ana@example.org"), esp_name="test")
    assert Suppression.objects.get(address="ana@example.org").reason == reason


def test_closed_address_is_opened_again_by_hand(now: datetime) -> None:
    tracking.send(sender=object, event=event("bounced", "ana@example.org"), esp_name="test")
    call_command("open_address", "Ana@example.org", stdout=StringIO())
    assert not Suppression.objects.exists()
    with pytest.raises(CommandError):
        call_command("open_address", "ana@example.org")


def test_deferred_delivery_closes_nothing(now: datetime) -> None:
    tracking.send(sender=object, event=event("deferred", "ana@example.org"), esp_name="test")
    assert not Suppression.objects.exists()


def test_bounce_told_later_marks_its_mail(now: datetime) -> None:
    message = make_message(now)
    Message.objects.update(state="sent", ended_at=now)
    tracking.send(sender=object, event=event("bounced", message.address, message.message_id), esp_name="test")
    assert Message.objects.get().state == "bounced"


def test_old_bodies_are_emptied_and_live_ones_kept(now: datetime, settings: SettingsWrapper) -> None:
    old, recent, waiting = (make_message(now, key=key) for key in ("old", "recent", "waiting"))
    limit = now - timedelta(days=settings.MESSAGE_BODY_KEPT_DAYS)
    Message.objects.filter(pk=old.pk).update(state="sent", ended_at=limit - timedelta(seconds=1))
    Message.objects.filter(pk=recent.pk).update(state="sent", ended_at=limit + timedelta(seconds=1))
    retention.tidy(now=now)
    kept = dict(Message.objects.values_list("dedupe_key", "body_text"))
    assert (kept["old"], bool(kept["recent"]), bool(kept["waiting"])) == ("", True, True)
    assert waiting.emptied_at is None


def test_old_rows_are_archived_without_personal_data(now: datetime, settings: SettingsWrapper, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    long_ago = now - timedelta(days=1000)
    for key, state in (("done", "done"), ("dead", "dead"), ("live", "pending")):
        make_job(now, key=key, state=state, ended_at=None if state == "pending" else long_ago)
    make_message(now, key="letter:old")
    Message.objects.update(state="sent", ended_at=long_ago)
    retention.tidy(now=now)
    assert set(Job.objects.values_list("dedupe_key", flat=True)) == {"dead", "live"}
    assert not Message.objects.exists()
    lines = [json.loads(line) for path in (tmp_path / "archive").iterdir() for line in path.read_text().splitlines()]
    assert {line["dedupe_key"] for line in lines} == {"done", "letter:old"}
    assert "ana@example.org" not in json.dumps(lines)


def test_what_nobody_came_back_to_goes_once_a_day(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recurring, "_planted", {})
    NeedFactory.create(draft=True, updated_at=now - timedelta(days=91))
    kept = NeedFactory.create(draft=True, updated_at=now - timedelta(days=89))
    for _ in range(2):
        recurring.plant(now=now)
    job = Job.objects.get(kind="retention")
    run_job(job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert list(Need.objects.all()) == [kept]


@pytest.fixture
def journals(settings: SettingsWrapper, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    return tmp_path / "journal"


def test_restored_database_does_not_send_again_what_left(journals: Path, now: datetime) -> None:
    known, lost = make_message(now, key="known"), make_message(now, key="lost")
    for message in (known, lost):
        journal.write(message, now=now)
    lost.delete()  # written after the backup
    waiting = make_message(now, key="waiting")
    path = next(journals.iterdir())
    path.write_text(path.read_text() + '{"at": "2026-')  # cut by the crash
    assert known.address not in path.read_text()
    call_command("restored", str(path), stdout=StringIO())
    again = make_message(now, key="lost")
    states = dict(Message.objects.values_list("dedupe_key", "state"))
    assert states == {"known": "sent", "lost": "sent", "waiting": "pending"}
    assert again.message_id == lost.message_id
    call_command("restored", str(path), "--cancel-rest", stdout=StringIO())
    waiting.refresh_from_db()
    assert waiting.state == "cancelled"


def test_restored_wants_journals_that_exist(journals: Path) -> None:
    with pytest.raises(CommandError, match="No such journal"):
        call_command("restored", str(journals / "absent.jsonl"))
    with pytest.raises(CommandError, match="cancel-rest"):
        call_command("restored")


def test_wagtails_background_tasks_are_jobs(now: datetime) -> None:
    network = Network.objects.create()
    Job.objects.all().delete()
    update_reference_index_task.enqueue("core", "network", str(network.pk))
    job = Job.objects.get()
    run_job(job.pk)
    assert Job.objects.get().state == "done"


def test_object_gone_meanwhile_is_no_failure(now: datetime) -> None:
    update_reference_index_task.enqueue("core", "network", "987654")
    run_job(Job.objects.get().pk)
    assert (Job.objects.get().state, Job.objects.get().last_error) == ("cancelled", "gone")


def test_background_task_that_fails_is_tried_again(now: datetime) -> None:
    delete_file_from_storage_task.enqueue(["no.such.Storage", [], {}], "a.txt")
    run_job(Job.objects.get().pk)
    assert Job.objects.get().state == "retry"
