"""Reads of pairings as pages need them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Prefetch

from expertise.organizations.models import Organization
from expertise.pairings import wording
from expertise.pairings.enums import PairingState
from expertise.pairings.introductions import helper_of
from expertise.pairings.models import ContactTask, Pairing
from expertise.pairings.reasons import sentences_of
from maillage.core.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import QuerySet

    from expertise.needs.models import Need
    from expertise.pairings.introductions import Counterpart
    from expertise.pairings.querysets import PairingQuerySet
    from maillage.core.permissions import Actor

# What a group sees of an organization's answer, in the order in which it decides.
OFFERS_SHOWN = (
    PairingState.OFFERED,
    PairingState.INTRODUCED,
    PairingState.UNDER_WAY,
    PairingState.HELPED,
    PairingState.NOT_HELPED,
)
SHORTEST_NAME, NEAR_READ, NEAR_SHOWN = 3, 200, 6
"""Shorter names find everyone; descriptions hold names too, so more is read than shown."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer as its card shows it; ``can_choose`` while the group has not decided, ``helper`` once introduced."""

    pairing: Pairing
    terms: str
    available: str
    reasons: list[str]
    helper: Counterpart | None

    @property
    def can_choose(self) -> bool:
        """Still to be chosen."""
        return self.pairing.state == PairingState.OFFERED


def offers_of(need: Need, now: datetime) -> list[Offer]:
    """Offers of a need, undecided ones first, in the order in which they came; their reasons in one query."""
    pairings = sorted(
        need.pairings.filter(state__in=OFFERS_SHOWN).select_related("organization").order_by("answered_at", "pk"),
        key=lambda pairing: pairing.state != PairingState.OFFERED,
    )
    reasons = sentences_of([pairing.reasons for pairing in pairings])
    for pairing in pairings:
        pairing.need = need
    return [
        Offer(pairing, wording.terms(pairing), wording.available_from(pairing, now), why, helper_of(pairing, now))
        for pairing, why in zip(pairings, reasons, strict=True)
    ]


def inbox_of(actor: Actor) -> PairingQuerySet:
    """Requests to one's organizations, latest first."""
    own = Organization.objects.of(actor).values("pk")
    related = ("need__organization", "need__author", "organization", "referred_by__organization")
    mine = Pairing.objects.filter(organization__in=own).select_related(*related)
    return mine.order_by("-updated_at", "-pk")


def calls_of(actor: Actor) -> QuerySet[ContactTask]:
    """Calls that one may make, the oldest first, with the need and what each organization said."""
    asked = Pairing.objects.select_related("organization", "referred_to").order_by("proposed_at", "pk")
    return (
        ContactTask.objects.open()
        .visible_to(actor)
        .select_related("need__organization", "need__author", "contact__user")
        .prefetch_related(Prefetch("need__pairings", queryset=asked))
        .order_by("created_at", "pk")
    )


def organizations_like(name: str, need: Need) -> list[Organization]:
    """Organizations that may be asked whose name holds what was typed, whatever its accents; at most six."""
    wanted = fold(" ".join(name.split()))
    if len(wanted) < SHORTEST_NAME:
        return []
    near = Organization.objects.askable().filter(folded__contains=wanted).exclude(pk=need.organization_id or 0)
    named = [one for one in near.order_by("name", "pk")[:NEAR_READ] if wanted in fold(one.name)]
    return named[:NEAR_SHOWN]


def organizations_in_order(ids: Sequence[int]) -> list[Organization]:
    """These organizations, in this order."""
    known = Organization.objects.in_bulk(ids)
    return [known[pk] for pk in ids]
