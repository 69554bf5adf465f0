"""Who asks in the demo, and whose accounts a visitor may borrow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from demo.walk import Asker
from expertise.needs.models import Need
from expertise.organizations.enums import OrganizationKind
from expertise.organizations.models import Organization, RegionalContact, Seat

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = "demo"
PREFERRED_REGION = "08"


def next_asker() -> Asker:
    """An owner of a verified group that may still ask; those of Abitibi-Témiscamingue first.

    Raises:
        LookupError: every group has reached its limit of open needs.
    """
    seats = Seat.objects.owners().filter(organization__in=Organization.objects.verified().filter(source=SOURCE))
    ordered = sorted(
        seats.select_related("organization", "user").order_by("pk"),
        key=lambda seat: (
            seat.organization.kind == OrganizationKind.SOCIAL_ECONOMY,
            seat.organization.region != PREFERRED_REGION,
            seat.organization.lang != "fr",
            seat.pk,
        ),
    )
    for seat in ordered:
        group = seat.organization
        is_full = (
            Need.objects.counted_open().filter(organization=group).count() >= settings.MAX_OPEN_NEEDS_PER_ORGANIZATION
        )
        if seat.user is not None and not is_full:
            telephone = seat.user.telephone or group.telephone
            return Asker(seat.user.email, seat.user.name, telephone, group.name, group.pk, group.municipality)
    raise LookupError("every demo group has its limit of open needs: remove var/ and start again")


def logins() -> Iterator[tuple[str, str]]:
    """Addresses to sign in with, and what they are."""
    asker = next_asker()
    yield asker.address, f"demande de l’aide ({asker.organization})"
    helper = Seat.objects.owners().filter(organization__source=SOURCE).select_related("user", "organization")
    for seat in helper.order_by("-organization__organization_skills", "pk")[:1]:
        if seat.user is not None:
            yield seat.user.email, f"offre de l’aide ({seat.organization.name})"
    contact = (
        RegionalContact.objects.filter(region=PREFERRED_REGION).select_related("user").order_by("position").first()
    )
    if contact is not None:
        yield contact.user.email, "personne-ressource de l’Abitibi-Témiscamingue"
