"""Québec business time: days and hours in which an organization can be expected to answer.

Holidays come from the ``holidays`` library: Canada, subdivision QC.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from holidays.countries.canada import Canada

SATURDAY = 5
# Named here rather than through the library's own lookup, which imports the country at its first use: in somebody's
# first job or page.
HOLIDAYS: Final = Canada(subdiv="QC")  # type: ignore[no-untyped-call]  # the library does not say


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def is_business_day(day: date) -> bool:
    """Neither Saturday, Sunday nor a public holiday of Québec."""
    return day.weekday() < SATURDAY and day not in HOLIDAYS


def add_business_days(moment: datetime, days: float) -> datetime:
    """The same local time of day, ``days`` business days later; a fraction counts in hours of a business day.

    A moment outside business days counts from the next one's opening. The result is always within a business day.
    """
    local = _into_business(moment.astimezone(_zone()))
    whole = int(days)
    day = local.date()
    for _ in range(whole):
        day = _next_business_day(day)
    landed = datetime.combine(day, local.time(), tzinfo=_zone())
    hours = (days - whole) * (settings.BUSINESS_DAY_CLOSES_HOUR - settings.BUSINESS_DAY_OPENS_HOUR)
    return add_business_hours(landed, hours) if hours else landed


def add_business_hours(moment: datetime, hours: float) -> datetime:
    """``hours`` opening hours later, counted inside business days only."""
    local = _into_business(moment.astimezone(_zone()))
    left = timedelta(hours=hours)
    while True:
        closes = datetime.combine(local.date(), time(settings.BUSINESS_DAY_CLOSES_HOUR), tzinfo=_zone())
        if local + left <= closes:
            return local + left
        left -= closes - local
        local = _opening(_next_business_day(local.date()))


def business_days_between(start: date, end: date) -> int:
    """Business days after ``start`` up to and including ``end``; 0 when ``end`` is not later."""
    return sum(is_business_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def _next_business_day(day: date) -> date:
    day += timedelta(days=1)
    while not is_business_day(day):
        day += timedelta(days=1)
    return day


def _opening(day: date) -> datetime:
    return datetime.combine(day, time(settings.BUSINESS_DAY_OPENS_HOUR), tzinfo=_zone())


def _into_business(local: datetime) -> datetime:
    if not is_business_day(local.date()) or local.hour >= settings.BUSINESS_DAY_CLOSES_HOUR:
        return _opening(_next_business_day(local.date()))
    return max(local, _opening(local.date()))
