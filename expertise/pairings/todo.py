"""Needs that wait for a human: held ones, and those that help does not find."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, When

from expertise.needs.enums import NeedState
from expertise.needs.models import Need
from expertise.needs.models.need import URGENT
from expertise.needs.querysets import ACTIVE_STATES
from expertise.organizations.models import RegionalContact
from expertise.pairings.models import ContactTask, Pairing, Wave
from expertise.pairings.todo_rows import held_row, risk_row
from maillage.core.todo import Waiting

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.needs.querysets import NeedQuerySet

# Jobs follow a wave's end, a last answer and a reopening within seconds: an hour later, something is stuck.
STUCK_AFTER = timedelta(hours=1)
# A week: twice the three business days after which the group is reminded that an offer waits.
UNCHOSEN_FOR = timedelta(days=7)
# A call passes on after three business days, five days of the calendar; one that did not has nobody after its contact.
CALL_WAITS = timedelta(days=5)


def held(now: datetime, limit: int) -> Waiting:
    """Needs of groups that nobody vouched for yet, the oldest first."""
    needs = Need.objects.filter(state=NeedState.HELD).order_by("updated_at", "pk")
    contacts = _contacts()
    return Waiting(needs.count(), [held_row(need, contacts, now) for need in _with_calls(needs)[:limit]])


def at_risk(now: datetime, limit: int) -> Waiting:
    """Needs in a contact's hands, urgent ones without offer, stopped searches, offers that nobody chooses."""
    needs = risky(now).order_by("harmed_at", "pk")
    contacts = _contacts()
    return Waiting(needs.count(), [risk_row(need, contacts, now) for need in _with_calls(needs)[:limit]])


def risky(now: datetime) -> NeedQuerySet:
    """Needs at risk, each with ``harmed_at``, ``wave_ends_at`` (of its last wave) and ``offer_at`` (the oldest)."""
    past = now - STUCK_AFTER
    waves = Wave.objects.filter(need=OuterRef("pk")).order_by("-number")
    offers = Pairing.objects.offered().filter(need=OuterRef("pk"), answered_at__lt=now - UNCHOSEN_FOR)
    asked = Pairing.objects.waiting().filter(need=OuterRef("pk"))
    calls = ContactTask.objects.open().filter(need=OuterRef("pk"), moved_at__lt=now - CALL_WAITS)
    moved = Pairing.objects.filter(need=OuterRef("pk"), updated_at__gte=past)
    is_open = Q(state=NeedState.OPEN)
    stopped = (Q(wave_ends_at__lt=past) | ~Exists(asked)) & Q(updated_at__lt=past) & ~Exists(moved)
    unchosen = Q(state=NeedState.ANSWERED, offer_at__isnull=False)
    has_helpers = Q(state__in=(NeedState.ANSWERED, NeedState.UNDER_WAY))
    return (
        Need.objects.annotate(
            wave_ends_at=Subquery(waves.values("ends_at")[:1]),
            offer_at=Subquery(offers.order_by("answered_at").values("answered_at")[:1]),
            call_at=Subquery(calls.order_by("created_at").values("created_at")[:1]),
        )
        .filter(
            Q(state=NeedState.UNANSWERED)
            | (is_open & (Q(when__in=URGENT) | stopped))
            | unchosen
            | Q(state__in=ACTIVE_STATES, call_at__isnull=False)
        )
        .annotate(
            harmed_at=Case(
                When(unchosen, then=F("offer_at")), When(has_helpers, then=F("call_at")), default=F("opened_at")
            )
        )
    )


def _with_calls(needs: NeedQuerySet) -> NeedQuerySet:
    """Each with its group, and its open calls with who holds them."""
    calls = ContactTask.objects.open().select_related("contact__user").order_by("moved_at", "pk")
    return needs.select_related("organization", "contact__user").prefetch_related(
        Prefetch("contact_tasks", calls, to_attr="open_calls")
    )


def _contacts() -> list[RegionalContact]:
    """Everyone to whom a call may pass on, read once for all rows."""
    return list(RegionalContact.objects.filter(is_active=True).select_related("user"))
