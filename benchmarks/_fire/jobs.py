"""Jobs and kinds of mail that only campaigns use."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from maillage.core.audit import record
from maillage.core.models import Network
from tasks import outbox
from tasks.celery import app
from tasks.enums import MessageClass
from tasks.kinds import MailKind, register
from tasks.registry import job
from tasks.rendering import Content

if TYPE_CHECKING:
    from datetime import datetime

    from tasks.models import Message


def _told(message: Message, now: datetime) -> None:
    """What starts a clock in the real network: counted, to see that it happens once."""
    record(verb="fire.told", subject=_network(), now=now, message_id=message.message_id)


LETTER = register(MailKind("fire_letter", label="campaign", on_handed_over=_told))
OFFER = register(MailKind("fire_offer", label="campaign", mail_class=MessageClass.OPTIONAL))
TEXT = "Bonjour,\n\nVoici la lettre numéro {number} de la campagne. Elle ne doit ni se perdre ni se répéter.\n"


def letter(number: int, *, address: str, key: str, now: datetime, kind: str = LETTER.code) -> None:
    """Write one mail."""
    text = TEXT.format(number=number)
    content = Content(f"Lettre {number}", text, f"<p>{text}</p>")
    summary = {"title": f"Lettre {number}", "text": text, "url": ""}
    outbox.write_message(
        kind=kind, dedupe_key=key, address=address, lang="fr", content=content, now=now, summary=summary
    )


@job("fire.letter")
def write_letter(*, now: datetime, number: int, domain: str = "example.org") -> None:
    """One job, one mail."""
    letter(number, address=f"p{number}@{domain}", key=f"fire:letter:{number}", now=now)


@job("fire.fact")
def write_fact(*, now: datetime, number: int) -> None:
    """One job, one fact, exactly once: the write and the mark « done » are one transaction."""
    record(verb="fire.fact", subject=_network(), now=now, number=number)


@job("fire.kill", is_atomic=False)
def kill(*, now: datetime) -> None:
    """Poison: the worker that runs it dies."""
    _count("kill", now)
    os.kill(os.getpid(), signal.SIGKILL)


@job("fire.hang", is_atomic=False)
def hang(*, now: datetime) -> None:
    """Poison: never ends by itself."""
    _count("hang", now)
    while True:
        time.sleep(1)


@job("fire.raise", is_atomic=False)
def fail(*, now: datetime) -> None:
    """Poison: raises."""
    _count("raise", now)
    raise RuntimeError("This job always fails.")


def _count(what: str, now: datetime) -> None:
    record(verb=f"fire.{what}", subject=_network(), now=now)


def _network() -> Network:
    return Network(pk=1)


@app.task(name="fire.plain")
def plain(number: int) -> None:
    """The same fact, by Celery alone, acknowledged late."""
    with transaction.atomic():
        record(verb="fire.plain", subject=_network(), now=timezone.now(), number=number)
