"""The one way in which a pairing changes state (DESIGN, "Need and pairing")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from expertise.pairings import signals
from expertise.pairings.enums import PairingState as S
from expertise.pairings.models import Pairing
from expertise.pairings.services.errors import AlreadyAnsweredError, WrongPairingStateError
from maillage.core import audit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.dispatch import Signal

    from maillage.core.permissions import Actor

ANSWERED = frozenset(
    {S.OFFERED, S.INTRODUCED, S.UNDER_WAY, S.HELPED, S.NOT_HELPED, S.DECLINED, S.REFERRED, S.NOT_CHOSEN, S.WITHDRAWN}
)
ENDED = frozenset(
    {
        S.HELPED, S.NOT_HELPED, S.DECLINED, S.REFERRED, S.LAPSED, S.UNREACHABLE, S.NOT_CHOSEN, S.WITHDRAWN,
        S.SUPERSEDED,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states to which one, and what the rest of the house hears."""

    verb: str
    sources: frozenset[S]
    target: S
    signal: Signal


# An answer that comes after the lapse is still an answer.
_ASKED = frozenset({S.PROPOSED, S.LAPSED})
_HELPING = frozenset({S.INTRODUCED, S.UNDER_WAY})
OFFER = Transition("pairing.offered", _ASKED, S.OFFERED, signals.pairing_offered)
VOLUNTEER = Transition(
    "pairing.offered",
    frozenset({S.PROPOSED, S.LAPSED, S.SUPERSEDED, S.WITHDRAWN, S.DECLINED, S.REFERRED, S.UNREACHABLE}),
    S.OFFERED,
    signals.pairing_offered,
)
DECLINE = Transition("pairing.declined", _ASKED, S.DECLINED, signals.pairing_declined)
REFER = Transition("pairing.referred", _ASKED, S.REFERRED, signals.pairing_referred)
LAPSE = Transition("pairing.lapsed", frozenset({S.PROPOSED}), S.LAPSED, signals.pairing_lapsed)
MISS = Transition("pairing.unreachable", frozenset({S.PROPOSED}), S.UNREACHABLE, signals.pairing_unreachable)
WITHDRAW = Transition("pairing.withdrawn", frozenset({S.OFFERED}), S.WITHDRAWN, signals.pairing_withdrawn)
INTRODUCE = Transition("pairing.introduced", frozenset({S.OFFERED}), S.INTRODUCED, signals.pairing_introduced)
NOT_CHOOSE = Transition("pairing.not_chosen", frozenset({S.OFFERED}), S.NOT_CHOSEN, signals.pairing_not_chosen)
SUPERSEDE = Transition(
    "pairing.superseded", frozenset({S.PROPOSED, S.OFFERED}), S.SUPERSEDED, signals.pairing_superseded
)
BEGIN = Transition("pairing.under_way", frozenset({S.INTRODUCED}), S.UNDER_WAY, signals.pairing_under_way)
HELP = Transition("pairing.helped", _HELPING, S.HELPED, signals.pairing_helped)
FAIL = Transition("pairing.not_helped", _HELPING, S.NOT_HELPED, signals.pairing_not_helped)
ALL = (
    OFFER, VOLUNTEER, DECLINE, REFER, LAPSE, MISS, WITHDRAW, INTRODUCE, NOT_CHOOSE, SUPERSEDE, BEGIN, HELP, FAIL,
)  # fmt: skip


def check(pairing: Pairing, transition: Transition) -> None:
    """Whether a locked pairing may go this way.

    Raises:
        AlreadyAnsweredError: it would answer a second time.
        WrongPairingStateError: it may not.
    """
    if pairing.state in transition.sources:
        return
    is_answer = transition in (OFFER, VOLUNTEER, DECLINE, REFER)
    refusal = AlreadyAnsweredError if is_answer and pairing.state in ANSWERED else WrongPairingStateError
    raise refusal(state=pairing.state, verb=transition.verb)


def move(
    *,
    pairing: Pairing,
    transition: Transition,
    now: datetime,
    actor: Actor | None = None,
    changes: Mapping[str, object] | None = None,
    **codes: object,
) -> Pairing:
    """Write one transition of a locked pairing: its row, one audit entry, one signal.

    Args:
        pairing: locked by ``locks`` in this transaction.
        transition: where it goes.
        now: the moment of the transition.
        actor: who did it; None: a clock or a link of a mail.
        changes: other fields to write with the state.
        codes: kept in the audit entry.

    Raises:
        AlreadyAnsweredError: it would answer a second time.
        WrongPairingStateError: the pairing is not in one of the transition's sources.
    """
    check(pairing, transition)
    before = pairing.state
    write(
        pairing,
        {
            **(changes or {}),
            "state": transition.target,
            "updated_at": now,
            "ended_at": now if transition.target in ENDED else None,
        },
    )
    audit.record(verb=transition.verb, subject=pairing, now=now, actor=actor, before=before, **codes)
    transition.signal.send(sender=Pairing, pk=pairing.pk, now=now)
    return pairing


def write(pairing: Pairing, facts: Mapping[str, object]) -> None:
    """Set and save these fields only."""
    for name, value in facts.items():
        setattr(pairing, name, value)
    pairing.save(update_fields=list(facts))
