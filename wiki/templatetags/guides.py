"""What lower rooms' pages show of guides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from wiki import selectors

if TYPE_CHECKING:
    from django.db.models import Model
    from django.template.context import Context

    from expertise.organizations.models import Organization

register = template.Library()


@register.inclusion_tag("wiki/guide_links.html", takes_context=True)
def related_guides(context: Context, subject: Model) -> dict[str, object]:
    """Guides that share skills with a need, an organization or a guide; one query."""
    return {"guides": selectors.related_to(subject, context["request"].user)}


@register.inclusion_tag("wiki/guide_links.html")
def guides_of(organization: Organization) -> dict[str, object]:
    """Guides that an organization wrote; one query."""
    return {"guides": selectors.of_organization(organization)}
