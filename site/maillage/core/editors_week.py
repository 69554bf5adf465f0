"""The editors' week: opens on their weekday, in the morning. Pure arithmetic, in local time."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

DAYS_IN_WEEK = 7


def opened_at(now: datetime, weekday: int) -> datetime:
    """When the week of a moment opened: its mail was due then.

    Args:
        now: the moment.
        weekday: the editors' day, 0 is Monday.
    """
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    day = local.date() - timedelta(days=(local.weekday() - weekday) % DAYS_IN_WEEK)
    opened = datetime.combine(day, time(settings.DIGEST_HOUR), tzinfo=local.tzinfo)
    return opened if opened <= local else _weeks_later(opened, -1)


def next_opening(now: datetime, weekday: int) -> datetime:
    """When the next week opens, after a moment."""
    return _weeks_later(opened_at(now, weekday), 1)


def passes_on_at(since: datetime, weekday: int) -> datetime:
    """When what waits since a moment goes to the deputy too: at the second mail that tells it."""
    return _weeks_later(opened_at(since, weekday), 2)


def _weeks_later(opening: datetime, weeks: int) -> datetime:
    """The same hour on the clock, whatever summer time does."""
    day = opening.date() + timedelta(days=weeks * DAYS_IN_WEEK)
    return datetime.combine(day, opening.time(), tzinfo=opening.tzinfo)
