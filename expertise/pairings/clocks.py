"""When what happens next: reminders, lapses, waves, contacts, outcomes, in Québec business time. Pure arithmetic.

Every number comes from the settings (DESIGN, "Need and pairing") and is scaled by when the help is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.conf import settings

from expertise.needs.enums import When
from maillage.core.durations import add_business_days, add_business_hours, business_days_between

if TYPE_CHECKING:
    from datetime import date, datetime

WHEN_FACTORS: Final = {
    # A proposal for today or tomorrow lapses after one business day instead of seven.
    When.TODAY: 1 / 7,
    When.TOMORROW: 1 / 7,
    # Three waves and the contact fit into the five business days of a week: 21 × 0.2 = 4.2.
    When.WEEK: 0.2,
    When.MONTH: 1.0,
    When.NO_HURRY: 1.0,
}
URGENT: Final = frozenset({When.TODAY, When.TOMORROW})
# People need a day to speak and a week to help, however urgent it was.
SLOWEST_SHRINK: Final = 1 / 3


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the clocks of one need run: ``factor`` 1 as in the settings, less when it is needed sooner."""

    factor: float
    is_urgent: bool

    @property
    def after_introduction(self) -> float:
        """The factor once people are in contact, and for what one human does at a time."""
        return max(self.factor, SLOWEST_SHRINK)


def pace_of(*, when: str, opened_on: date, needed_on: date | None = None) -> Pace:
    """The pace of a need.

    Args:
        when: a ``When`` code.
        opened_on: local day on which it was opened.
        needed_on: the day on which help is needed, when the group named one: the contact is then due before it.
    """
    wanted = When(when)
    factor = WHEN_FACTORS[wanted]
    if needed_on is not None:
        left = business_days_between(opened_on, needed_on)
        factor = min(factor, max(left / settings.CONTACT_AFTER_BUSINESS_DAYS, WHEN_FACTORS[When.TODAY]))
    return Pace(factor=factor, is_urgent=wanted in URGENT)


def reminder_due(*, told_at: datetime, pace: Pace) -> datetime:
    """When an organization that has not answered is reminded."""
    return add_business_days(told_at, settings.REMINDER_AFTER_BUSINESS_DAYS * pace.factor)


def lapse_due(*, told_at: datetime, pace: Pace) -> datetime:
    """When silence counts as no answer."""
    return add_business_days(told_at, settings.LAPSE_AFTER_BUSINESS_DAYS * pace.factor)


def urgent_widens(*, asked_at: datetime) -> datetime:
    """When the next organizations are asked about an urgent need, beside those who were."""
    return add_business_hours(asked_at, settings.URGENT_WIDENS_AFTER_BUSINESS_HOURS)


def wave_ends(*, asked_at: datetime, pace: Pace) -> datetime:
    """When the next wave is due if nobody has offered; sooner when all have answered no."""
    return urgent_widens(asked_at=asked_at) if pace.is_urgent else lapse_due(told_at=asked_at, pace=pace)


def contact_due(*, opened_at: datetime, pace: Pace) -> datetime:
    """When the regional contact takes over a need without offer; at once when it is urgent."""
    if pace.is_urgent:
        return opened_at
    return add_business_days(opened_at, settings.CONTACT_AFTER_BUSINESS_DAYS * pace.factor)


def choice_reminder_due(*, offered_at: datetime, pace: Pace) -> datetime:
    """When a group that has not chosen among its offers is reminded."""
    return add_business_days(offered_at, settings.UNCHOSEN_REMINDER_AFTER_BUSINESS_DAYS * pace.factor)


def spoken_due(*, introduced_at: datetime, pace: Pace) -> datetime:
    """When both sides are asked « vous êtes-vous parlé? »."""
    return add_business_days(introduced_at, settings.SPOKEN_AFTER_BUSINESS_DAYS * pace.after_introduction)


def outcome_due(*, introduced_at: datetime, pace: Pace, time: int) -> datetime:
    """When both sides are asked how it ended.

    Args:
        introduced_at: when they were put in contact.
        pace: that of the need.
        time: 1 for the first question, 2 for the second.
    """
    days = {1: settings.OUTCOME_AFTER_BUSINESS_DAYS, 2: settings.OUTCOME_AGAIN_AFTER_BUSINESS_DAYS}[time]
    return add_business_days(introduced_at, days * pace.after_introduction)


def closes_unknown(*, introduced_at: datetime, pace: Pace) -> datetime:
    """When a need without news is closed: the second question is left open as long as the first was."""
    again, first = settings.OUTCOME_AGAIN_AFTER_BUSINESS_DAYS, settings.OUTCOME_AFTER_BUSINESS_DAYS
    return add_business_days(introduced_at, (again + again - first) * pace.after_introduction)


def contact_pass_due(*, moved_at: datetime, pace: Pace) -> datetime:
    """When a call that its contact has not made passes on to the next one."""
    return add_business_days(moved_at, settings.CONTACT_MOVES_WITHIN_BUSINESS_DAYS * pace.after_introduction)
