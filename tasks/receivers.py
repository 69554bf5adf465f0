"""Seam 1: what happened in the lower rooms becomes rows, in the same transaction; nothing is rendered here.

Keys name events of business, so that a signal told twice writes the same rows. What may happen again to the same object
(an answer, a reopening) carries its moment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.dispatch import receiver

from expertise.needs import signals as needs
from expertise.needs.models import Need
from expertise.organizations import signals as organizations
from expertise.organizations.enums import OrganizationState
from expertise.pairings import clocks, rounds, signals as pairings
from expertise.pairings.models import ContactTask, Pairing, Wave
from maillage.core import reporting
from members import signals as members
from tasks import queue
from wiki import signals as wiki

if TYPE_CHECKING:
    from datetime import datetime


def _write(kind: str, event: str, now: datetime, /, *, due_at: datetime | None = None, **args: object) -> None:
    queue.enqueue(kind=kind, dedupe_key=f"{kind}:{event}", args=args, due_at=due_at, now=now)


def _at(moment: datetime) -> str:
    """A moment in a key."""
    return f"{moment:%Y%m%dT%H%M%S%f}"


# Needs


@receiver((needs.need_opened, needs.need_reopened), dispatch_uid="tasks.need_opened")
def on_need_opened(pk: int, now: datetime, **_: object) -> None:
    """Ask the first organizations; and, when its time comes, name the human."""
    _write("propose_wave", f"need:{pk}:opened:{_at(now)}", now, need_id=pk)
    _write_contact_due(pk, now)


@receiver(needs.need_resumed, dispatch_uid="tasks.need_resumed")
def on_need_resumed(pk: int, now: datetime, **_: object) -> None:
    """Go on searching; the contact's clock begins again when it was a helper who fell away."""
    _write("continue_search", f"need:{pk}:resumed:{_at(now)}", now, need_id=pk)
    _write_contact_due(pk, now)


def _write_contact_due(pk: int, now: datetime) -> None:
    need = Need.objects.get(pk=pk)
    due_at = clocks.contact_due(opened_at=rounds.searching_since(need), pace=rounds.pace(need))
    if due_at > now:
        _write("continue_search", f"need:{pk}:{_at(due_at)}", now, due_at=due_at, need_id=pk)


@receiver(needs.need_held, dispatch_uid="tasks.need_held")
def on_need_held(pk: int, now: datetime, **_: object) -> None:
    """Tell the group and the editors."""
    event = f"need:{pk}:held:{_at(now)}"
    _write("compose:need_held", event, now, need_id=pk, event=event)


@receiver(needs.need_unanswered, dispatch_uid="tasks.need_unanswered")
def on_need_unanswered(pk: int, now: datetime, **_: object) -> None:
    """Tell the group who takes over."""
    event = f"need:{pk}:unanswered:{_at(now)}"
    _write("compose:need_unanswered", event, now, need_id=pk, event=event)


@receiver(needs.need_closed_unknown, dispatch_uid="tasks.need_closed_unknown")
def on_need_closed(pk: int, now: datetime, **_: object) -> None:
    """Tell the group, which may reopen it."""
    event = f"need:{pk}:closed:{_at(now)}"
    _write("compose:need_closed", event, now, need_id=pk, event=event)


# Waves and pairings


@receiver(pairings.wave_proposed, dispatch_uid="tasks.wave_proposed")
def on_wave_proposed(pk: int, now: datetime, **_: object) -> None:
    """Tell the group, ask each organization; at the end of the wave, see who was never reached, and go on."""
    wave = Wave.objects.get(pk=pk)
    _write("compose:organizations_asked", f"wave:{pk}", now, wave_id=pk)
    for pairing_id in wave.pairings.order_by("pk").values_list("pk", flat=True):
        event = f"wave:{pk}:pairing:{pairing_id}"
        _write("compose:proposal", event, now, pairing_id=pairing_id, wave_id=pk)
        _write("miss_pairing", event, now, due_at=wave.ends_at, pairing_id=pairing_id, wave_id=pk)
    event = f"need:{wave.need_id}:{_at(wave.ends_at)}"
    _write("continue_search", event, now, due_at=wave.ends_at, need_id=wave.need_id)


@receiver(pairings.pairing_told, dispatch_uid="tasks.pairing_told")
def on_pairing_told(pk: int, now: datetime, **_: object) -> None:
    """Its clocks start: one reminder, then silence counts as no."""
    pairing = Pairing.objects.select_related("need", "wave").get(pk=pk)
    event, args = f"pairing:{pk}:told:{_at(now)}", {"pairing_id": pk, "wave_id": pairing.wave_id}
    reminder_due = clocks.reminder_due(told_at=now, pace=rounds.pace(pairing.need))
    _write("remind_pairing", event, now, due_at=reminder_due, **args)
    if pairing.lapses_at is not None:
        _write("lapse_pairing", event, now, due_at=pairing.lapses_at, pairing_id=pk)
    if pairing.wave is not None:
        # The service gives a wave that was told late its full time.
        ends_at = pairing.wave.ends_at
        _write(
            "continue_search", f"need:{pairing.need_id}:{_at(ends_at)}", now, due_at=ends_at, need_id=pairing.need_id
        )


