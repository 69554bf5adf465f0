"""Reads of pairings as pages need them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from expertise.organizations.models import Organization
from expertise.pairings import wording
from expertise.pairings.enums import PairingState
from expertise.pairings.models import ContactTask, Pairing
from expertise.pairings.reasons import sentences_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from expertise.needs.models import Need
    from maillage.core.permissions import Actor

# What a group sees of an organization's answer, in the order in which it decides.
OFFERS_SHOWN = (
    PairingState.OFFERED,
    PairingState.INTRODUCED,
    PairingState.UNDER_WAY,
    PairingState.HELPED,
    PairingState.NOT_HELPED,
)
INBOX_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer as its card shows it; ``can_choose`` while the group has not decided."""

    pairing: Pairing
    terms: str
    available: str
    reasons: list[str]

    @property
    def can_choose(self) -> bool:
        """Still to be chosen."""
        return self.pairing.state == PairingState.OFFERED

    @property
    def is_introduced(self) -> bool:
        """Contact data passed: they may be shown."""
        return self.pairing.introduced_at is not None


def offers_of(need: Need, now: datetime) -> list[Offer]:
    """Offers of a need, undecided ones first, in the order in which they came; two queries."""
    pairings = sorted(
        need.pairings.filter(state__in=OFFERS_SHOWN).select_related("organization").order_by("answered_at", "pk"),
        key=lambda pairing: pairing.state != PairingState.OFFERED,
    )
    reasons = sentences_of([pairing.reasons for pairing in pairings])
    return [
        Offer(pairing, wording.terms(pairing), wording.available_from(pairing, now), why)
        for pairing, why in zip(pairings, reasons, strict=True)
    ]


def inbox_of(actor: Actor) -> QuerySet[Pairing]:
    """Requests to one's organizations: those that wait first, then what was answered, latest first."""
    own = Pairing.objects.filter(organization__seats__user_id=actor.pk, organization__seats__state="active")
    return own.select_related("need", "need__organization", "organization").order_by("-proposed_at", "-pk")


def calls_of(actor: Actor) -> QuerySet[ContactTask]:
    """Calls that one may make, the oldest first, with the need and what each organization said."""
    return (
        ContactTask.objects.open()
        .visible_to(actor)
        .select_related("need", "need__organization", "need__author", "contact__user")
        .prefetch_related("need__pairings__organization")
        .order_by("created_at", "pk")
        .distinct()
    )


def organizations_like(name: str, need: Need) -> list[Organization]:
    """Organizations that « je connais quelqu’un » may mean."""
    words = name.strip()
    if len(words) < 3:  # noqa: PLR2004  shorter names find everyone
        return []
    found = Organization.objects.askable().filter(name__icontains=words).exclude(pk=need.organization_id)
    return list(found.order_by("name", "pk")[:6])
