"""What an organization's page shows to one reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from expertise.organizations.cards import kind_of, place_of
from expertise.organizations.enums import HelpKind, OrganizationState
from expertise.organizations.models import RegionalContact
from expertise.organizations.permissions import is_member
from expertise.organizations.querysets import ASKED_STATES
from maillage.core.enums import Language
from maillage.core.permissions import can, is_editor
from maillage.core.regions import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from expertise.organizations.models import Organization, OrganizationSkill
    from expertise.skills.models import Skill
    from maillage.core.permissions import Actor


@dataclass(frozen=True, slots=True)
class HeldSkill:
    """One skill on the page: when it was confirmed, and where it differs from the organization's own terms."""

    skill: Skill
    confirmed_at: datetime | None
    terms: str


@dataclass(frozen=True, slots=True)
class OrganizationPage:
    """The page. ``facts``: (term, value). ``telephone`` is empty for readers who do not call for the network."""

    meta: list[str]
    facts: list[tuple[str, str]]
    skills: list[HeldSkill]
    contact: RegionalContact | None
    contact_region: str
    telephone: str
    is_unclaimed: bool
    is_suspended: bool
    is_waiting: bool
    is_own: bool
    can_be_asked: bool
    can_edit: bool
    can_join: bool
    can_settle: bool


def page_of(organization: Organization, actor: Actor, now: datetime) -> OrganizationPage:
    """Everything that the template draws, in a fixed number of queries."""
    rows = sorted(organization.organization_skills.select_related("tag"), key=lambda row: row.tag.sort_key)
    is_own = is_member(actor, organization)
    contact = _contact(organization, now)
    calls = is_editor(actor) or _calls(actor, organization)
    return OrganizationPage(
        meta=[item for item in (kind_of(organization), place_of(organization)) if item],
        facts=facts_of(organization),
        skills=[HeldSkill(row.tag, row.confirmed_at, terms_of(row)) for row in rows],
        contact=contact,
        contact_region=contact.region_object.name if contact and contact.region_object else "",
        telephone=organization.telephone if calls or is_own else "",
        is_unclaimed=organization.state == OrganizationState.UNCLAIMED,
        is_suspended=organization.state == OrganizationState.SUSPENDED,
        is_waiting=organization.state == OrganizationState.UNVERIFIED,
        is_own=is_own,
        can_be_asked=organization.state in ASKED_STATES and not is_own,
        can_edit=can(actor, "edit", organization),
        can_join=not is_own and organization.state != OrganizationState.SUSPENDED,
        can_settle=is_editor(actor),
    )


def facts_of(organization: Organization) -> list[tuple[str, str]]:
    """How this organization helps, in pairs; what is not known is left out."""
    region = organization.region_object
    served = [REGIONS[code].name for code in organization.served_regions if code in REGIONS]
    where = [organization.shown_municipality, region.name if region else organization.area]
    facts = [
        (_("Aide offerte"), listed_words(str(HelpKind(code).label) for code in organization.help_kinds)),
        (_("Langues"), listed_words(str(Language(code).label) for code in organization.languages)),
        (_("Où"), ", ".join(place for place in where if place)),
        (_("Se déplace aussi"), ", ".join(served)),
        (_("Distance"), _distance(organization)),
        (_("À distance"), _("oui") if organization.is_remote else ""),
    ]
    return [(term, value) for term, value in facts if value]


def terms_of(row: OrganizationSkill) -> str:
    """Exceptions of one skill in words: « tarif courant; Outaouais seulement »."""
    terms = []
    if row.help_kinds is not None:
        terms.append(listed_words(str(HelpKind(code).label) for code in row.help_kinds))
    if row.served_regions is not None:
        names = [REGIONS[code].name for code in row.served_regions if code in REGIONS]
        terms.append(", ".join(names) if names else _("à distance seulement"))
    return "; ".join(term for term in terms if term)


def listed_words(words: Iterable[str]) -> str:
    """« a, b »."""
    return ", ".join(words)


def _distance(organization: Organization) -> str:
    if organization.max_distance_km is None:
        return ""
    return _("jusqu’à %(count)s\u00a0km") % {"count": organization.max_distance_km}


def _contact(organization: Organization, now: datetime) -> RegionalContact | None:
    in_turn = RegionalContact.objects.in_turn(organization.region, timezone.localdate(now))
    return in_turn.select_related("user").first()


def _calls(actor: Actor, organization: Organization) -> bool:
    if not actor.is_authenticated:
        return False
    roles = RegionalContact.objects.filter(user_id=actor.pk, is_active=True)
    return any(role.region in (None, organization.region) for role in roles)
