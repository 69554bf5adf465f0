"""What lower rooms' pages show of guides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from wiki import selectors

if TYPE_CHECKING:
    from django.db.models import Model

    from expertise.organizations.models import Organization

register = template.Library()


@register.inclusion_tag("wiki/guide_links.html")
def related_guides(subject: Model, title: str = "") -> dict[str, object]:
    """Guides that share skills with a need or an organization; one query when its skills were prefetched."""
    skill_ids = [skill.pk for skill in subject.skills.all()]  # type: ignore[attr-defined]  # every room's own
    return {"guides": selectors.related_to(subject, skill_ids), "title": title}


@register.inclusion_tag("wiki/guide_links.html")
def guides_of(organization: Organization, title: str = "") -> dict[str, object]:
    """Guides that an organization wrote, under a title when there are any; one query."""
    return {"guides": selectors.of_organization(organization), "title": title}
