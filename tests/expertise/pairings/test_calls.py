"""« À rappeler »: no need is left without a named human, and no human is left alone with it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from expertise.needs import services as needs, signals as need_signals
from expertise.needs.enums import NeedState, When
from expertise.needs.models import Need
from expertise.organizations.models import RegionalContact
from expertise.pairings import services
from expertise.pairings.enums import ContactTaskReason as Reason, ContactTaskState as State
from expertise.pairings.models import ContactTask
from maillage.core.models import AuditEntry
from tests.expertise.pairings.builders import heard
from tests.factories import MOMENT, NeedFactory, RegionalContactFactory, UserFactory

if TYPE_CHECKING:
    from datetime import datetime

pytestmark = pytest.mark.django_db
DAYS = 6
"""Calendar days that hold three business days, whatever the weekday of MOMENT."""


@pytest.fixture
def turn() -> list[RegionalContact]:
    """A region's contact, her deputy, and the network's own."""
    return [
        RegionalContactFactory(region="08"),
        RegionalContactFactory(region="08", position=2),
        RegionalContactFactory(),
    ]


def call(need: Need, now: datetime, reason: Reason = Reason.NOBODY_LEFT) -> ContactTask:
    task = services.name_contact(need_id=need.pk, reason=reason, now=now)
    assert task is not None
    return task


def test_contact_of_the_region_is_named_once_for_a_reason(turn: list[RegionalContact], now: datetime) -> None:
    need = NeedFactory()
    with heard() as signals:
        first, second = call(need, now), call(need, now)
    need.refresh_from_db()
    assert first == second
    assert (need.state, need.contact) == (NeedState.UNANSWERED, turn[0])
    assert signals == {"contact_task_opened": 1}


def test_need_outside_every_region_goes_to_the_networks_own(turn: list[RegionalContact], now: datetime) -> None:
    assert call(NeedFactory(region=None), now).contact == turn[2]


def test_contact_who_is_away_is_not_called(turn: list[RegionalContact], now: datetime) -> None:
    RegionalContact.objects.filter(pk=turn[0].pk).update(absent_from=now.date(), absent_until=now.date())
    assert call(NeedFactory(), now).contact == turn[1]


def test_network_without_any_contact_says_so_loudly(now: datetime) -> None:
    need = NeedFactory()
    with pytest.raises(services.NoContactError):
        call(need, now)
    need.refresh_from_db()
    assert need.state == NeedState.OPEN


def test_ended_need_calls_nobody(turn: list[RegionalContact], now: datetime) -> None:
    need = NeedFactory(state=NeedState.FULFILLED)
    assert services.name_contact(need_id=need.pk, reason=Reason.TOO_LONG, now=now) is None
    assert not ContactTask.objects.exists()


def test_call_passes_through_deputies_to_the_networks_own_who_keeps_it(
    turn: list[RegionalContact], now: datetime
) -> None:
    need = NeedFactory()
    task = call(need, now)
    holders = []
    for passes in range(1, 5):
        services.pass_on(task_id=task.pk, now=now + passes * timedelta(days=DAYS))
        task.refresh_from_db()
        holders.append(task.contact)
    assert holders == [turn[1], turn[2], turn[2], turn[2]]
    assert task.passes == 2
    need.refresh_from_db()
    assert need.contact == turn[2]


def test_clock_waits_for_three_business_days_and_a_human_does_not(turn: list[RegionalContact], now: datetime) -> None:
    task = call(NeedFactory(), now)
    assert services.pass_on(task_id=task.pk, now=now + timedelta(days=2)) is None
    with heard() as signals:
        passed = services.pass_on(task_id=task.pk, now=now + timedelta(days=2), actor=turn[0].user)
    assert passed is not None
    assert passed.contact == turn[1]
    assert signals == {"contact_task_passed": 1}


def test_urgent_call_passes_on_after_a_day(turn: list[RegionalContact], now: datetime) -> None:
    task = call(NeedFactory(when=When.TODAY), now, Reason.URGENT)
    assert services.pass_on(task_id=task.pk, now=now + timedelta(days=1, hours=1)) is not None


def test_deputy_who_is_away_is_passed_over(turn: list[RegionalContact], now: datetime) -> None:
    day = now.date() + timedelta(days=DAYS)
    RegionalContact.objects.filter(pk=turn[1].pk).update(absent_from=day, absent_until=day)
    task = call(NeedFactory(), now)
    passed = services.pass_on(task_id=task.pk, now=now + timedelta(days=DAYS))
    assert passed is not None
    assert passed.contact == turn[2]


def test_finished_call_stays_finished(turn: list[RegionalContact], now: datetime) -> None:
    task = call(NeedFactory(), now)
    actor = UserFactory()
    with heard() as signals:
        services.finish_call(task=task, actor=actor, now=now, note="Rappelée.")
        services.finish_call(task=task, actor=actor, now=now + timedelta(hours=1), note="Encore.")
        assert services.pass_on(task_id=task.pk, now=now + timedelta(days=30)) is None
    task.refresh_from_db()
    assert (task.state, task.note, task.ended_at) == (State.DONE, "Rappelée.", now)
    assert signals == {"contact_task_ended": 1}
    assert AuditEntry.objects.filter(verb="contact_task.done").count() == 1


def test_held_need_is_called_about_until_someone_vouches(turn: list[RegionalContact], now: datetime) -> None:
    need = NeedFactory(held=True)
    need_signals.need_held.send(sender=Need, pk=need.pk, now=now)
    task = need.contact_tasks.get()
    assert (task.reason, task.contact) == (Reason.HELD, turn[0])
    services.vouch(need=need, actor=turn[0].user, now=now)
    task.refresh_from_db()
    need.refresh_from_db()
    assert (need.state, task.state) == (NeedState.OPEN, State.CANCELLED)


def test_vouching_for_what_is_not_held_is_refused(turn: list[RegionalContact], now: datetime) -> None:
    with pytest.raises(needs.WrongStateError):
        services.vouch(need=NeedFactory(), actor=turn[0].user, now=now)


def test_withdrawn_need_must_not_be_called_about(turn: list[RegionalContact], now: datetime) -> None:
    need = NeedFactory()
    task = call(need, now)
    needs.withdraw_need(need=need, actor=None, now=MOMENT)
    task.refresh_from_db()
    assert task.state == State.CANCELLED
