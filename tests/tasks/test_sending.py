"""Sending one mail, and what follows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.conf import settings

from tasks import journal, posting
from tasks.enums import MessageState
from tasks.kinds import MAIL_KINDS, MailKind
from tasks.models import Job, Message, Suppression
from tasks.sending import send_message
from tasks.worker import run_job
from tests.tasks.rows import make_message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

pytestmark = pytest.mark.django_db
CODE = "test_followed"


class Server:
    """Stands for the mail server: counts, and answers with an exception if told."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.error: Exception | None = None

    def post(self, message: Message) -> None:
        if self.error is not None:
            raise self.error
        self.taken.append(message.message_id)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, now: datetime) -> Iterator[Server]:
    made = Server()
    monkeypatch.setattr(posting, "post", made.post)
    with time_machine.travel(now, tick=False):
        yield made


@pytest.fixture
def followed() -> Iterator[list[str]]:
    told: list[str] = []
    MAIL_KINDS[CODE] = MailKind(
        CODE,
        label="followed",
        on_handed_over=lambda message, now: told.append(f"over {message.message_id}"),
        on_undeliverable=lambda message, now: told.append(f"never {message.message_id}"),
    )
    yield told
    del MAIL_KINDS[CODE]


def run_jobs() -> None:
    for pk in Job.objects.filter(state="pending").values_list("pk", flat=True):
        run_job(pk)


def test_sent_once(server: Server, now: datetime) -> None:
    message = make_message(now)
    send_message(message.pk)
    send_message(message.pk)
    message.refresh_from_db()
    assert server.taken == [message.message_id]
    assert (message.state, message.ended_at) == (MessageState.SENT, now)


def test_full_disk_of_the_journal_does_not_send_a_mail_twice(
    server: Server, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(journal, "write", refuse)
    send_message(make_message(now).pk)
    assert (Message.objects.get().state, len(server.taken)) == (MessageState.SENT, 1)


def test_clocks_start_when_a_server_took_the_mail(server: Server, followed: list[str], now: datetime) -> None:
    message = make_message(now, kind=CODE)
    send_message(message.pk)
    run_jobs()
    assert followed == [f"over {message.message_id}"]


def test_dead_address_is_closed_and_whoever_waits_is_told(server: Server, followed: list[str], now: datetime) -> None:
    server.error = posting.BouncedError("550 5.1.1 unknown", is_address_dead=True)
    message = make_message(now, kind=CODE, address="Gone@example.org")
    send_message(message.pk)
    run_jobs()
    message.refresh_from_db()
    assert message.state == MessageState.BOUNCED
    assert Suppression.objects.get().address == "gone@example.org"
    assert followed == [f"never {message.message_id}"]


def test_refusal_of_the_content_does_not_close_the_address(server: Server, now: datetime) -> None:
    server.error = posting.BouncedError("554 5.7.1 spam", is_address_dead=False)
    send_message(make_message(now).pk)
    assert Message.objects.get().state == MessageState.BOUNCED
    assert not Suppression.objects.exists()


def test_temporary_refusal_is_tried_five_times_then_told(server: Server, followed: list[str], now: datetime) -> None:
    server.error = posting.TryAgainError("450 later")
    message = make_message(now, kind=CODE)
    for _ in range(settings.QUEUE_MAX_ATTEMPTS):
        with time_machine.travel(Message.objects.get().due_at, tick=False):
            send_message(message.pk)
            run_jobs()
    message.refresh_from_db()
    assert (message.state, message.last_error) == (MessageState.DEAD, "450 later")
    assert followed == [f"never {message.message_id}"]


def test_server_that_is_down_costs_no_attempt(server: Server, now: datetime) -> None:
    server.error = posting.ServerDownError("ConnectionRefusedError")
    message = make_message(now)
    for _ in range(3 * settings.QUEUE_MAX_ATTEMPTS):
        with time_machine.travel(Message.objects.get().due_at, tick=False):
            send_message(message.pk)
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.RETRY, 0)
    server.error = None
    with time_machine.travel(message.due_at, tick=False):
        send_message(message.pk)
    assert len(server.taken) == 1


def test_unexpected_error_is_written_and_tried_again(server: Server, now: datetime) -> None:
    server.error = KeyError("template")
    send_message(make_message(now).pk)
    message = Message.objects.get()
    assert message.state == MessageState.RETRY
    assert "KeyError" in message.last_error


def test_row_that_can_never_be_a_mail_is_dead_and_holds_nothing_up(server: Server, now: datetime) -> None:
    broken, good = make_message(now, key="broken"), make_message(now, key="good")
    Message.objects.filter(pk=broken.pk).update(address="a@example.org\r\nBcc: b@example.org")
    send_message(broken.pk)
    send_message(good.pk)
    states = dict(Message.objects.values_list("dedupe_key", "state"))
    assert states == {"broken": MessageState.DEAD, "good": MessageState.SENT}


def test_unknown_kind_of_mail_is_dead(server: Server, now: datetime) -> None:
    message = make_message(now)
    Message.objects.update(kind="nobody_knows")
    send_message(message.pk)
    stored = Message.objects.get()
    assert stored.state == MessageState.DEAD
    assert "nobody_knows" in stored.last_error


def test_mail_whose_workers_were_lost_is_told_undeliverable(server: Server, followed: list[str], now: datetime) -> None:
    message = make_message(now, kind=CODE)
    Message.objects.update(attempts=settings.QUEUE_MAX_ATTEMPTS)
    send_message(message.pk)
    run_jobs()
    assert Message.objects.get().state == MessageState.DEAD
    assert followed == [f"never {message.message_id}"]


def test_secret_is_forgotten_once_sent_or_expired(server: Server, now: datetime) -> None:
    for key in ("sent", "expired"):
        make_message(now, kind="sign_in_code", key=key, useless_after=now + timedelta(minutes=20))
    send_message(Message.objects.get(dedupe_key="sent").pk)
    with time_machine.travel(now + timedelta(minutes=21), tick=False):
        send_message(Message.objects.get(dedupe_key="expired").pk)
    found = {message.dedupe_key: (message.state, message.body_text) for message in Message.objects.all()}
    assert found == {"sent": (MessageState.SENT, ""), "expired": (MessageState.CANCELLED, "")}


@pytest.mark.usefixtures("server")
def test_cancelled_while_it_was_being_sent_is_not_written_over(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    message = make_message(now)

    def cancel(sent: Message) -> None:
        Message.objects.filter(pk=sent.pk).update(state="cancelled", lease_token="")

    monkeypatch.setattr(posting, "post", cancel)
    send_message(message.pk)
    assert Message.objects.get().state == MessageState.CANCELLED
