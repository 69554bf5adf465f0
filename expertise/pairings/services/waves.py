"""The next organizations to ask, ranked before the transaction; and what happens when nobody is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from expertise.needs import services as needs
from expertise.needs.enums import NeedState
from expertise.needs.models import Need
from expertise.organizations.models import ClosedPeriod, Organization
from expertise.organizations.querysets import ASKED_STATES
from expertise.pairings import rounds
from expertise.pairings.candidates import REACHES, Asked, off_limits, widest_needed
from expertise.pairings.clocks import contact_due
from expertise.pairings.enums import ContactTaskReason, Origin, PairingState as S, Reach
from expertise.pairings.models import Pairing, Wave
from expertise.pairings.services.asking import check_askable, open_wave
from expertise.pairings.services.calls import name_contact, open_call
from expertise.pairings.services.errors import PairingError
from expertise.pairings.services.locks import lock_need, lock_spare_capacity

if TYPE_CHECKING:
    from datetime import datetime

    from members.models import User

SEARCHES: Final = frozenset({NeedState.OPEN, NeedState.ANSWERED, NeedState.UNDER_WAY})
RANKED_PER_ASKED: Final = 4
"""Ranked beyond what is asked: some are full or suspended by the time of the locks."""
TRIES: Final = 3
# Two people who press the same button mean one wave.
PRESSED_TWICE: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Plan:
    """A wave as it was ranked, with what must still be true when it is written."""

    need_id: int
    last_number: int
    reach: Reach
    size: int
    ranked: list[Asked]


def propose_wave(*, need_id: int, now: datetime, reach: Reach | None = None, actor: User | None = None) -> Wave | None:
    """Ask the next organizations about a need; nobody left: a human is named.

    An organization that the group named is asked first, alone. While answers to the last wave are awaited, nobody else
    is asked: two calls make one wave. Ranking and reading come before the transaction, which locks, counts again and
    writes.

    Args:
        need_id: the need.
        now: the moment.
        reach: how far to look at least, without waiting for anyone; None: one step further than the last wave.
        actor: a human who asked for it; None: the network.

    Returns:
        The wave; None when the need looks for nobody, has offers enough, waits for answers, or a human was named.

    Raises:
        RuntimeError: called inside a transaction, which would stay open while this ranks.
        NoContactError: a human had to be named and there is none.
    """
    named = _propose_named(need_id, now)
    if named is not None:
        return named
    for _ in range(TRIES):
        plan = plan_wave(need_id=need_id, now=now, reach=reach)
        if plan is None:
            return None
        if not plan.ranked:
            break
        wave, is_outdated = write_wave(plan=plan, now=now, actor=actor)
        if wave is not None or is_outdated:
            return wave
    _leave_to_contact(need_id, now)
    return None


def plan_wave(*, need_id: int, now: datetime, reach: Reach | None = None) -> Plan | None:
    """Read and rank, without lock; None when nobody is to be asked."""
    need = Need.objects.get(pk=need_id)
    waves = list(need.waves.order_by("number"))
    if not is_searching(need) or (reach is None and awaits_until(need, waves, now) is not None):
        return None
    size = settings.URGENT_WAVE_SIZE if need.is_urgent else settings.FIRST_WAVE_SIZE
    size = max(size, rounds.free_places(need))
    found_reach, ranked = widest_needed(
        need=need, now=now, reach=reach or _next_reach(need, waves), limit=size * RANKED_PER_ASKED
    )
    last_number = waves[-1].number if waves else 0
    return Plan(need_id=need_id, last_number=last_number, reach=found_reach, size=size, ranked=ranked)


@transaction.atomic(durable=True)
def write_wave(*, plan: Plan, now: datetime, actor: User | None = None) -> tuple[Wave | None, bool]:
    """Lock, count again, write.

    Returns:
        The wave, None when no ranked organization can be asked any more; and whether the need itself has moved on.
    """
    need = lock_need(plan.need_id)
    last = need.waves.order_by("-number").values_list("number", flat=True).first() or 0
    if last != plan.last_number or not is_searching(need):
        return None, True
    asked = _still_askable(need, plan.ranked, now)[: plan.size]
    if not asked:
        return None, False
    wave = open_wave(need=need, asked=asked, origin=Origin.MATCHED, now=now, reach=plan.reach, actor=actor)
    if need.is_urgent and need.contact_id is None:
        contact = open_call(need=need, reason=ContactTaskReason.URGENT, now=now).contact
        needs.name_contact_of(need=need, contact=contact, now=now)
    return wave, False


def search_further(*, need_id: int, actor: User, now: datetime) -> Wave | None:
    """A human does not wait for the answers to the last wave: the next one goes out now.

    Returns:
        The wave; None when the need looks for nobody, was widened a moment ago, or a contact took over.

    Raises: as ``propose_wave``.
    """
    need = Need.objects.get(pk=need_id)
    waves = list(need.waves.order_by("number"))
    if waves and now - waves[-1].proposed_at < PRESSED_TWICE:
        return None
    return propose_wave(need_id=need_id, now=now, reach=_next_reach(need, waves), actor=actor)


def continue_search(*, need_id: int, now: datetime) -> datetime | None:
    """What comes next for a need, if its time has come: the contact, the next wave, or nothing yet.

    Safe to call at any time and any number of times: after an answer, at the end of a wave, on a clock.

    Returns:
        When to look again; None when the need waits for people (an offer to choose, a contact) or has ended.

    Raises: as ``propose_wave``.
    """
    need = Need.objects.get(pk=need_id)
    if not is_searching(need):
        return None
    due = contact_due(opened_at=rounds.searching_since(need), pace=rounds.pace(need))
    if not need.is_urgent and now >= due:
        name_contact(need_id=need_id, reason=ContactTaskReason.TOO_LONG, now=now)
        return None
    awaited = awaits_until(need, list(need.waves.order_by("number")), now)
    if awaited is not None:
        return awaited
    wave = propose_wave(need_id=need_id, now=now)
    return wave.ends_at if wave is not None else None


def is_searching(need: Need) -> bool:
    """Whether more organizations are wanted: the state allows it, and offers do not yet fill the free places."""
    if need.state not in SEARCHES:
        return False
    free = rounds.free_places(need)
    return free > 0 and need.pairings.offered().count() < free


def awaits_until(need: Need, waves: list[Wave], now: datetime) -> datetime | None:
    """Until when the answers to the last wave are awaited; None when it is over, or everyone has answered."""
    if not waves or now >= waves[-1].ends_at or not need.pairings.waiting().exists():
        return None
    return waves[-1].ends_at


def _propose_named(need_id: int, now: datetime) -> Wave | None:
    need = Need.objects.select_related("asked_organization").get(pk=need_id)
    named = need.asked_organization
    if named is None or need.state not in SEARCHES:
        return None
    with transaction.atomic(durable=True):
        locked = lock_need(need_id)
        if locked.waves.filter(proposed_at__gte=rounds.began_at(locked)).exists() or not is_searching(locked):
            return None
        try:
            check_askable(need=locked, organization=named)
        except PairingError:
            return None  # it cannot be asked now: the others are, and the need's page says so
        return open_wave(need=locked, asked=[Asked(named.pk)], origin=Origin.BY_NAME, now=now)


def _next_reach(need: Need, waves: list[Wave]) -> Reach:
    began = rounds.began_at(need)
    matched = [wave for wave in waves if wave.origin == Origin.MATCHED and wave.proposed_at >= began]
    if not matched:
        return Reach.REGION
    return REACHES[min(REACHES.index(Reach(matched[-1].reach)) + 1, len(REACHES) - 1)]


def _still_askable(need: Need, ranked: list[Asked], now: datetime) -> list[Asked]:
    ids = [one.organization_id for one in ranked]
    spare = lock_spare_capacity(ids)
    rows = Pairing.objects.filter(need_id=need.pk, organization_id__in=ids)
    again = rows.reproposable_in(rounds.began_at(need)).values("pk")
    barred = off_limits(need) | set(rows.exclude(pk__in=again).values_list("organization_id", flat=True))
    away = ClosedPeriod.objects.on(timezone.localdate(now)).values_list("availability__organization_id", flat=True)
    barred |= set(away.filter(availability__organization_id__in=ids))
    active = set(Organization.objects.filter(pk__in=ids, state__in=ASKED_STATES).values_list("pk", flat=True))
    return [one for one in ranked if one.organization_id in active - barred and spare[one.organization_id] > 0]


@transaction.atomic
def _leave_to_contact(need_id: int, now: datetime) -> None:
    """Nobody is left to ask; while someone asked may still answer, nothing is said yet, unless it is urgent."""
    need = lock_need(need_id)
    if not need.is_urgent and need.pairings.filter(state=S.PROPOSED).exists():
        return
    was_asked = need.waves.filter(proposed_at__gte=rounds.began_at(need)).exists()
    reason = ContactTaskReason.NOBODY_LEFT if was_asked else ContactTaskReason.NO_CANDIDATE
    name_contact(need_id=need_id, reason=reason, now=now)
