"""The sweep: announces due rows, a bounded number at a time. It never claims: any number may run at once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q

from tasks import announcing, recurring
from tasks.enums import JobState, MessageClass
from tasks.lanes import FIRST, FIRST_PRIORITY, LANES
from tasks.models import Hold, Job, Message
from tasks.models.lease import WAITING

if TYPE_CHECKING:
    from datetime import datetime

    from tasks.models.lease import Leasable

log = structlog.get_logger(__name__)
CLOCK_AHEAD = timedelta(hours=1)


def sweep(*, now: datetime) -> int:
    """Write the recurring rows that are due, then announce due rows lane by lane; returns how many were announced."""
    recurring.plant(now=now)
    _end_rows_of_the_future(now)
    announced = 0
    for lane in LANES:
        try:
            room = settings.QUEUE_OUTSTANDING - announcing.backlog(lane)
        except announcing.BrokerDownError as error:
            log.warning("broker_down", lane=lane, error=str(error))
            return announced
        announced += _sweep_lane(lane, room, now=now)
    return announced


def _sweep_lane(lane: str, room: int, *, now: datetime) -> int:
    """Half of the room for mails, the rest for jobs, and what jobs leave for mails again."""
    mails = _mark(Message, lane, room // 2, now=now)
    jobs = _mark(Job, lane, room - len(mails), now=now)
    mails += _mark(Message, lane, room - len(mails) - len(jobs), now=now)
    rows = sorted([*mails, *jobs], key=lambda row: (row.priority, row.due_at))
    left = announcing.announce(rows)
    for model in (Job, Message):
        keys = [row.pk for row in left if isinstance(row, model)]
        model.objects.filter(pk__in=keys, announced_until=_until(now)).update(announced_until=None)
    return len(rows) - len(left)


def _mark(model: type[Job] | type[Message], lane: str, room: int, *, now: datetime) -> list[Leasable]:
    """Rows that this sweep alone announces; marked and committed before the broker hears of them."""
    if room <= 0:
        return []
    is_held = model is Message and Hold.objects.is_on()
    with transaction.atomic():
        due = model.objects.due(now).unannounced(now).select_for_update(skip_locked=True)
        due = due.filter(priority=FIRST_PRIORITY) if lane == FIRST else due.filter(priority__gt=FIRST_PRIORITY)
        due = due.exclude(Q(mail_class=MessageClass.OPTIONAL)) if is_held else due
        rows = list(due.only("pk", "priority", "due_at").order_by("priority", "due_at", "pk")[:room])
        if rows:
            model.objects.filter(pk__in=[row.pk for row in rows]).update(announced_until=_until(now))
    return list(rows)


def _until(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.QUEUE_ANNOUNCED_S)


def _end_rows_of_the_future(now: datetime) -> None:
    """Rows written by a clock that was ahead would wait for ever, unseen: they end dead, to be retried by hand."""
    for model in (Job, Message):
        ahead = model.objects.filter(created_at__gt=now + CLOCK_AHEAD, state__in=WAITING)
        count = ahead.update(state=JobState.DEAD, ended_at=now, last_error="Written by a clock that was ahead.")
        if count:
            log.error("clock_was_ahead", model=model.__name__, rows=count)
