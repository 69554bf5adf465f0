"""Clocks: pure arithmetic over Québec business days."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from expertise.needs.enums import When
from expertise.pairings import clocks
from expertise.pairings.clocks import Pace, pace_of

ZONE = ZoneInfo("America/Montreal")
MONTH = Pace(factor=1.0, is_urgent=False)


def at(month: int, day: int, hour: int = 9, minute: int = 12, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


TUESDAY = at(11, 24)


def pace(when: str, needed_on: date | None = None) -> Pace:
    return pace_of(when=when, opened_on=TUESDAY.date(), needed_on=needed_on)


def test_clocks_of_a_month_are_those_of_the_settings() -> None:
    assert clocks.reminder_due(told_at=TUESDAY, pace=MONTH) == at(11, 27)
    assert clocks.lapse_due(told_at=TUESDAY, pace=MONTH) == at(12, 3)
    assert clocks.wave_ends(asked_at=TUESDAY, pace=MONTH) == at(12, 3)
    assert clocks.contact_due(opened_at=TUESDAY, pace=MONTH) == at(12, 23)
    assert clocks.choice_reminder_due(offered_at=TUESDAY, pace=MONTH) == at(11, 27)
    assert clocks.spoken_due(introduced_at=TUESDAY, pace=MONTH) == at(11, 27)
    assert clocks.contact_pass_due(moved_at=TUESDAY, pace=MONTH) == at(11, 27)


def test_outcomes_are_asked_twice_then_closed_after_as_long_again() -> None:
    first = clocks.outcome_due(introduced_at=TUESDAY, pace=MONTH, time=1)
    second = clocks.outcome_due(introduced_at=TUESDAY, pace=MONTH, time=2)
    closing = clocks.closes_unknown(introduced_at=TUESDAY, pace=MONTH)
    assert first < second < closing
    assert first == at(12, 23)
    assert clocks.business_days_between(second.date(), closing.date()) == 14


def test_there_is_no_third_outcome_question() -> None:
    with pytest.raises(KeyError):
        clocks.outcome_due(introduced_at=TUESDAY, pace=MONTH, time=3)


@pytest.mark.parametrize("when", [When.TODAY, When.TOMORROW])
def test_urgent_need_widens_after_two_business_hours_and_has_its_contact_at_once(when: When) -> None:
    urgent = pace(when)
    assert urgent.is_urgent
    assert clocks.wave_ends(asked_at=TUESDAY, pace=urgent) == at(11, 24, 11)
    assert clocks.contact_due(opened_at=TUESDAY, pace=urgent) == TUESDAY
    assert clocks.lapse_due(told_at=TUESDAY, pace=urgent).date() == date(2026, 11, 25)


def test_urgent_need_written_on_friday_evening_widens_on_monday_morning() -> None:
    assert clocks.urgent_widens(asked_at=at(11, 27, 20)) == at(11, 30, 11, 0)


def test_three_waves_and_the_contact_fit_into_a_week() -> None:
    week = pace(When.WEEK)
    moment = TUESDAY
    for _ in range(3):
        moment = clocks.wave_ends(asked_at=moment, pace=week)
    assert moment <= clocks.contact_due(opened_at=TUESDAY, pace=week) <= at(12, 1)


def test_a_named_day_brings_the_contact_before_it() -> None:
    hurried = pace(When.MONTH, needed_on=date(2026, 12, 4))
    assert clocks.contact_due(opened_at=TUESDAY, pace=hurried).date() <= date(2026, 12, 4)


def test_a_named_day_far_away_slows_nothing_down() -> None:
    assert pace(When.MONTH, needed_on=date(2027, 6, 1)) == pace(When.MONTH)


def test_a_named_day_in_the_past_is_as_fast_as_today() -> None:
    assert pace(When.MONTH, needed_on=date(2026, 1, 1)).factor == pace(When.TODAY).factor


@pytest.mark.parametrize("when", list(When))
def test_people_get_a_day_to_speak_and_a_week_to_help(when: When) -> None:
    speed = pace(when)
    assert clocks.spoken_due(introduced_at=TUESDAY, pace=speed) >= at(11, 25)
    assert clocks.outcome_due(introduced_at=TUESDAY, pace=speed, time=1) >= at(12, 3)


@pytest.mark.parametrize("when", list(When))
def test_reminder_comes_before_lapse(when: When) -> None:
    speed = pace(when)
    assert clocks.reminder_due(told_at=TUESDAY, pace=speed) < clocks.lapse_due(told_at=TUESDAY, pace=speed)


def test_holidays_do_not_count() -> None:
    # December 25 and January 1 are holidays; the weekends around them are not business days either.
    assert clocks.reminder_due(told_at=at(12, 23), pace=MONTH) == at(12, 29)
