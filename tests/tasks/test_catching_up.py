"""Clocks are rows: what a worker that was away finds when it comes back, and what it no longer tells."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from expertise.needs import services as need_services
from expertise.needs.models import Need
from expertise.pairings import services
from expertise.pairings.enums import PairingState
from tasks.enums import JobState
from tasks.models import Job
from tests.expertise.pairings.builders import ANSWER, OFFER, need_for, skilled
from tests.factories import RegionalContactFactory, SeatFactory, SkillFactory
from tests.tasks.driving import Clock, mails

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper


@pytest.fixture
def folder(tmp_path: Path, settings: SettingsWrapper) -> Path:
    """Where mails land."""
    settings.MAIL_FOLDER = tmp_path
    return tmp_path


@pytest.fixture
def need(db: None, now: datetime) -> Need:
    """An open need that three organizations may answer, and a contact."""
    from expertise.pairings.known import forget_index
    from expertise.skills.selectors import forget_vocabulary

    forget_index()
    forget_vocabulary()
    RegionalContactFactory.create()
    skill = SkillFactory.create()
    for organization in skilled(3, skill):
        SeatFactory.create(organization=organization)
    made = need_for(skill)
    SeatFactory.create(organization=made.organization, user=made.author)
    Job.objects.all().delete()
    services.propose_wave(need_id=made.pk, now=now)
    return Need.objects.get(pk=made.pk)


def kinds(folder: Path) -> list[str]:
    return [mail.row.kind for mail in mails(folder)]


def test_organizations_that_stay_silent_are_reminded_once_then_left(need: Need, folder: Path, now: datetime) -> None:
    clock = Clock(now)
    clock.drive()
    assert sorted(kinds(folder)) == ["organizations_asked", *["proposal"] * 3]
    clock.pass_by(days=8)
    reminders = [mail for mail in mails(folder) if mail.row.subject.startswith("Rappel")]
    assert len(reminders) == 3
    clock.pass_by(days=8)
    assert set(need.pairings.values_list("state", flat=True)) == {PairingState.LAPSED}
    assert len([mail for mail in mails(folder) if mail.row.kind == "proposal"]) == 6


def test_need_without_answer_ends_with_a_named_human(need: Need, folder: Path, now: datetime) -> None:
    clock = Clock(now)
    clock.pass_by(days=60)
    need.refresh_from_db()
    assert need.state == "unanswered"
    told = [mail for mail in mails(folder) if mail.row.kind == "need_unanswered"]
    assert told
    assert need.contact is not None
    assert need.contact.name in told[-1].text


def test_worker_away_for_weeks_sends_no_stale_reminder(need: Need, folder: Path, now: datetime) -> None:
    clock = Clock(now)
    clock.drive()
    clock.now = now + timedelta(days=25)
    clock.drive()
    assert not any(mail.row.subject.startswith("Rappel") for mail in mails(folder))
    reminders = Job.objects.filter(kind="remind_pairing")
    assert set(reminders.values_list("state", flat=True)) == {JobState.CANCELLED}
    assert all(reminders.values_list("last_error", flat=True))


def test_worker_away_before_anything_left_starts_the_clocks_when_it_comes_back(
    need: Need, folder: Path, now: datetime
) -> None:
    clock = Clock(now + timedelta(days=1))
    clock.drive()
    assert sorted(kinds(folder)) == ["organizations_asked", *["proposal"] * 3]
    told = set(need.pairings.values_list("told_at", flat=True))
    assert min(moment for moment in told if moment) >= now + timedelta(days=1)


def test_after_an_introduction_both_sides_are_asked_and_the_need_is_closed(
    need: Need, folder: Path, now: datetime
) -> None:
    clock = Clock(now)
    clock.drive()
    pairing = need.pairings.order_by("pk").first()
    assert pairing is not None
    services.offer(pairing=pairing, facts=OFFER, answer=ANSWER, now=clock.now)
    services.choose(pairing=pairing, now=clock.now)
    clock.pass_by(days=120)
    need.refresh_from_db()
    assert need.state == "closed_unknown"
    counted = kinds(folder)
    assert counted.count("introduction") == 2
    assert counted.count("spoken") == 2
    assert counted.count("outcome") == 4
    assert counted.count("need_closed") == 1
    assert counted.count("offer_received") == 0, "chosen before its mail left"


def test_worker_away_after_an_introduction_asks_only_what_still_matters(
    need: Need, folder: Path, now: datetime
) -> None:
    clock = Clock(now)
    clock.drive()
    pairing = need.pairings.order_by("pk").first()
    assert pairing is not None
    services.offer(pairing=pairing, facts=OFFER, answer=ANSWER, now=clock.now)
    services.choose(pairing=pairing, now=clock.now)
    clock.drive()
    clock.now = now + timedelta(days=30)
    clock.drive()
    counted = kinds(folder)
    assert counted.count("spoken") == 0
    assert counted.count("outcome") == 2


def test_withdrawn_need_tells_those_asked_and_nobody_is_reminded(need: Need, folder: Path, now: datetime) -> None:
    clock = Clock(now)
    clock.drive()
    need_services.withdraw_need(need=need, actor=need.author, now=clock.now)
    clock.pass_by(days=60)
    assert kinds(folder).count("proposal_closed") == 3
    assert not any(mail.row.subject.startswith("Rappel") for mail in mails(folder))
    assert not Job.objects.live().filter(due_at__lte=clock.now).exists()


def test_all_saying_no_asks_the_next_at_once(need: Need, folder: Path, now: datetime) -> None:
    clock = Clock(now)
    clock.drive()
    for pairing in need.pairings.all():
        services.decline(pairing=pairing, reason="no_room", answer=ANSWER, now=clock.now)
    clock.pass_by(minutes=1)
    need.refresh_from_db()
    assert need.state == "unanswered"
    assert kinds(folder).count("need_unanswered") == 1
    assert kinds(folder).count("contact_call") == 1
