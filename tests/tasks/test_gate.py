"""What is read again just before a mail leaves."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from members.enums import ConsentKind, Rhythm
from members.models import Consent, Preference
from tasks import gate, suppressions
from tasks.enums import MessageClass, MessageState
from tasks.holding import hold_optional_mail
from tasks.kinds import MAIL_KINDS, MailKind
from tasks.models import Message
from tasks.models.suppression import SuppressionReason
from tests.factories import UserFactory
from tests.tasks.rows import LETTER, NEWS, make_message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

pytestmark = pytest.mark.django_db


@pytest.fixture
def guarded() -> Iterator[MailKind]:
    kind = MailKind(
        "test_guarded",
        label="guarded",
        consent=ConsentKind.REQUESTS,
        obsolete=lambda message, now: "already_answered" if message.context.get("is_answered") else "",
    )
    MAIL_KINDS[kind.code] = kind
    yield kind
    del MAIL_KINDS[kind.code]


def prefer(now: datetime, **choices: object) -> None:
    Preference.objects.create(address="ana@example.org", updated_at=now, **choices)


def sent_before(now: datetime, count: int, *, every: timedelta = timedelta(days=1)) -> None:
    for number in range(count):
        make_message(now, kind=NEWS.code, key=f"sent:{number}")
        at = now - every * (number + 1)
        Message.objects.filter(dedupe_key=f"sent:{number}").update(state="sent", ended_at=at)


def test_nothing_stands_in_the_way_of_a_usual_mail(now: datetime) -> None:
    for kind in (LETTER, NEWS):
        assert gate.verdict(make_message(now, kind=kind.code, key=kind.code), now=now) is None


@pytest.mark.parametrize("kind", [LETTER, NEWS])
def test_closed_address_gets_nothing(now: datetime, kind: MailKind) -> None:
    suppressions.close(address=" Ana@Example.org ", reason=SuppressionReason.BOUNCE, now=now)
    message = make_message(now, kind=kind.code, address="ANA@example.org")
    assert gate.verdict(message, now=now) == gate.End(MessageState.SUPPRESSED, "suppression:bounce")
    assert suppressions.open_again(address="ana@example.org")
    assert gate.verdict(message, now=now) is None


def test_sign_in_code_reaches_who_complained_once_but_not_a_dead_address(now: datetime) -> None:
    message = make_message(now, kind="sign_in_code")
    suppressions.close(address="ana@example.org", reason=SuppressionReason.COMPLAINT, now=now)
    assert gate.verdict(message, now=now) is None
    suppressions.open_again(address="ana@example.org")
    suppressions.close(address="ana@example.org", reason=SuppressionReason.BOUNCE, now=now)
    assert isinstance(gate.verdict(message, now=now), gate.End)


def test_what_no_longer_matters_is_cancelled_with_its_reason(guarded: MailKind, now: datetime) -> None:
    message = make_message(now, kind=guarded.code, context={"is_answered": True})
    assert gate.verdict(message, now=now) == gate.End(MessageState.CANCELLED, "already_answered")


def test_withdrawn_consent_stops_the_mail(guarded: MailKind, now: datetime) -> None:
    message = make_message(now, kind=guarded.code)
    consent = Consent.objects.create(address="ana@example.org", kind=ConsentKind.REQUESTS, source="test", given_at=now)
    assert gate.verdict(message, now=now) is None
    consent.withdrawn_at = now
    consent.save()
    assert gate.verdict(message, now=now) == gate.End(MessageState.SUPPRESSED, "consent_withdrawn:requests")


def test_mail_that_comes_too_late_is_cancelled(now: datetime) -> None:
    message = make_message(now, useless_after=now + timedelta(hours=1))
    assert gate.verdict(message, now=now) is None
    assert gate.verdict(message, now=now + timedelta(hours=1)) == gate.End(MessageState.CANCELLED, "too_late")


@pytest.mark.parametrize(
    ("choices", "reason"),
    [({"stopped_kinds": [NEWS.code]}, "stopped"), ({"rhythm": Rhythm.OWN_ONLY}, "own_only")],
)
def test_refused_optional_mail_does_not_leave(now: datetime, choices: dict[str, object], reason: str) -> None:
    prefer(now, **choices)
    message = make_message(now, kind=NEWS.code, address="Ana@example.org")
    assert gate.verdict(message, now=now) == gate.End(MessageState.SUPPRESSED, reason)
    assert gate.earliest("ana@example.org", NEWS, now=now) is None


def test_necessary_mail_ignores_preferences_caps_and_holds(now: datetime) -> None:
    prefer(now, rhythm=Rhythm.OWN_ONLY, stopped_kinds=[LETTER.code], paused_until=now + timedelta(days=30))
    hold_optional_mail(actor=UserFactory(administrator=True), now=now)
    sent_before(now, settings.OPTIONAL_MAILS_PER_WEEK)
    assert gate.verdict(make_message(now), now=now) is None


def test_pause_and_hold_put_back(now: datetime) -> None:
    message = make_message(now, kind=NEWS.code)
    until = now + timedelta(days=3)
    prefer(now, paused_until=until)
    assert gate.verdict(message, now=now) == gate.Wait(until, "paused")
    assert gate.verdict(message, now=until) is None
    hold_optional_mail(actor=UserFactory(administrator=True), now=now)
    assert gate.verdict(message, now=until) == gate.Wait(until + timedelta(seconds=gate.HELD_S), "held")


def test_pause_that_outlasts_its_use_cancels(now: datetime) -> None:
    prefer(now, paused_until=now + timedelta(days=3))
    message = make_message(now, kind=NEWS.code, useless_after=now + timedelta(days=2))
    assert gate.verdict(message, now=now) == gate.End(MessageState.CANCELLED, "too_late:paused")


def test_weekly_cap_counts_every_optional_kind_over_seven_days(now: datetime) -> None:
    message = make_message(now, kind=NEWS.code)
    sent_before(now, settings.OPTIONAL_MAILS_PER_WEEK - 1)
    assert gate.verdict(message, now=now) is None
    make_message(now, kind="digest", key="digest")
    Message.objects.filter(kind="digest").update(state="sent", ended_at=now - timedelta(days=6))
    assert gate.verdict(message, now=now) == gate.Wait(now + timedelta(days=1), "weekly_cap")
    assert gate.earliest("ana@example.org", NEWS, now=now) == now + timedelta(days=1)


def test_two_workers_cannot_both_take_the_last_place(now: datetime) -> None:
    sent_before(now, settings.OPTIONAL_MAILS_PER_WEEK - 1)
    message = make_message(now, kind=NEWS.code)
    make_message(now, kind=NEWS.code, key="being sent")
    Message.objects.filter(dedupe_key="being sent").update(state="leased", lease_until=now + timedelta(minutes=1))
    assert gate.verdict(message, now=now) == gate.Wait(now + timedelta(seconds=gate.CROWDED_S), "weekly_cap")


def test_class_of_the_kind_decides(now: datetime) -> None:
    assert (NEWS.is_optional, LETTER.is_optional) == (True, False)
    assert make_message(now, kind=NEWS.code).mail_class == MessageClass.OPTIONAL
