"""« À rappeler »: what a named human must do about a need, who holds it, to whom it passes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from expertise.needs import services as needs
from expertise.needs.enums import NeedState
from expertise.organizations.models import RegionalContact
from expertise.pairings import rounds, signals
from expertise.pairings.clocks import contact_pass_due
from expertise.pairings.enums import ContactTaskReason as Reason, ContactTaskState as State
from expertise.pairings.models import ContactTask
from expertise.pairings.services.errors import NoContactError
from expertise.pairings.services.locks import lock_need
from maillage.core import audit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime

    from expertise.needs.models import Need
    from maillage.core.permissions import Actor
    from members.models import User

# With one of these, the network has done what it could by itself: the contact takes the need over.
HANDS_OVER: Final = frozenset({Reason.NOBODY_LEFT, Reason.TOO_LONG, Reason.NO_CANDIDATE})
LIVE: Final = frozenset({NeedState.HELD, NeedState.OPEN, NeedState.ANSWERED, NeedState.UNDER_WAY, NeedState.UNANSWERED})


@transaction.atomic
def name_contact(*, need_id: int, reason: str, now: datetime) -> ContactTask | None:
    """Give a need to the human whose turn it is, once for each reason; None when the need has ended.

    An open need that the network can do no more for becomes ``unanswered``: followed by that person.

    Raises:
        NoContactError: the network has no contact at all.
    """
    need = lock_need(need_id)
    if need.state not in LIVE:
        return None
    task = open_call(need=need, reason=Reason(reason), now=now)
    if reason in HANDS_OVER and need.state == NeedState.OPEN:
        needs.mark_unanswered(need=need, contact=task.contact, now=now)
    elif need.contact_id != task.contact_id:
        needs.name_contact_of(need=need, contact=task.contact, now=now)
    return task


def open_call(*, need: Need, reason: Reason, now: datetime) -> ContactTask:
    """The open call of a locked need for this reason, made if there is none.

    Raises:
        NoContactError: the network has no contact at all.
    """
    found = ContactTask.objects.open().filter(need_id=need.pk, reason=reason).select_related("contact").first()
    if found is not None:
        return found
    contact = RegionalContact.objects.in_turn(need.region, timezone.localdate(now)).first()
    if contact is None:
        raise NoContactError
    task = ContactTask.objects.create(need=need, contact=contact, reason=reason, created_at=now, moved_at=now)
    audit.record(
        verb="contact_task.opened", subject=task, now=now, need=need.pk, contact=contact.pk, reason=str(reason)
    )
    signals.contact_task_opened.send(sender=ContactTask, pk=task.pk, now=now)
    return task


@transaction.atomic
def pass_on(*, task_id: int, now: datetime, actor: User | None = None) -> ContactTask | None:
    """Give a call to the next in turn: deputies, then the network's own; the last one keeps it.

    Args:
        task_id: the call.
        now: the moment.
        actor: who passes it on; None: the clock, which waits until the contact has had their days.

    Returns:
        The call with its new contact; None when nothing moved.
    """
    need_id = ContactTask.objects.values_list("need_id", flat=True).get(pk=task_id)
    need = lock_need(need_id)
    task = ContactTask.objects.select_for_update(of=("self",)).select_related("contact").get(pk=task_id)
    is_early = actor is None and now < contact_pass_due(moved_at=task.moved_at, pace=rounds.pace(need))
    following = None if is_early or task.state != State.OPEN else next_in_turn(task.contact, need, now)
    if following is None:
        return None
    before = task.contact_id
    task.contact, task.moved_at, task.passes = following, now, task.passes + 1
    task.save(update_fields=["contact", "moved_at", "passes"])
    audit.record(verb="contact_task.passed", subject=task, now=now, actor=actor, before=before, contact=following.pk)
    needs.name_contact_of(need=need, contact=following, now=now, actor=actor)
    signals.contact_task_passed.send(sender=ContactTask, pk=task.pk, now=now)
    return task


def next_in_turn(current: RegionalContact, need: Need, now: datetime) -> RegionalContact | None:
    """Who comes after a contact: present deputies of the region, then the network's own; None after the last."""
    day = timezone.localdate(now)
    return following(current, RegionalContact.objects.in_turn(need.region, day), region=need.region, day=day)


def following(
    current: RegionalContact, contacts: Iterable[RegionalContact], *, region: str | None, day: date
) -> RegionalContact | None:
    """The same among contacts already read, of this region or of others."""
    own = [contact for contact in contacts if contact.region in (None, region) and _rank(contact) > _rank(current)]
    return min(own, key=lambda contact: (contact.is_away_on(day), _rank(contact)), default=None)


@transaction.atomic
def finish_call(*, task: ContactTask, actor: User, now: datetime, note: str = "") -> ContactTask:
    """The contact has called; a second press changes nothing."""
    lock_need(task.need_id)
    task.refresh_from_db(from_queryset=ContactTask.objects.select_for_update(of=("self",)))
    if task.state == State.OPEN:
        _end(task, State.DONE, now=now, actor=actor, note=note)
    return task


@transaction.atomic
def vouch(*, need: Need, actor: User, now: datetime) -> Need:
    """Someone knows the group: its need is released, and so the call about it ends.

    Raises:
        expertise.needs.services.WrongStateError: the need is not held.
    """
    return needs.release_need(need=need, actor=actor, now=now)


def cancel_calls(*, need_id: int, now: datetime, reasons: Collection[str] | None = None) -> None:
    """End the open calls of a locked need that are no longer necessary; all of them without ``reasons``."""
    rows = ContactTask.objects.select_for_update(of=("self",)).open().filter(need_id=need_id).order_by("pk")
    for task in rows if reasons is None else rows.filter(reason__in=reasons):
        _end(task, State.CANCELLED, now=now)


def _end(task: ContactTask, state: State, *, now: datetime, actor: Actor | None = None, note: str = "") -> None:
    task.state, task.ended_at, task.note = state, now, note.strip() or task.note
    task.save(update_fields=["state", "ended_at", "note"])
    audit.record(verb=f"contact_task.{state}", subject=task, now=now, actor=actor, need=task.need_id)
    signals.contact_task_ended.send(sender=ContactTask, pk=task.pk, now=now)


def _rank(contact: RegionalContact) -> tuple[bool, int, int]:
    return contact.region is None, contact.position, contact.pk
