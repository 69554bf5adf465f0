"""The weekly digest: one mail per person and window, of what would have been sent at once to anyone else.

What it gathers are optional mails already written; their links keep their own tokens, and their clocks start when the
digest is handed over.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from maillage.core.models import Network
from members.enums import Rhythm
from members.models import Preference
from tasks import links, outbox, queue
from tasks.enums import MessageClass, MessageState
from tasks.kinds import MAIL_KINDS, MailKind, register
from tasks.models import Message
from tasks.models.lease import WAITING
from tasks.rendering import Content, render

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

KIND = register(
    MailKind("digest", label=_("Résumé de la semaine"), mail_class=MessageClass.OPTIONAL, is_gathered=False)
)
# What a digest should have taken, had it been written: looked at again this long after its hour.
GRACE = timedelta(hours=6)
DAYS_IN_WEEK = 7


def next_at(now: datetime) -> datetime:
    """The next digest's moment, local time."""
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    day = local.date() + timedelta(days=(settings.DIGEST_WEEKDAY - local.weekday()) % DAYS_IN_WEEK)
    moment = datetime.combine(day, time(settings.DIGEST_HOUR), tzinfo=local.tzinfo)
    return moment if moment > local else moment + timedelta(days=DAYS_IN_WEEK)


def window_of(now: datetime) -> str:
    """The window that a moment falls in, named by the day it opened: ``2026-11-24``."""
    return (next_at(now) - timedelta(days=DAYS_IN_WEEK)).date().isoformat()


def waiting_for(address: str) -> QuerySet[Message]:
    """Optional mails that wait for this address's digest, oldest first."""
    gathered = [kind.code for kind in MAIL_KINDS.values() if kind.is_optional and kind.is_gathered]
    waiting = Message.objects.filter(address=address.lower(), kind__in=gathered, state__in=WAITING)
    return waiting.order_by("created_at", "pk")


def open_window(*, window: str, now: datetime) -> None:
    """Write one job for each person who has chosen the week and for whom something waits."""
    weekly = Preference.objects.filter(rhythm=Rhythm.WEEKLY).order_by("pk")
    for preference in weekly.iterator():
        if waiting_for(preference.address).exists():
            args = {"window": window, "preference_id": preference.pk}
            queue.enqueue(kind="digest.person", dedupe_key=f"digest:{window}:{preference.pk}", args=args, now=now)


def write_digest(*, window: str, preference_id: int, now: datetime) -> str | None:
    """Gather what waits for one person into one mail; returns why not, if nothing is to be said."""
    preference = Preference.objects.filter(pk=preference_id, rhythm=Rhythm.WEEKLY).first()
    if preference is None:
        return "not_weekly"
    found = [message for message in waiting_for(preference.address) if not _is_obsolete(message, preference, now)]
    if not found:
        return "nothing_to_say"
    lang = preference.lang or found[-1].lang
    content = _content(found, lang)
    with transaction.atomic():
        locked = waiting_for(preference.address).select_for_update(skip_locked=True)
        still = set(locked.filter(pk__in=[message.pk for message in found]).values_list("pk", flat=True))
        if len(still) < len(found):
            raise queue.LeaseLostError("A gathered mail is being sent; the digest is drawn again.")
        _write(found, preference, content, key=f"digest:{window}:{preference_id}", lang=lang, now=now)
    return None


def _is_obsolete(message: Message, preference: Preference, now: datetime) -> bool:
    kind = MAIL_KINDS[message.kind]
    limit = message.context.get("useless_after")
    is_late = isinstance(limit, str) and datetime.fromisoformat(limit) <= now
    return is_late or kind.code in preference.stopped_kinds or bool(kind.obsolete and kind.obsolete(message, now))


def _content(found: Sequence[Message], lang: str) -> Content:
    entries = [
        {name: links.address_from(str(text), message) for name, text in _summary(message).items()} for message in found
    ]
    context = {
        "entries": entries,
        "network": Network.objects.current(),
        "recipient_name": "",
        "telephone": Network.objects.current().telephone,
        "footer_reason": "",
        "unsubscribe_url": links.token_url("members:unsubscribe", "unsubscribe", lang=lang),
    }
    return render("tasks/digest", lang=lang, context=context)


def _summary(message: Message) -> dict[str, str]:
    summary = message.context.get("summary")
    return summary if isinstance(summary, dict) else {"title": message.subject, "text": message.body_text, "url": ""}


def _write(
    found: Sequence[Message], preference: Preference, content: Content, *, key: str, lang: str, now: datetime
) -> None:
    outbox.write_message(
        kind=KIND.code,
        dedupe_key=key,
        address=preference.address,
        lang=lang,
        content=content,
        now=now,
        context={
            "gathered": [message.message_id for message in found],
            "origins": {message.message_id: message.context.get("purposes", []) for message in found},
        },
    )
    Message.objects.filter(pk__in=[message.pk for message in found]).update(
        state=MessageState.CANCELLED, ended_at=now, last_error=f"gathered:{key}"
    )
