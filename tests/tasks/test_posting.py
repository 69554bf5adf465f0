"""Handing over: a folder, a real server on loopback, a provider."""

from __future__ import annotations

import asyncio
import smtplib
from email import message_from_bytes
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.controller import Controller
from anymail.exceptions import AnymailRecipientsRefused, AnymailRequestsAPIError

from benchmarks._fire.ports import free_port
from tasks import posting
from tests.tasks.rows import make_message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from aiosmtpd.smtp import SMTP, Envelope, Session
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db


class Server:
    """A real SMTP server that answers as told."""

    def __init__(self) -> None:
        self.received: list[bytes] = []
        self.at_recipient = self.at_data = "250 OK"
        self.is_over = asyncio.Event()

    async def settle(self) -> None:
        """Let every conversation end, so that no socket is left open."""
        self.is_over.set()
        conversations = asyncio.all_tasks() - {asyncio.current_task()}
        if conversations:
            await asyncio.wait(conversations, timeout=5)

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.at_recipient

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.at_data == "hang up":
            server.transport.abort()
        if self.at_data == "silence":
            await self.is_over.wait()
            server.transport.abort()
        self.received.append(envelope.original_content or b"")
        return self.at_data


@pytest.fixture
def server(settings: SettingsWrapper) -> Iterator[Server]:
    made = Server()
    controller = Controller(made, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.MAIL_URL = f"smtp://127.0.0.1:{controller.port}"
    settings.EMAIL_TIMEOUT = 1
    yield made
    asyncio.run_coroutine_threadsafe(made.settle(), controller.loop).result()
    controller.stop(no_assert=True)


def test_folder_keeps_one_file_a_mail_however_often_it_is_handed_over(
    now: datetime, settings: SettingsWrapper, tmp_path: Path
) -> None:
    settings.MAIL_FOLDER = tmp_path
    message = make_message(now)
    posting.post(message)
    posting.post(message)
    (path,) = tmp_path.iterdir()
    assert message_from_bytes(path.read_bytes())["Message-ID"] == message.message_id


def test_server_gets_the_same_bytes_at_each_try(server: Server, now: datetime) -> None:
    message = make_message(now)
    posting.post(message)
    posting.post(message)
    first, second = server.received
    assert first == second
    assert message_from_bytes(first)["Message-ID"] == message.message_id


@pytest.mark.parametrize(
    ("answer", "is_dead"),
    [("550 5.1.1 No such user", True), ("550 No such user", True), ("552 5.2.2 Full", False), ("550 5.7.1 No", False)],
)
def test_refused_recipient_bounces_and_only_an_unknown_one_is_closed(
    server: Server, now: datetime, answer: str, is_dead: bool
) -> None:
    server.at_recipient = answer
    with pytest.raises(posting.BouncedError) as refused:
        posting.post(make_message(now))
    assert refused.value.is_address_dead is is_dead
    assert answer.rsplit(maxsplit=1)[-1] in str(refused.value)


def test_refused_content_bounces_and_closes_nothing(server: Server, now: datetime) -> None:
    server.at_data = "554 5.7.1 Spam"
    with pytest.raises(posting.BouncedError) as refused:
        posting.post(make_message(now))
    assert not refused.value.is_address_dead


@pytest.mark.parametrize("answer", ["450 4.7.1 Greylisted", "421 4.3.2 Closing"])
def test_temporary_refusal_is_tried_again(server: Server, now: datetime, answer: str) -> None:
    server.at_recipient = answer
    with pytest.raises(posting.TryAgainError):
        posting.post(make_message(now))


@pytest.mark.parametrize("act", ["hang up", "silence"])
def test_dead_connection_says_nothing_about_delivery(server: Server, now: datetime, act: str) -> None:
    server.at_data = act
    with pytest.raises(posting.TryAgainError):
        posting.post(make_message(now))


def test_refused_sender_is_nobody_elses_fault(now: datetime, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise smtplib.SMTPSenderRefused(553, b"Not yours", "maillage@example.org")

    monkeypatch.setattr(smtplib.SMTP, "sendmail", refuse)
    with pytest.raises(posting.TryAgainError):
        posting.post(make_message(now))


def test_absent_server_and_wrong_password_are_ours_to_mend(
    server: Server, now: datetime, settings: SettingsWrapper
) -> None:
    message = make_message(now)
    settings.MAIL_URL = settings.MAIL_URL.replace("smtp://", "smtp://someone:wrong@")
    with pytest.raises(posting.ServerDownError):
        posting.post(message)
    settings.MAIL_URL = f"smtp://127.0.0.1:{free_port()}"
    with pytest.raises(posting.ServerDownError):
        posting.post(message)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtps://a%40b:p%2Fq@mail.example", (465, True, False, "a@b", "p/q")),
        ("smtp://mail.example:587", (587, False, True, "", "")),
        ("smtp://mail.example?starttls=1", (25, False, True, "", "")),
        ("smtp://mail.example", (25, False, False, "", "")),
    ],
)
def test_url_says_how_to_connect(url: str, expected: tuple[object, ...]) -> None:
    made = posting.server(url)
    assert (made.port, made.is_tls, made.is_starttls, made.username, made.password) == expected


class Provider:
    """Stands for anymail's backend."""

    def __init__(self) -> None:
        self.sent: list[Any] = []
        self.error: Exception | None = None

    def send_messages(self, mails: list[Any]) -> None:
        if self.error is not None:
            raise self.error
        self.sent += mails


@pytest.fixture
def provider(settings: SettingsWrapper, monkeypatch: pytest.MonkeyPatch) -> Provider:
    made = Provider()
    settings.MAIL_URL = "anymail+postmark://key"
    monkeypatch.setattr(posting, "provider", lambda url: made)
    return made


def test_provider_gets_text_html_and_our_identity(provider: Provider, now: datetime) -> None:
    message = make_message(now, reply_to="Ana <ana@example.org>")
    posting.post(message)
    (mail,) = provider.sent
    assert mail.extra_headers["Message-ID"] == message.message_id
    assert (mail.to, mail.reply_to) == ([message.address], ["Ana <ana@example.org>"])
    assert mail.alternatives[0][1] == "text/html"


def test_provider_refuses_a_recipient_a_key_or_a_moment(provider: Provider, now: datetime) -> None:
    message = make_message(now)
    provider.error = AnymailRecipientsRefused("no")
    with pytest.raises(posting.BouncedError):
        posting.post(message)
    for status, expected in (
        (401, posting.ServerDownError),
        (500, posting.TryAgainError),
        (429, posting.TryAgainError),
    ):
        answer = SimpleNamespace(status_code=status, reason="no", text="no")
        provider.error = AnymailRequestsAPIError("no", response=answer)
        with pytest.raises(expected):
            posting.post(message)


def test_provider_is_named_by_its_url() -> None:
    made = posting.provider("anymail+postmark://SECRET%2F1?message_stream=outbound")
    assert made.server_token == "SECRET/1"  # type: ignore[attr-defined]
