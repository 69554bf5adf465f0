"""Each signal of the lower rooms writes its rows, once, in the transaction of its fact."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from expertise.needs import signals as needs
from expertise.needs.models import Need
from expertise.organizations import signals as organizations
from expertise.organizations.enums import SeatState
from expertise.organizations.models import Organization, Seat
from expertise.pairings import signals as pairings
from expertise.pairings.enums import ContactTaskReason, PairingState
from expertise.pairings.models import ContactTask, Pairing, Wave
from maillage.core import reporting
from maillage.core.models import Report
from members import signals as members
from members.models import Preference
from tasks.models import Job, Message
from tests.tasks.mails.world import make_world
from wiki import signals as wiki
from wiki.models import GuidePage

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.dispatch import Signal

    from tests.tasks.mails.world import World

    Subject = Callable[[World, datetime], int]
    Case = tuple[Signal, type, Subject, tuple[str, ...]]


@pytest.fixture
def world(db: None) -> World:
    """A French network."""
    return make_world("fr")


def need(world: World, now: datetime) -> int:
    return int(world.need.pk)


def wave(world: World, now: datetime) -> int:
    return world.wave(now).pk


def asked(world: World, now: datetime) -> int:
    return world.wave(now).pairings.get(organization=world.helper).pk


def told(world: World, now: datetime) -> int:
    pk = asked(world, now)
    Pairing.objects.filter(pk=pk).update(told_at=now, lapses_at=now + timedelta(days=9))
    return pk


def offered(world: World, now: datetime) -> int:
    return world.pairing(trait="offered").pk


def introduced(world: World, now: datetime) -> int:
    return world.pairing(trait="introduced").pk


def task(world: World, now: datetime) -> int:
    facts = {"need": world.need, "contact": world.contact, "reason": ContactTaskReason.TOO_LONG}
    return ContactTask.objects.create(**facts, created_at=now, moved_at=now).pk


def organization(world: World, now: datetime) -> int:
    return int(world.helper.pk)


def seat(world: World, now: datetime) -> int:
    return int(world.helper_seat.pk)


def anything(world: World, now: datetime) -> int:
    return 41


OTHERS = {"background", "index_document", "index_matching"}
CLOSED = ("continue_search",)
CASES: dict[str, Case] = {
    "need_opened": (needs.need_opened, Need, need, ("propose_wave", "continue_search")),
    "need_reopened": (needs.need_reopened, Need, need, ("propose_wave", "continue_search")),
    "need_resumed": (needs.need_resumed, Need, need, ("continue_search", "continue_search")),
    "need_unanswered": (needs.need_unanswered, Need, need, ("compose:need_unanswered",)),
    "need_closed_unknown": (needs.need_closed_unknown, Need, need, ("compose:need_closed",)),
    "wave_proposed": (
        pairings.wave_proposed, Wave, wave,
        ("compose:organizations_asked", "compose:proposal", "compose:proposal", "miss_pairing", "miss_pairing",
         "continue_search"),
    ),
    "pairing_told": (pairings.pairing_told, Pairing, told, ("remind_pairing", "lapse_pairing", "continue_search")),
    "pairing_offered": (
        pairings.pairing_offered, Pairing, offered, ("compose:offer_received", "compose:offers_waiting")
    ),
    "pairing_declined": (pairings.pairing_declined, Pairing, asked, CLOSED),
    "pairing_referred": (pairings.pairing_referred, Pairing, asked, (*CLOSED, "compose:referral")),
    "pairing_lapsed": (pairings.pairing_lapsed, Pairing, asked, CLOSED),
    "pairing_unreachable": (pairings.pairing_unreachable, Pairing, asked, CLOSED),
    "pairing_withdrawn": (pairings.pairing_withdrawn, Pairing, offered, ("compose:offer_withdrawn",)),
    "pairing_not_chosen": (pairings.pairing_not_chosen, Pairing, offered, ("compose:offer_closed",)),
    "offer_superseded": (pairings.pairing_superseded, Pairing, offered, ("compose:offer_closed",)),
    "proposal_superseded": (pairings.pairing_superseded, Pairing, told, ("compose:proposal_closed",)),
    "pairing_introduced": (
        pairings.pairing_introduced, Pairing, introduced,
        ("compose:introduction", "compose:spoken", "compose:outcome", "compose:outcome", "close_unknown"),
    ),
    "contact_task_opened": (pairings.contact_task_opened, ContactTask, task, ("compose:contact_call", "pass_on")),
    "contact_task_passed": (
        pairings.contact_task_passed, ContactTask, task, ("compose:contact_call", "pass_on", "compose:need_unanswered")
    ),
    "organization_invited": (
        organizations.organization_invited, Organization, organization, ("compose:organization_invited",)
    ),
    "organization_confirmation_asked": (
        organizations.organization_confirmation_asked, Organization, organization, ("compose:confirmation_asked",)
    ),
    "organization_verified": (
        organizations.organization_verified, Organization, organization, ("compose:organization_state",)
    ),
    "organization_suspended": (
        organizations.organization_suspended, Organization, organization,
        ("undo_organization", "compose:organization_state"),
    ),
    "organization_removed": (
        organizations.organization_removed, Organization, organization, ("undo_organization",)
    ),
    "seat_asked": (organizations.seat_asked, Seat, seat, ("compose:seat_asked",)),
    "seat_invited": (organizations.seat_invited, Seat, seat, ("compose:seat_invited",)),
    "seat_began": (organizations.seat_began, Seat, seat, ("compose:seat_began",)),
    "seat_ended": (organizations.seat_ended, Seat, seat, ("compose:seat_ended",)),
    "guide_submitted": (wiki.guide_submitted, GuidePage, anything, ("compose:guide_submitted",)),
    "guide_published": (wiki.guide_published, GuidePage, anything, ("compose:guide_answered",)),
    "guide_changes_asked": (wiki.guide_changes_asked, GuidePage, anything, ("compose:guide_answered",)),
    "guide_refused": (wiki.guide_refused, GuidePage, anything, ("compose:guide_answered",)),
    "guide_unpublished": (wiki.guide_unpublished, GuidePage, anything, ("compose:guide_answered",)),
    "report_opened": (reporting.report_opened, Report, anything, ("compose:report_opened",)),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_signal_writes_its_rows_once_and_renders_nothing(world: World, name: str, now: datetime) -> None:
    signal, sender, subject, kinds = CASES[name]
    pk = subject(world, now)
    for _ in range(2):
        signal.send(sender=sender, pk=pk, now=now)
    assert sorted(_mine()) == sorted(kinds)
    assert not Message.objects.exists()


def _mine() -> list[str]:
    """Kinds of rows that these receivers wrote; indexes listen to the same signals."""
    return [kind for kind in Job.objects.values_list("kind", flat=True) if kind not in OTHERS]


def test_held_need_is_told_to_its_group_and_editors_and_called_about(world: World, now: datetime) -> None:
    Need.objects.filter(pk=world.need.pk).update(state="held", opened_at=None)
    for _ in range(2):
        needs.need_held.send(sender=Need, pk=world.need.pk, now=now)
    assert sorted(_mine()) == ["compose:contact_call", "compose:need_held", "pass_on"]


def test_stopped_kind_carries_no_address(world: World, now: datetime) -> None:
    preference = Preference.objects.create(address="partagee@example.org", stopped_kinds=["proposal"])
    facts = {"address": preference.address, "kind": "proposal"}
    members.kind_stopped.send(sender=Preference, pk=preference.pk, now=now, **facts)
    job = Job.objects.get(kind="compose:kind_stopped")
    assert "partagee" not in f"{job.args} {job.dedupe_key}"


def test_rows_are_written_with_their_fact_or_not_at_all(world: World, now: datetime) -> None:
    def fail() -> None:
        with transaction.atomic():
            organizations.seat_asked.send(sender=Seat, pk=world.helper_seat.pk, now=now)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not _mine()


def test_the_same_thing_happening_again_is_told_again(world: World, now: datetime) -> None:
    for days in (0, 3):
        needs.need_reopened.send(sender=Need, pk=world.need.pk, now=now + timedelta(days=days))
    assert Job.objects.filter(kind="propose_wave").count() == 2


def test_suspension_cancels_what_is_still_to_be_sent(world: World, now: datetime) -> None:
    from tasks.registry import KINDS

    wave_row = world.wave(now)
    for pairing in wave_row.pairings.all():
        KINDS["compose:proposal"].handler(pairing_id=pairing.pk, wave_id=wave_row.pk, now=now)
    KINDS["undo_organization"].handler(organization_id=world.helper.pk, now=now)
    states = dict(Message.objects.values_list("address", "state"))
    assert states[world.helper_seat.user.email] == "cancelled"
    assert states["info@example.org"] == "pending"


def test_mails_of_a_suspended_group_are_cancelled(world: World, now: datetime) -> None:
    from tasks.registry import KINDS

    wave_row = world.wave(now)
    KINDS["compose:organizations_asked"].handler(wave_id=wave_row.pk, now=now)
    KINDS["undo_organization"].handler(organization_id=world.group.pk, now=now)
    assert set(Message.objects.values_list("state", flat=True)) == {"cancelled"}


def test_organization_without_any_address_counts_as_unreachable(world: World, now: datetime) -> None:
    from tasks.registry import KINDS

    Seat.objects.filter(pk=world.helper_seat.pk).update(state=SeatState.ENDED)
    wave_row = world.wave(now)
    pairing = wave_row.pairings.get(organization=world.helper)
    KINDS["compose:proposal"].handler(pairing_id=pairing.pk, wave_id=wave_row.pk, now=now)
    pairing.refresh_from_db()
    assert pairing.state == PairingState.UNREACHABLE
    assert Job.objects.filter(kind="continue_search", dedupe_key__contains=f"pairing:{pairing.pk}").exists()
