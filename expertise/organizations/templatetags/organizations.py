"""What pages of other rooms show of organizations, and small mappings for buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.core.paginator import Paginator

from expertise.organizations.cards import card_of
from expertise.organizations.directory import Choice, listed

if TYPE_CHECKING:
    from django.template.context import Context

    from expertise.skills.models import Skill

register = template.Library()
PAGE_SIZE = 20


@register.simple_tag
def answers(value: str) -> dict[str, str]:
    """``{"answer": value}``, for a button's hidden fields."""
    return {"answer": value}


@register.simple_tag
def verb_of(verb: str) -> dict[str, str]:
    """``{"verb": verb}``, for a button's hidden fields."""
    return {"verb": verb}


@register.simple_tag
def verb_kind(verb: str) -> str:
    """Look of the button of an editor's verb."""
    return "danger" if verb in ("suspend", "remove") else "primary"


@register.inclusion_tag("organizations/of_skill.html", takes_context=True)
def organizations_of(context: Context, skill: Skill) -> dict[str, Any]:
    """The organizations that hold a skill, a page at a time; for the skill's own page."""
    request = context["request"]
    found = listed(request.user, Choice(skill=(skill.slug,)))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return {"request": request, "skill": skill, "page": page, "cards": [card_of(one) for one in page]}
