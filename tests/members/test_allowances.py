"""Limits: counted by place and window, in the database, for every process."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from members.allowances import Limit, forget_past_limits, take
from members.models import Allowance

if TYPE_CHECKING:
    from datetime import datetime

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LIMIT = Limit("try", "203.0.113.0/24", 2, HOUR)


def test_limit_is_reached_and_opens_again_after_its_window(now: datetime) -> None:
    assert [take(LIMIT, now=now) for _ in range(4)] == [True, True, False, False]
    assert not take(LIMIT, now=now + HOUR - timedelta(seconds=1))
    assert [take(LIMIT, now=now + HOUR) for _ in range(3)] == [True, True, False]


def test_refusals_do_not_make_the_wait_longer(now: datetime) -> None:
    for minute in range(59):
        take(LIMIT, now=now + timedelta(minutes=minute))
    assert take(LIMIT, now=now + HOUR)


def test_places_and_actions_are_counted_apart(now: datetime) -> None:
    for _ in range(2):
        take(LIMIT, now=now)
    assert take(Limit("try", "198.51.100.0/24", 2, HOUR), now=now)
    assert take(Limit("mail", "203.0.113.0/24", 2, HOUR), now=now)


def test_table_names_nobody_and_is_emptied(now: datetime) -> None:
    take(Limit("mail", "camille@example.org", 2, HOUR), now=now)
    assert "camille" not in str(Allowance.objects.values_list())
    assert forget_past_limits(now=now) == 0
    assert forget_past_limits(now=now + HOUR) == 1
