"""When the editors' week opens, in local time, through summer time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from maillage.core.editors_week import next_opening, opened_at, passes_on_at

HERE = ZoneInfo("America/Toronto")
TUESDAY = 1


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=HERE)  # type: ignore[arg-type,misc]  # year to minute


@pytest.mark.parametrize(
    ("now", "opened"),
    [
        (at(2026, 11, 24, 9, 0), at(2026, 11, 24, 9)),
        (at(2026, 11, 24, 8, 59), at(2026, 11, 17, 9)),
        (at(2026, 11, 30, 23, 0), at(2026, 11, 24, 9)),
        (at(2026, 12, 1, 9, 1), at(2026, 12, 1, 9)),
    ],
)
def test_week_opens_on_its_day_in_the_morning(now: datetime, opened: datetime) -> None:
    assert opened_at(now.astimezone(UTC), TUESDAY) == opened
    assert next_opening(now.astimezone(UTC), TUESDAY) == opened + timedelta(days=7)


def test_every_weekday_has_its_week() -> None:
    now = at(2026, 11, 24, 12, 0)
    opened = [opened_at(now, weekday) for weekday in range(7)]
    assert [moment.weekday() for moment in opened] == list(range(7))
    assert all(timedelta() <= now - moment < timedelta(days=7) for moment in opened)


@pytest.mark.parametrize(("before", "hours"), [(at(2026, 10, 27, 12, 0), 169), (at(2026, 3, 3, 12, 0), 167)])
def test_hour_on_the_clock_stays_when_summer_time_changes(before: datetime, hours: int) -> None:
    opened, following = opened_at(before, TUESDAY), next_opening(before, TUESDAY)
    assert (opened.hour, following.hour) == (9, 9)
    assert following.astimezone(UTC) - opened.astimezone(UTC) == timedelta(hours=hours)


def test_what_waits_goes_to_the_deputy_at_the_second_mail_that_tells_it() -> None:
    since = at(2026, 11, 20, 12, 0)
    first = next_opening(since, TUESDAY)
    assert passes_on_at(since, TUESDAY) == next_opening(first, TUESDAY)