@receiver(pairings.pairing_offered, dispatch_uid="tasks.pairing_offered")
def on_pairing_offered(pk: int, now: datetime, **_: object) -> None:
    """Tell the group; later, remind it to choose."""
    pairing = Pairing.objects.select_related("need").get(pk=pk)
    event = f"pairing:{pk}:offered:{_at(now)}"
    _write("compose:offer_received", event, now, pairing_id=pk)
    due_at = clocks.choice_reminder_due(offered_at=now, pace=rounds.pace(pairing.need))
    _write("compose:offers_waiting", event, now, due_at=due_at, pairing_id=pk)


@receiver(
    (pairings.pairing_declined, pairings.pairing_referred, pairings.pairing_lapsed, pairings.pairing_unreachable),
    dispatch_uid="tasks.pairing_answered_no",
)
def on_pairing_answered_no(pk: int, now: datetime, **_: object) -> None:
    """Perhaps it was the last one of its wave."""
    need_id = Pairing.objects.values_list("need_id", flat=True).get(pk=pk)
    _write("continue_search", f"pairing:{pk}:no:{_at(now)}", now, need_id=need_id)


@receiver(pairings.pairing_referred, dispatch_uid="tasks.pairing_referred")
def on_pairing_referred(pk: int, now: datetime, **_: object) -> None:
    """Tell the group whom it may call, if the network cannot ask them itself."""
    event = f"pairing:{pk}:referred:{_at(now)}"
    _write("compose:referral", event, now, pairing_id=pk, event=event)


@receiver(pairings.pairing_withdrawn, dispatch_uid="tasks.pairing_withdrawn")
def on_pairing_withdrawn(pk: int, now: datetime, **_: object) -> None:
    """Tell the group; the search goes on by itself when this was its only offer."""
    event = f"pairing:{pk}:withdrawn:{_at(now)}"
    _write("compose:offer_withdrawn", event, now, pairing_id=pk, event=event)


@receiver((pairings.pairing_not_chosen, pairings.pairing_superseded), dispatch_uid="tasks.pairing_closed")
def on_pairing_closed(pk: int, now: datetime, **_: object) -> None:
    """Thank who offered; tell who was only asked that nothing more is needed."""
    has_offered = bool(Pairing.objects.values_list("help_kind", flat=True).get(pk=pk))
    event = f"pairing:{pk}:closed:{_at(now)}"
    kind = "compose:offer_closed" if has_offered else "compose:proposal_closed"
    _write(kind, event, now, pairing_id=pk, event=event)


@receiver(pairings.pairing_introduced, dispatch_uid="tasks.pairing_introduced")
def on_pairing_introduced(pk: int, now: datetime, **_: object) -> None:
    """Put both in contact; then ask whether they spoke, how it ended, twice; then close."""
    pairing = Pairing.objects.select_related("need").get(pk=pk)
    pace, event = rounds.pace(pairing.need), f"pairing:{pk}:introduced:{_at(now)}"
    _write("compose:introduction", event, now, pairing_id=pk)
    spoken_due = clocks.spoken_due(introduced_at=now, pace=pace)
    _write("compose:spoken", event, now, due_at=spoken_due, pairing_id=pk)
    for time in (1, 2):
        due_at = clocks.outcome_due(introduced_at=now, pace=pace, time=time)
        _write("compose:outcome", f"{event}:{time}", now, due_at=due_at, pairing_id=pk, time=time)
    closes_at = clocks.closes_unknown(introduced_at=now, pace=pace)
    _write("close_unknown", f"need:{pairing.need_id}:{_at(closes_at)}", now, due_at=closes_at, need_id=pairing.need_id)


# Contacts


@receiver((pairings.contact_task_opened, pairings.contact_task_passed), dispatch_uid="tasks.contact_task")
def on_contact_task(pk: int, now: datetime, **_: object) -> None:
    """Tell whoever holds the call; pass it on when its time is over."""
    task = ContactTask.objects.select_related("need").get(pk=pk)
    event = f"task:{pk}:{task.passes}"
    _write("compose:contact_call", event, now, task_id=pk, passes=task.passes)
    due_at = clocks.contact_pass_due(moved_at=task.moved_at, pace=rounds.pace(task.need))
    _write("pass_on", event, now, due_at=due_at, task_id=pk)


