"""Whom each side of an introduction may call, and by when. Contact data pass here and in its mail, nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from expertise.pairings import clocks, rounds, wording
from expertise.pairings.enums import PairingState as S

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.pairings.models import Pairing

INTRODUCED_STATES = (S.INTRODUCED, S.UNDER_WAY, S.HELPED, S.NOT_HELPED)


@dataclass(frozen=True, slots=True)
class Counterpart:
    """The other side, as one may now know it; ``calls_by`` says until when the organization calls."""

    name: str
    organization: str
    telephone: str
    address: str
    calls_by: str


def is_introduced(pairing: Pairing) -> bool:
    """Whether the two sides were put in contact."""
    return pairing.introduced_at is not None and pairing.state in INTRODUCED_STATES


def helper_of(pairing: Pairing, now: datetime) -> Counterpart | None:
    """For the group: who answered for the organization; None before the introduction."""
    if not is_introduced(pairing):
        return None
    organization = pairing.organization
    return Counterpart(
        name=pairing.answered_name or organization.shown_name,
        organization=organization.shown_name,
        telephone=pairing.answered_telephone or organization.telephone,
        address=pairing.answered_address or organization.shared_address,
        calls_by=_calls_by(pairing, now),
    )


def group_of(pairing: Pairing, now: datetime) -> Counterpart | None:
    """For the organization: whom the group named; None before the introduction.

    A group that has only a telephone has no address: that of who wrote its need down is not its own.
    """
    if not is_introduced(pairing):
        return None
    need = pairing.need
    return Counterpart(
        name=need.contact_name,
        organization=need.organization.shown_name if need.organization is not None else "",
        telephone=need.telephone,
        address=need.author.email if need.author is not None else "",
        calls_by=_calls_by(pairing, now),
    )


def _calls_by(pairing: Pairing, now: datetime) -> str:
    if pairing.state != S.INTRODUCED or pairing.introduced_at is None:
        return ""
    due = clocks.spoken_due(introduced_at=pairing.introduced_at, pace=rounds.pace(pairing.need))
    return wording.by_day(due, now) if due > now else ""
