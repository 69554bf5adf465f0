"""Capacity, absences and blocks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from expertise.organizations.models import Block
from expertise.organizations.services import (
    PeriodError,
    SelfBlockError,
    TooManyError,
    add_closed_period,
    block,
    remove_closed_period,
    set_capacity,
    unblock,
)
from tests.factories import OrganizationFactory, UserFactory

if TYPE_CHECKING:
    from collections import Counter
    from datetime import datetime

pytestmark = pytest.mark.django_db


def test_capacity_is_written_and_told(now: datetime, heard: Counter[str]) -> None:
    organization = OrganizationFactory()
    set_capacity(organization=organization, capacity=0, actor=UserFactory(), now=now)
    organization.availability.refresh_from_db()
    assert organization.availability.capacity == 0
    assert heard == {"organization_changed": 1}


@pytest.mark.parametrize("capacity", [-1, 51, 10**6])
def test_capacity_has_bounds(capacity: int, now: datetime) -> None:
    with pytest.raises(TooManyError):
        set_capacity(organization=OrganizationFactory(), capacity=capacity, actor=UserFactory(), now=now)


def test_the_same_days_twice_are_one_period(now: datetime, heard: Counter[str]) -> None:
    organization = OrganizationFactory()
    days = {"starts_on": date(2026, 12, 20), "ends_on": date(2027, 1, 4)}
    for _ in range(2):
        period = add_closed_period(organization=organization, actor=UserFactory(), now=now, **days)
    assert organization.availability.closed_periods.get() == period
    assert heard == {"organization_changed": 1}
    remove_closed_period(period=period, actor=UserFactory(), now=now)
    assert not organization.availability.closed_periods.exists()


@pytest.mark.parametrize(
    ("starts_on", "ends_on"), [(date(2026, 12, 2), date(2026, 12, 1)), (date(2026, 11, 1), date(2026, 11, 23))]
)
def test_a_period_that_ends_before_it_starts_or_is_over_is_refused(
    starts_on: date, ends_on: date, now: datetime
) -> None:
    with pytest.raises(PeriodError):
        add_closed_period(
            organization=OrganizationFactory(), starts_on=starts_on, ends_on=ends_on, actor=UserFactory(), now=now
        )


def test_block_once_and_lift_it(now: datetime) -> None:
    organization, other = OrganizationFactory.create_batch(2)
    for _ in range(2):
        block(organization=organization, blocked=other, actor=UserFactory(), now=now)
    assert Block.objects.count() == 1
    assert unblock(organization=organization, blocked=other, actor=UserFactory(), now=now)
    assert not unblock(organization=organization, blocked=other, actor=UserFactory(), now=now)


def test_nobody_blocks_itself(now: datetime) -> None:
    organization = OrganizationFactory()
    with pytest.raises(SelfBlockError):
        block(organization=organization, blocked=organization, actor=UserFactory(), now=now)
