"""The one way in which a need changes state, and the transitions that nothing but the state decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from expertise.needs import signals
from expertise.needs.enums import NeedState as S
from expertise.needs.models import Need
from expertise.needs.services.errors import WrongStateError
from maillage.core import audit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.dispatch import Signal

    from expertise.organizations.models import RegionalContact
    from maillage.core.permissions import Actor

ENDED = frozenset({S.WITHDRAWN, S.FULFILLED, S.CLOSED_UNKNOWN})


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states to which one, and what the rest of the house hears."""

    verb: str
    sources: frozenset[S]
    target: S
    signal: Signal


HOLD = Transition("need.held", frozenset({S.DRAFT}), S.HELD, signals.need_held)
OPEN = Transition("need.opened", frozenset({S.DRAFT, S.HELD}), S.OPEN, signals.need_opened)
ANSWER = Transition("need.answered", frozenset({S.OPEN, S.UNANSWERED}), S.ANSWERED, signals.need_answered)
BEGIN = Transition("need.under_way", frozenset({S.OPEN, S.ANSWERED, S.UNANSWERED}), S.UNDER_WAY, signals.need_under_way)
# A late outcome settles a need that was closed without news.
FULFIL = Transition(
    "need.fulfilled",
    frozenset({S.OPEN, S.ANSWERED, S.UNDER_WAY, S.UNANSWERED, S.CLOSED_UNKNOWN}),
    S.FULFILLED,
    signals.need_fulfilled,
)
CLOSE_UNKNOWN = Transition(
    "need.closed_unknown", frozenset({S.UNDER_WAY}), S.CLOSED_UNKNOWN, signals.need_closed_unknown
)
LEAVE_UNANSWERED = Transition("need.unanswered", frozenset({S.OPEN}), S.UNANSWERED, signals.need_unanswered)
RESUME = Transition("need.resumed", frozenset({S.ANSWERED, S.UNDER_WAY, S.UNANSWERED}), S.OPEN, signals.need_resumed)
WITHDRAW = Transition(
    "need.withdrawn",
    frozenset({S.HELD, S.OPEN, S.ANSWERED, S.UNDER_WAY, S.UNANSWERED}),
    S.WITHDRAWN,
    signals.need_withdrawn,
)
REOPEN = Transition("need.reopened", ENDED, S.OPEN, signals.need_reopened)
REOPEN_HELD = Transition("need.held", frozenset({S.WITHDRAWN}), S.HELD, signals.need_held)


def lock(need: Need) -> Need:
    """Read the need's row again under its lock, into the same object; call it inside a transaction."""
    need.refresh_from_db(from_queryset=Need.objects.select_for_update(of=("self",)))
    return need


def check(need: Need, transition: Transition) -> None:
    """Whether a locked need may go this way.

    Raises:
        WrongStateError: it may not.
    """
    if need.state not in transition.sources:
        raise WrongStateError(state=need.state, verb=transition.verb)


def move(
    *,
    need: Need,
    transition: Transition,
    now: datetime,
    actor: Actor | None = None,
    changes: Mapping[str, object] | None = None,
    **codes: object,
) -> Need:
    """Write one transition of a locked need: its row, one audit entry, one signal.

    Args:
        need: locked by ``lock`` in this transaction.
        transition: where it goes.
        now: the moment of the transition.
        actor: who did it; None: a clock or a link of a mail.
        changes: other fields to write with the state.
        codes: kept in the audit entry.

    Raises:
        WrongStateError: the need is not in one of the transition's sources.
    """
    check(need, transition)
    before = need.state
    facts: dict[str, object] = {
        **(changes or {}),
        "state": transition.target,
        "updated_at": now,
        "ended_at": now if transition.target in ENDED else None,
    }
    for name, value in facts.items():
        setattr(need, name, value)
    need.save(update_fields=list(facts))
    audit.record(verb=transition.verb, subject=need, now=now, actor=actor, before=before, **codes)
    transition.signal.send(sender=Need, pk=need.pk, now=now)
    return need


@transaction.atomic
def mark_answered(*, need: Need, now: datetime) -> Need:
    """The first offer is there.

    Raises:
        WrongStateError: the need is neither open nor left to its contact.
    """
    return move(need=lock(need), transition=ANSWER, now=now)


@transaction.atomic
def mark_under_way(*, need: Need, now: datetime, actor: Actor | None = None) -> Need:
    """A first organization was introduced.

    Raises:
        WrongStateError: the need is not waiting for help.
    """
    return move(need=lock(need), transition=BEGIN, now=now, actor=actor)


@transaction.atomic
def mark_fulfilled(*, need: Need, now: datetime, actor: Actor | None = None) -> Need:
    """An organization helped.

    Raises:
        WrongStateError: the need was never opened, or has ended otherwise.
    """
    return move(need=lock(need), transition=FULFIL, now=now, actor=actor, how="helped")


@transaction.atomic
def find_elsewhere(*, need: Need, actor: Actor | None, now: datetime) -> Need:
    """« On a trouvé ailleurs »: settled without the network; the audit entry says so.

    Raises:
        WrongStateError: the need was never opened, or has ended otherwise.
    """
    return move(need=lock(need), transition=FULFIL, now=now, actor=actor, how="elsewhere")


@transaction.atomic
def mark_closed_unknown(*, need: Need, now: datetime) -> Need:
    """Nobody said how it ended.

    Raises:
        WrongStateError: the need is not under way.
    """
    return move(need=lock(need), transition=CLOSE_UNKNOWN, now=now)


@transaction.atomic
def mark_unanswered(*, need: Need, contact: RegionalContact, now: datetime) -> Need:
    """Nobody is left to ask, or it took too long: a named human takes over.

    Raises:
        WrongStateError: the need is not open.
    """
    return move(need=lock(need), transition=LEAVE_UNANSWERED, now=now, changes={"contact": contact}, contact=contact.pk)


@transaction.atomic
def mark_open(*, need: Need, now: datetime, actor: Actor | None = None) -> Need:
    """The search goes on: offers were withdrawn, help did not work out, or the contact found a new way.

    Raises:
        WrongStateError: the need is not answered, under way or left to its contact.
    """
    return move(need=lock(need), transition=RESUME, now=now, actor=actor)


@transaction.atomic
def withdraw_need(*, need: Need, actor: Actor | None, now: datetime, reason: str = "") -> Need:
    """The group no longer asks; ``reason`` is a code for the audit entry.

    Raises:
        WrongStateError: the need is a draft, or has ended.
    """
    return move(need=lock(need), transition=WITHDRAW, now=now, actor=actor, reason=reason)


@transaction.atomic
def name_contact_of(*, need: Need, contact: RegionalContact, now: datetime, actor: Actor | None = None) -> Need:
    """Give the need to a contact without changing its state: an urgent one, or one that was passed on."""
    lock(need)
    need.contact = contact
    need.updated_at = now
    need.save(update_fields=["contact", "updated_at"])
    audit.record(verb="need.contact_named", subject=need, now=now, actor=actor, contact=contact.pk)
    return need
