"""Everything that is read again just before a mail leaves: it was right when written, and may not be any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from members.enums import Rhythm
from members.models import Consent, Preference
from tasks import digests
from tasks.enums import MessageState
from tasks.kinds import MAIL_KINDS
from tasks.models import Hold, Message, Suppression
from tasks.models.suppression import SuppressionReason

if TYPE_CHECKING:
    from tasks.kinds import MailKind

HELD_S = 300
CROWDED_S = 30
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class End:
    """The mail does not leave; ``reason`` is a stable code."""

    state: MessageState
    reason: str


@dataclass(frozen=True, slots=True)
class Wait:
    """The mail leaves later."""

    until: datetime
    reason: str


def verdict(message: Message, *, now: datetime) -> End | Wait | None:
    """None when the mail may leave now."""
    kind = MAIL_KINDS.get(message.kind)
    if kind is None:
        return End(MessageState.DEAD, f"Nobody knows the kind of mail {message.kind!r}.")
    found = _for_all(message, kind, now) or (_for_optional(message, kind, now) if kind.is_optional else None)
    if isinstance(found, Wait) and (limit := useless_after(message)) and found.until >= limit:
        return End(MessageState.CANCELLED, f"too_late:{found.reason}")
    return found


def useless_after(message: Message) -> datetime | None:
    """The moment after which the mail does more harm than good."""
    stored = message.context.get("useless_after")
    return datetime.fromisoformat(stored) if isinstance(stored, str) else None


def earliest(address: str, kind: MailKind, *, now: datetime) -> datetime | None:
    """When an optional mail written now could leave: for what must not arrive too late to be proposed at all.

    Returns:
        The moment; None when this address does not get this kind.
    """
    probe = Message(kind=kind.code, address=address, mail_class=kind.mail_class, priority=kind.priority, context={})
    found = _closed(probe, kind) or (_for_optional(probe, kind, now) if kind.is_optional else None)
    if isinstance(found, End):
        return None
    return found.until if found else now


def _for_all(message: Message, kind: MailKind, now: datetime) -> End | None:
    limit = useless_after(message)
    if limit is not None and limit <= now:
        return End(MessageState.CANCELLED, "too_late")
    closed = _closed(message, kind)
    if closed is not None:
        return closed
    reason = kind.obsolete(message, now) if kind.obsolete else ""
    return End(MessageState.CANCELLED, reason) if reason else None


def _closed(message: Message, kind: MailKind) -> End | None:
    """Suppression and consent. Who asks for a sign-in code wants it, whatever they once complained about."""
    closed = Suppression.objects.filter(address=message.address.lower())
    if kind.is_secret:
        closed = closed.exclude(reason=SuppressionReason.COMPLAINT)
    row = closed.order_by("pk").first()
    if row is not None:
        return End(MessageState.SUPPRESSED, f"suppression:{row.reason}")
    if kind.consent is not None:
        consents = Consent.objects.filter(address=message.address.lower(), kind=kind.consent)
        if consents.exists() and not consents.filter(withdrawn_at=None).exists():
            return End(MessageState.SUPPRESSED, f"consent_withdrawn:{kind.consent}")
    return None


def _for_optional(message: Message, kind: MailKind, now: datetime) -> End | Wait | None:
    if Hold.objects.is_on():
        return Wait(now + timedelta(seconds=HELD_S), "held")
    preference = Preference.objects.of(message.address)
    if kind.code in preference.stopped_kinds:
        return End(MessageState.SUPPRESSED, "stopped")
    if preference.rhythm == Rhythm.OWN_ONLY:
        return End(MessageState.SUPPRESSED, "own_only")
    if preference.paused_until is not None and preference.paused_until > now:
        return Wait(preference.paused_until, "paused")
    if preference.rhythm == Rhythm.WEEKLY and kind.is_gathered:
        return Wait(digests.next_at(now) + digests.GRACE, "weekly")
    return _cap(message, now)


def _cap(message: Message, now: datetime) -> Wait | None:
    """At most so many optional mails to one address in any seven days, of whatever kinds.

    Mails being sent at this moment count too, so that two workers cannot both take the last place.
    """
    optional = Message.objects.filter(address=message.address.lower(), mail_class=message.mail_class)
    sent = optional.filter(state=MessageState.SENT, ended_at__gt=now - WEEK).order_by("ended_at")
    times = list(sent.values_list("ended_at", flat=True))
    if len(times) >= settings.OPTIONAL_MAILS_PER_WEEK:
        oldest = times[-settings.OPTIONAL_MAILS_PER_WEEK]
        return Wait((oldest or now) + WEEK, "weekly_cap")
    others = optional.filter(state=MessageState.LEASED, lease_until__gt=now).exclude(pk=message.pk)
    if len(times) + others.count() >= settings.OPTIONAL_MAILS_PER_WEEK:
        return Wait(now + timedelta(seconds=CROWDED_S), "weekly_cap")
    return None