@receiver(pairings.contact_task_passed, dispatch_uid="tasks.contact_task_passed")
def on_contact_task_passed(pk: int, now: datetime, **_: object) -> None:
    """Tell a group that waits for a human who it is now."""
    need_id = ContactTask.objects.values_list("need_id", flat=True).get(pk=pk)
    event = f"need:{need_id}:passed:{_at(now)}"
    _write("compose:need_unanswered", event, now, need_id=need_id, event=event)


# Organizations and seats


@receiver(organizations.organization_invited, dispatch_uid="tasks.organization_invited")
def on_organization_invited(pk: int, now: datetime, **_: object) -> None:
    """Write to an imported organization."""
    event = f"organization:{pk}:invited:{_at(now)}"
    _write("compose:organization_invited", event, now, organization_id=pk, event=event)


@receiver(organizations.organization_confirmation_asked, dispatch_uid="tasks.organization_confirmation_asked")
def on_confirmation_asked(pk: int, now: datetime, **_: object) -> None:
    """Ask its people."""
    event = f"organization:{pk}:confirmation:{_at(now)}"
    _write("compose:confirmation_asked", event, now, organization_id=pk, event=event)


@receiver(organizations.organization_verified, dispatch_uid="tasks.organization_verified")
def on_organization_verified(pk: int, now: datetime, **_: object) -> None:
    """Tell its owners."""
    _write_state(pk, OrganizationState.VERIFIED, now)


@receiver((organizations.organization_suspended, organizations.organization_removed), dispatch_uid="tasks.undo")
def on_organization_undone(signal: object, pk: int, now: datetime, **_: object) -> None:
    """Cancel what is still to be sent by it or to it; lower rooms undo the rest themselves."""
    _write("undo_organization", f"organization:{pk}:{_at(now)}", now, organization_id=pk)
    if signal is organizations.organization_suspended:
        _write_state(pk, OrganizationState.SUSPENDED, now)


def _write_state(pk: int, state: OrganizationState, now: datetime) -> None:
    event = f"organization:{pk}:{state.value}:{_at(now)}"
    _write("compose:organization_state", event, now, organization_id=pk, state=state.value, event=event)


@receiver(organizations.seat_asked, dispatch_uid="tasks.seat_asked")
def on_seat_asked(pk: int, now: datetime, **_: object) -> None:
    """Tell whoever decides."""
    _write("compose:seat_asked", f"seat:{pk}", now, seat_id=pk)


@receiver(organizations.seat_invited, dispatch_uid="tasks.seat_invited")
def on_seat_invited(pk: int, now: datetime, **_: object) -> None:
    """Write to the invited address."""
    _write("compose:seat_invited", f"seat:{pk}", now, seat_id=pk)


@receiver(organizations.seat_began, dispatch_uid="tasks.seat_began")
def on_seat_began(pk: int, now: datetime, **_: object) -> None:
    """Tell the other side."""
    _write("compose:seat_began", f"seat:{pk}", now, seat_id=pk)


@receiver(organizations.seat_ended, dispatch_uid="tasks.seat_ended")
def on_seat_ended(pk: int, now: datetime, **_: object) -> None:
    """Tell the person and the owners."""
    _write("compose:seat_ended", f"seat:{pk}", now, seat_id=pk)


# Guides, reports, choices. Proposed skills wait for the editors' weekly digest.


@receiver(wiki.guide_submitted, dispatch_uid="tasks.guide_submitted")
def on_guide_submitted(pk: int, now: datetime, **_: object) -> None:
    """Tell the editors."""
    event = f"guide:{pk}:submitted:{_at(now)}"
    _write("compose:guide_submitted", event, now, guide_id=pk, event=event)


GUIDE_ANSWERS = {
    wiki.guide_published: "published",
    wiki.guide_changes_asked: "changes_asked",
    wiki.guide_refused: "refused",
    wiki.guide_unpublished: "unpublished",
}


@receiver(list(GUIDE_ANSWERS), dispatch_uid="tasks.guide_answered")
def on_guide_answered(signal: object, pk: int, now: datetime, **_: object) -> None:
    """Tell the author."""
    answer = GUIDE_ANSWERS[signal]  # type: ignore[index]  # Django types the sender of a signal as object
    event = f"guide:{pk}:{answer}:{_at(now)}"
    _write("compose:guide_answered", event, now, guide_id=pk, answer=answer, event=event)


@receiver(reporting.report_opened, dispatch_uid="tasks.report_opened")
def on_report_opened(pk: int, now: datetime, **_: object) -> None:
    """Tell the editors."""
    _write("compose:report_opened", f"report:{pk}", now, report_id=pk)


@receiver(members.kind_stopped, dispatch_uid="tasks.kind_stopped")
def on_kind_stopped(pk: int, now: datetime, kind: str, **_: object) -> None:
    """Tell the owners of a shared address."""
    event = f"preference:{pk}:{kind}:{_at(now)}"
    _write("compose:kind_stopped", event, now, preference_id=pk, kind=kind, event=event)
