"""Personal data of organizations: the people who hold seats and who answer the telephone for a region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from expertise.organizations.enums import OrganizationState, SeatRole, SeatState
from expertise.organizations.models import ImportFile, Organization, OrganizationSkill, RegionalContact, Seat
from expertise.organizations.services.seats import end_seat
from members.personal_data import Erase, Obstacle, declare, declare_impersonal, declare_obstacle, rows
from members.signals import person_erased

if TYPE_CHECKING:
    from datetime import datetime

    from members.models import User

OF_THE_ORGANIZATION = "about an organization, which speaks for itself"

rows(Seat, lambda person: Q(user=person) | Q(invited_address=person.email))
declare(Seat, "invited_address", purpose="invite a colleague", retention="until the invitation is answered")
for name in ("role", "began_at"):
    declare(
        Seat,
        name,
        purpose="say what the person may do for an organization, and since when",
        retention="while the organization exists",
        mask=False,
        erase=Erase.KEEP,
        because="who decided for an organization, and when, is its own history; the person has no name any more",
    )
declare_impersonal(Seat, "state")
rows(RegionalContact, lambda person: Q(user=person))
for name in ("telephone", "hours_fr", "hours_en"):
    declare(
        RegionalContact,
        name,
        purpose="be called by groups of the region",
        retention="while the person is a contact",
        mask=name == "telephone",
    )
declare_impersonal(RegionalContact, "region")
declare_impersonal(
    Organization,
    *("name", "slug", "kind", "state", "description", "lang", "region", "area", "municipality", "served_regions"),
    *("languages", "help_kinds", "telephone", "website", "shared_address", "source", "source_id", "folded"),
    because=OF_THE_ORGANIZATION,
)
declare_impersonal(ImportFile, "name", "source", because="about the file, which goes after a day at most")
declare_impersonal(OrganizationSkill, "help_kinds", "served_regions", because=OF_THE_ORGANIZATION)


def _last_owner_obstacles(person: User) -> list[Obstacle]:
    """Organizations that would have nobody who decides."""
    owned = Seat.objects.owners().filter(user=person).exclude(organization__state=OrganizationState.REMOVED)
    alone = owned.exclude(
        organization__in=Seat.objects.owners().exclude(user=person).values("organization")
    ).select_related("organization")
    return [
        Obstacle(
            _("%(organization)s : nommez d’abord une autre personne responsable") % {"organization": seat.organization},
            reverse("organizations:team", args=[seat.organization.slug]),
        )
        for seat in alone
    ]


def _contact_obstacles(person: User) -> list[Obstacle]:
    """A region’s contact is replaced before leaving, so that nobody calls in vain."""
    roles = RegionalContact.objects.filter(user=person, is_active=True)
    text = _("Vous êtes personne-ressource : demandez d’abord à l’administration de vous remplacer")
    return [Obstacle(text, reverse("pages:page", args=[_("nous-joindre")])) for role in roles[:1]]


declare_obstacle(_last_owner_obstacles)
declare_obstacle(_contact_obstacles)


@receiver(person_erased)
def _end_seats(pk: int, now: datetime, **_facts: object) -> None:
    """What the person held passes to the organization; requests and invitations are withdrawn."""
    for seat in Seat.objects.filter(user_id=pk, state=SeatState.ACTIVE).select_related("organization"):
        end_seat(seat=seat, actor=None, now=now, is_forced=seat.role == SeatRole.OWNER)
    Seat.objects.filter(user_id=pk).exclude(state__in=(SeatState.ACTIVE, SeatState.ENDED)).update(
        state=SeatState.ENDED, ended_at=now
    )
    RegionalContact.objects.filter(user_id=pk).update(is_active=False)
