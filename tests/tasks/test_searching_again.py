"""A search that goes on, or begins again: each person is told once, and nothing that is no longer true."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from expertise.needs import services as need_services
from expertise.needs.enums import NeedState
from expertise.needs.models import Need
from expertise.pairings import services
from expertise.pairings.enums import PairingState
from tasks.models import Job
from tests.expertise.pairings.builders import ANSWER, OFFER, need_for, skilled
from tests.factories import RegionalContactFactory, SeatFactory, SkillFactory
from tests.tasks.driving import Clock, Mail, mails

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from expertise.pairings.models import Pairing

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, settings: SettingsWrapper) -> Path:
    """Where mails land."""
    settings.MAIL_FOLDER = tmp_path
    return tmp_path


def asked_need(now: datetime, *, organizations: int) -> tuple[Need, Clock]:
    """An open need whose first wave has been told; a wave asks three."""
    from expertise.pairings.known import forget_index
    from expertise.skills.selectors import forget_vocabulary

    forget_index()
    forget_vocabulary()
    RegionalContactFactory.create()
    skill = SkillFactory.create()
    for organization in skilled(organizations, skill):
        SeatFactory.create(organization=organization)
    need = need_for(skill)
    SeatFactory.create(organization=need.organization, user=need.author)
    Job.objects.all().delete()
    services.propose_wave(need_id=need.pk, now=now)
    clock = Clock(now)
    clock.drive()
    return Need.objects.get(pk=need.pk), clock


def offered(need: Need, clock: Clock) -> Pairing:
    """The first organization that was asked offers its help."""
    pairing = need.pairings.order_by("pk").first()
    assert pairing is not None
    services.offer(pairing=pairing, facts=OFFER, answer=ANSWER, now=clock.now)
    clock.drive()
    return pairing


def since(folder: Path, before: list[Mail]) -> Counter[str]:
    """Kinds of what left after ``before``."""
    return Counter(mail.row.kind for mail in mails(folder)[len(before) :])


def test_only_offer_taken_back_is_told_once_and_those_asked_are_not_asked_again(folder: Path, now: datetime) -> None:
    need, clock = asked_need(now, organizations=3)
    pairing = offered(need, clock)
    before = mails(folder)
    services.withdraw_offer(pairing=pairing, now=clock.now)
    clock.drive()
    need.refresh_from_db()
    assert need.state == NeedState.OPEN
    assert since(folder, before) == {"offer_withdrawn": 1}


def test_helper_who_could_not_help_makes_the_search_go_on_however_late(folder: Path, now: datetime) -> None:
    need, clock = asked_need(now, organizations=5)
    pairing = offered(need, clock)
    services.choose(pairing=pairing, now=clock.now)
    clock.pass_by(days=34)
    before = mails(folder)
    services.record_outcome(pairing=pairing, side="group", outcome="not_helped", now=clock.now)
    clock.drive()
    need.refresh_from_db()
    assert need.state == NeedState.OPEN
    assert need.waves.count() == 2
    told = since(folder, before)
    assert told.pop("proposal") >= 2, "those never asked, and those who were told that it was no longer necessary"
    assert told == {"organizations_asked": 1, "contact_call": 1}
    assert need.pairings.get(pk=pairing.pk).state == PairingState.NOT_HELPED


def test_search_that_went_on_in_vain_is_handed_over_once(folder: Path, now: datetime) -> None:
    need, clock = asked_need(now, organizations=5)
    pairing = offered(need, clock)
    services.choose(pairing=pairing, now=clock.now)
    clock.pass_by(days=34)
    before = mails(folder)
    services.record_outcome(pairing=pairing, side="group", outcome="not_helped", now=clock.now)
    clock.pass_by(days=60)
    need.refresh_from_db()
    assert need.state == NeedState.UNANSWERED
    assert since(folder, before)["need_unanswered"] == 1


def test_need_that_is_asked_again_is_told_as_new_and_old_clocks_stay_silent(folder: Path, now: datetime) -> None:
    need, clock = asked_need(now, organizations=3)
    need_services.withdraw_need(need=need, actor=need.author, now=clock.now)
    clock.pass_by(days=1)
    before = mails(folder)
    need_services.reopen_need(need=need, actor=need.author, now=clock.now)
    clock.drive()
    assert since(folder, before) == {"organizations_asked": 1, "proposal": 3}
    assert "vient d’être transmise à 3 organismes" in mails(folder)[len(before)].text
    asked_at, before = clock.now, mails(folder)
    clock.drive(until=now + timedelta(days=3, hours=1))
    assert not since(folder, before), "the first wave's reminder is not the second's"
    clock.drive(until=asked_at + timedelta(days=6))
    assert since(folder, before) == {"proposal": 3}
    assert all(mail.row.subject.startswith("Rappel") for mail in mails(folder)[len(before) :])


def test_need_reopened_before_its_end_was_told_says_only_that_it_is_asked_again(folder: Path, now: datetime) -> None:
    need, clock = asked_need(now, organizations=3)
    before = mails(folder)
    need_services.withdraw_need(need=need, actor=need.author, now=clock.now)
    later = clock.now + timedelta(seconds=20)
    need_services.reopen_need(need=need, actor=need.author, now=later)
    services.propose_wave(need_id=need.pk, now=later)
    clock.drive(until=later)
    assert since(folder, before) == {"organizations_asked": 1, "proposal": 3}


def test_offer_made_again_is_not_reminded_of_by_the_first_ones_clock(folder: Path, now: datetime) -> None:
    need, clock = asked_need(now, organizations=3)
    pairing = offered(need, clock)
    type(pairing).objects.filter(pk=pairing.pk).update(answered_at=clock.now + timedelta(days=1))
    before = mails(folder)
    clock.drive(until=now + timedelta(days=3, hours=2))
    assert since(folder, before)["offer_received"] == 0
