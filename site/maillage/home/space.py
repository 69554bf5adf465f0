"""The member's space: what waits for them first, then what is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q

from expertise.needs.enums import NeedState
from expertise.needs.models import Need
from expertise.needs.querysets import ACTIVE_STATES
from expertise.organizations.models import RegionalContact, Seat
from expertise.pairings.enums import PairingState
from expertise.pairings.models import ContactTask, Pairing
from maillage.core.permissions import is_editor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from members.models import User

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Space:
    """Everything that one person's own page shows.

    ``requests``: pairings that wait for an answer of one of their organizations. ``needs``: their organizations' needs
    that are drafts or alive, each with ``offers`` (undecided ones). ``call_count``: calls to make, None for who is no
    contact.
    """

    requests: list[Pairing]
    needs: Sequence[Need]
    seats: Sequence[Seat]
    call_count: int | None
    is_editor: bool


def of(user: User) -> Space:
    """The space of one person, in a fixed number of queries."""
    seats = list(
        Seat.objects.of(user)
        .select_related("organization")
        .annotate(skill_count=Count("organization__organization_skills"))
        .order_by("organization__name", "pk")
    )
    organizations = [seat.organization_id for seat in seats]
    requests = list(
        Pairing.objects.waiting()
        .filter(organization__in=organizations)
        .select_related("need", "organization")
        .order_by("lapses_at", "pk")[:SHOWN]
    )
    needs = list(
        Need.objects.of(user)
        .filter(state__in=(NeedState.DRAFT, NeedState.HELD, *ACTIVE_STATES))
        .annotate(offers=Count("pairings", filter=Q(pairings__state=PairingState.OFFERED), distinct=True))
        .order_by(F("offers").desc(), "-updated_at", "-pk")[:SHOWN]
    )
    is_contact = RegionalContact.objects.filter(user=user, is_active=True).exists()
    calls = ContactTask.objects.open().visible_to(user).count() if is_contact else None
    return Space(requests=requests, needs=needs, seats=seats, call_count=calls, is_editor=is_editor(user))
