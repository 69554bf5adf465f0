"""Who reads a mail: an address, a language, a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from expertise.organizations import selectors as organizations
from expertise.organizations.enums import SeatState
from expertise.organizations.models import Seat
from maillage.core.formats import local_date
from members.editors import present, readers_of_week
from members.models import Preference

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from expertise.needs.models import Need
    from expertise.organizations.models import Organization, RegionalContact
    from expertise.pairings.models import Pairing
    from members.models import User


@dataclass(frozen=True, slots=True)
class Reader:
    """One address; ``name`` is empty for a shared one, which is nobody's."""

    address: str
    lang: str
    name: str = ""
    user_id: int | None = None


def in_own_language(readers: Iterable[Reader]) -> list[Reader]:
    """Each reader once, in the language that their address prefers."""
    once = {reader.address.lower(): reader for reader in reversed(list(readers)) if reader.address}
    preferred = dict(Preference.objects.filter(address__in=list(once)).exclude(lang="").values_list("address", "lang"))
    return [
        Reader(reader.address, preferred.get(key, reader.lang), reader.name, reader.user_id)
        for key, reader in reversed(once.items())
    ]


def people(users: Iterable[User]) -> list[Reader]:
    """Accounts that still exist."""
    return in_own_language(
        Reader(user.email, user.lang, user.name, user.pk) for user in users if user.is_active and user.erased_at is None
    )


def of_organization(organization: Organization) -> list[Reader]:
    """Whoever receives an organization's requests."""
    return in_own_language(
        Reader(found.address, found.lang, found.name if found.user else "", found.user.pk if found.user else None)
        for found in organizations.recipients_of(organization)
    )


def owners_of(organization: Organization) -> list[Reader]:
    """Whoever decides for an organization."""
    seats = Seat.objects.owners().filter(organization=organization).select_related("user").order_by("pk")
    return people(seat.user for seat in seats if seat.user is not None)


def of_group(need: Need) -> list[Reader]:
    """The need's author; for a need taken by telephone, who took it; once they left, who gets the group's requests.

    Not empty in a network that has a contact: what nobody else can read, the contact tells by telephone.
    """
    held_by = need.author or need.entered_by
    if held_by is not None and not _has_left(held_by, need.organization):
        found = people([held_by])
        if found:
            return found
    found = of_organization(need.organization) if need.organization is not None else []
    return found or people([need.contact.user] if need.contact is not None else [])


def _has_left(user: User, organization: Organization | None) -> bool:
    """Whether they had a place in the group, and have none any more."""
    states = set(Seat.objects.filter(organization=organization, user=user).values_list("state", flat=True))
    return states == {SeatState.ENDED}


def of_helper(pairing: Pairing) -> list[Reader]:
    """Whoever answered for an organization; if they have left it, whoever gets its requests."""
    organization = pairing.organization
    address = pairing.answered_by.email if pairing.answered_by is not None else pairing.answered_address
    seats = Seat.objects.active().filter(organization=organization, user__email__iexact=address)
    found = people(seat.user for seat in seats.select_related("user") if seat.user is not None)
    if found:
        return found
    if address and address.lower() == organization.shared_address.lower():
        return in_own_language([Reader(address, organization.lang, pairing.answered_name)])
    return of_organization(organization)


def editors(now: datetime) -> list[Reader]:
    """Editors who are not away; when all are, the network's own contact stands in."""
    return people(present(now) or [human(None, now).user])


def editors_of_week(now: datetime, oldest: datetime | None) -> list[Reader]:
    """Who gets the week's mail, and their deputy once something waited for a second one.

    Args:
        now: the moment.
        oldest: when the oldest harm began.
    """
    return people(readers_of_week(now, oldest) or [human(None, now).user])


def human(region: str | None, now: datetime) -> RegionalContact:
    """The named human for a region, today."""
    return organizations.contact_for(region, local_date(now))
