"""Every mail of Django, allauth and Wagtail becomes a row."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMultiAlternatives, send_mail

from members import mails
from tasks.enums import MessageClass
from tasks.kinds import MAIL_KINDS, USUAL
from tasks.models import Message
from tests.factories import UserFactory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

MAILS = Path(mails.__file__).parent / "templates" / "members" / "mails"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rows(settings: object, now: datetime) -> Iterator[None]:
    settings.EMAIL_BACKEND = "tasks.mail.RowBackend"  # type: ignore[attr-defined]  # pytest-django replaces it
    with time_machine.travel(now, tick=False):
        yield


def test_mail_to_two_people_is_two_rows_that_do_not_show_each_other() -> None:
    assert send_mail("Objet", "Texte", None, ["a@example.org", "b@example.org"]) == 1
    rows = Message.objects.order_by("address")
    assert [row.address for row in rows] == ["a@example.org", "b@example.org"]
    assert len({row.message_id for row in rows}) == 2
    assert {row.kind for row in rows} == {"plain"}


def test_message_id_and_html_are_kept() -> None:
    given = EmailMultiAlternatives("Objet", "Texte", to=["a@example.org"], headers={"Message-ID": "<x@example.org>"})
    given.attach_alternative("<p>Texte</p>", "text/html")
    given.send()
    row = Message.objects.get()
    assert row.message_id == "<x@example.org>"
    assert "<p>Texte</p>" in row.body_html


def test_sign_in_code_goes_first_and_expires(now: datetime) -> None:
    headers = {"X-Maillage-Kind": "sign_in_code", "X-Maillage-Language": "en"}
    EmailMultiAlternatives("123 456", "Texte", to=["a@example.org"], headers=headers).send()
    row = Message.objects.get()
    assert (row.kind, row.priority, row.lang, row.headers) == ("sign_in_code", 0, "en", {})
    expires = now + timedelta(minutes=settings.SIGN_IN_CODE_MINUTES)
    assert row.context["useless_after"] == expires.isoformat()


@pytest.mark.parametrize("path", sorted(MAILS.glob("*.txt")), ids=lambda path: path.stem)
def test_every_mail_of_the_members_room_has_a_kind_of_its_own(path: Path) -> None:
    kind = MAIL_KINDS[path.stem]
    assert kind.mail_class == MessageClass.NECESSARY
    assert kind.label
    assert kind.priority < USUAL, "somebody waits for it, or must act at once"


def test_link_to_a_new_password_is_a_secret_that_goes_first_and_expires(now: datetime) -> None:
    mails.new_password_mail(user=UserFactory.create(), url="https://maillage.example.org/x/").send()
    row = Message.objects.get()
    assert (row.kind, row.priority) == ("new_password", 0)
    assert row.context["useless_after"] == (now + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)).isoformat()
    assert MAIL_KINDS[row.kind].is_secret


@pytest.mark.parametrize("event", mails.EVENTS)
def test_change_of_a_password_or_factor_is_told_as_security(event: str) -> None:
    mails.security_mail(user=UserFactory.create(lang="en"), event=event).send()
    row = Message.objects.get()
    assert (row.kind, row.priority, row.lang) == ("security", 1, "en")
    assert "useless_after" not in row.context


def test_kind_that_nobody_registered_leaves_and_is_told_of(caplog: pytest.LogCaptureFixture) -> None:
    EmailMultiAlternatives("Objet", "Texte", to=["a@example.org"], headers={"X-Maillage-Kind": "unheard_of"}).send()
    assert Message.objects.get().kind == "plain"
    assert "unheard_of" in caplog.text


def test_mail_with_a_key_is_written_once() -> None:
    for _ in range(2):
        EmailMultiAlternatives("Objet", "Texte", to=["a@example.org"], headers={"X-Maillage-Key": "once"}).send()
    assert Message.objects.count() == 1


def test_broken_address_is_a_dead_row_and_not_an_error() -> None:
    EmailMultiAlternatives("Objet", "Texte", to=["a@example.org\nBcc: b@example.org"]).send()
    assert Message.objects.get().state == "dead"


def test_nothing_goes_to_djangos_own_outbox() -> None:
    send_mail("Objet", "Texte", None, ["a@example.org"])
    assert mail.outbox == []
