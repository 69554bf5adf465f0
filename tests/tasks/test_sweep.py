"""The sweep: announces, a bounded number at a time, and never claims."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from tasks import announcing, recurring
from tasks.enums import JobState
from tasks.holding import hold_optional_mail, release_optional_mail
from tasks.lanes import FIRST, REST, lane_of
from tasks.models import Job, Message
from tasks.sweep import sweep
from tests.factories import UserFactory
from tests.tasks.rows import NEWS, make_job, make_message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tasks.models.lease import Leasable

pytestmark = pytest.mark.django_db


class Broker:
    """Keeps announcements; refuses when told to."""

    def __init__(self) -> None:
        self.rows: list[Leasable] = []
        self.waiting = {FIRST: 0, REST: 0}
        self.takes = 10_000

    def announce(self, rows: Sequence[Leasable]) -> list[Leasable]:
        taken, left = list(rows)[: self.takes], list(rows)[self.takes :]
        self.rows += taken
        self.takes -= len(taken)
        return left

    def backlog(self, lane: str) -> int:
        return self.waiting[lane]


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Broker:
    made = Broker()
    monkeypatch.setattr(announcing, "announce", made.announce)
    monkeypatch.setattr(announcing, "backlog", made.backlog)
    monkeypatch.setattr(recurring, "RULES", {})
    return made


def test_due_rows_are_announced_once_and_not_claimed(broker: Broker, now: datetime) -> None:
    make_job(now)
    make_job(now, key="later", due_at=now + timedelta(minutes=1))
    assert sweep(now=now) == 1
    assert sweep(now=now + timedelta(seconds=2)) == 0
    job = Job.objects.get(dedupe_key="job:1")
    assert (job.state, job.attempts) == (JobState.PENDING, 0)


def test_lost_announcement_comes_again(broker: Broker, now: datetime) -> None:
    make_job(now)
    sweep(now=now)
    assert sweep(now=now + timedelta(seconds=settings.QUEUE_ANNOUNCED_S)) == 1


def test_lost_lease_comes_again(broker: Broker, now: datetime) -> None:
    make_job(now, state="leased", lease_until=now - timedelta(seconds=1), announced_until=now - timedelta(seconds=90))
    assert sweep(now=now) == 1


def test_announcement_marked_before_the_clock_jumped_back_does_not_hide_a_row(broker: Broker, now: datetime) -> None:
    make_job(now, announced_until=now + timedelta(days=1))
    assert sweep(now=now) == 1


def test_announcements_under_way_are_bounded(broker: Broker, now: datetime, settings: pytest.FixtureRequest) -> None:
    settings.QUEUE_OUTSTANDING = 6  # type: ignore[attr-defined]
    for number in range(10):
        make_job(now, key=f"job:{number}")
        make_message(now, key=f"letter:{number}")
    broker.waiting[REST] = 2
    assert sweep(now=now) == 4
    assert {type(row) for row in broker.rows} == {Job, Message}


def test_room_that_jobs_leave_goes_to_mails(broker: Broker, now: datetime, settings: pytest.FixtureRequest) -> None:
    settings.QUEUE_OUTSTANDING = 6  # type: ignore[attr-defined]
    for number in range(10):
        make_message(now, key=f"letter:{number}")
    assert sweep(now=now) == 6


def test_sign_in_code_goes_first_whatever_waits(broker: Broker, now: datetime) -> None:
    make_message(now - timedelta(hours=1))
    code = make_message(now, kind="sign_in_code", key="code:1")
    broker.waiting[REST] = settings.QUEUE_OUTSTANDING
    assert sweep(now=now) == 1
    assert broker.rows == [code]
    assert lane_of(code.priority) == FIRST


def test_broker_that_fails_midway_leaves_the_rest_for_the_next_sweep(broker: Broker, now: datetime) -> None:
    for number in range(5):
        make_job(now, key=f"job:{number}")
    broker.takes = 2
    assert sweep(now=now) == 2
    broker.takes = 10
    assert sweep(now=now) == 3


def test_broker_that_is_down_changes_nothing(broker: Broker, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(lane: str) -> int:
        raise announcing.BrokerDownError(lane)

    monkeypatch.setattr(announcing, "backlog", refuse)
    make_job(now)
    assert sweep(now=now) == 0
    assert Job.objects.get().announced_until is None


def test_held_optional_mail_is_not_announced(broker: Broker, now: datetime) -> None:
    operator = UserFactory(administrator=True)
    make_message(now, kind=NEWS.code)
    hold_optional_mail(actor=operator, now=now)
    hold_optional_mail(actor=operator, now=now)
    assert sweep(now=now) == 0
    release_optional_mail(actor=operator, now=now)
    assert sweep(now=now) == 1


def test_row_written_by_a_clock_that_was_ahead_is_dead_and_seen(broker: Broker, now: datetime) -> None:
    make_job(now + timedelta(days=365))
    assert sweep(now=now) == 0
    job = Job.objects.get()
    assert job.state == JobState.DEAD
    assert "clock" in job.last_error


def test_each_window_of_a_rule_is_written_once(broker: Broker, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recurring, "_planted", {})
    recurring.every("test.rule", lambda moment: moment.date().isoformat())
    for moment in (now, now + timedelta(hours=1), now + timedelta(days=1)):
        sweep(now=moment)
        recurring._planted.clear()  # another beat
    assert sorted(Job.objects.values_list("dedupe_key", flat=True)) == ["test.rule:2026-11-24", "test.rule:2026-11-25"]
