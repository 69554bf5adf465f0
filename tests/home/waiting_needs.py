"""Needs in trouble, one of each sort, for tests of « À faire »."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from expertise.needs.enums import NeedState, When
from expertise.pairings.enums import ContactTaskReason, Origin, Reach
from expertise.pairings.models import ContactTask, Wave
from tests.factories import NeedFactory, PairingFactory

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.needs.models import Need
    from expertise.organizations.models import RegionalContact


def call(need: Need, contact: RegionalContact, moved_at: datetime) -> ContactTask:
    """An open call that a contact has held since."""
    reason = ContactTaskReason.TOO_LONG
    return ContactTask.objects.create(need=need, contact=contact, reason=reason, created_at=moved_at, moved_at=moved_at)


def wave(need: Need, *, proposed_at: datetime, ends_at: datetime) -> Wave:
    """One round, in which one organization has not answered yet."""
    made = Wave.objects.create(
        need=need, number=1, proposed_at=proposed_at, ends_at=ends_at, reach=Reach.REGION, origin=Origin.MATCHED
    )
    PairingFactory(need=need, wave=made, proposed_at=proposed_at, updated_at=proposed_at)
    return made


def unanswered(contact: RegionalContact, at: datetime) -> Need:
    """In a contact's hands."""
    need: Need = NeedFactory(state=NeedState.UNANSWERED, contact=contact, opened_at=at, updated_at=at)
    call(need, contact, at)
    return need


def urgent(contact: RegionalContact, at: datetime) -> Need:
    """For today, without offer, its wave still running for an hour."""
    need: Need = NeedFactory(when=When.TODAY, opened_at=at, updated_at=at, contact=contact)
    wave(need, proposed_at=at, ends_at=at + timedelta(days=40))
    return need


def stopped(contact: RegionalContact, at: datetime) -> Need:
    """Its wave has ended, and nothing came after it."""
    need: Need = NeedFactory(opened_at=at, updated_at=at)
    wave(need, proposed_at=at, ends_at=at + timedelta(hours=2))
    return need


def unchosen(contact: RegionalContact, at: datetime) -> Need:
    """An offer that the group has left waiting."""
    need: Need = NeedFactory(state=NeedState.ANSWERED, opened_at=at, updated_at=at)
    PairingFactory(need=need, offered=True, answered_at=at, proposed_at=at, updated_at=at)
    return need


def uncalled(contact: RegionalContact, at: datetime) -> Need:
    """Under way, with a call that nobody made and nobody takes over."""
    need: Need = NeedFactory(state=NeedState.UNDER_WAY, opened_at=at - timedelta(days=30), updated_at=at)
    call(need, contact, at)
    return need


SORTS = (unanswered, urgent, stopped, unchosen, uncalled)
