"""An organization in few words: what its card, its title and its mails say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.text import Truncator
from django.utils.translation import gettext as _, pgettext

from expertise.organizations.enums import OrganizationKind, OrganizationState

if TYPE_CHECKING:
    from expertise.organizations.models import Organization

# A screen of a telephone holds two cards of this size.
MAX_TAGS: Final = 3
MAX_WORDS: Final = 24


@dataclass(frozen=True, slots=True)
class Card:
    """What the directory shows of one organization."""

    title: str
    url: str
    lang: str
    meta: list[str]
    text: str
    tags: list[str]
    is_unclaimed: bool


def kind_of(organization: Organization) -> str:
    """« coopérative », or the kind of organization."""
    if organization.is_cooperative:
        return pgettext("un organisme", "coopérative")
    return str(OrganizationKind(organization.kind).label)


def place_of(organization: Organization) -> str:
    """The municipality when it is shown, else the region or the territory."""
    region = organization.region_object
    return organization.shown_municipality or (region.name if region else organization.area)


def card_of(organization: Organization) -> Card:
    """The card; skills must have been prefetched."""
    held = (row.tag for row in organization.organization_skills.all())
    skills = [skill.label for skill in sorted(held, key=lambda skill: skill.sort_key)]
    more = len(skills) - MAX_TAGS
    tags = skills[:MAX_TAGS]
    if more > 0:
        tags.append(_("et %(count)s de plus") % {"count": more})
    meta = [kind_of(organization), place_of(organization), *organization.help_kind_labels]
    if organization.is_remote:
        meta.append(_("à distance"))
    return Card(
        title=organization.shown_name,
        url=organization.get_absolute_url(),
        lang=organization.lang,
        meta=[item for item in meta if item],
        text=Truncator(organization.shown_description).words(MAX_WORDS),
        tags=tags,
        is_unclaimed=organization.state == OrganizationState.UNCLAIMED,
    )
