"""Every mail of Django, allauth and Wagtail becomes a row."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.mail import EmailMultiAlternatives, send_mail

from tasks.models import Message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

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
