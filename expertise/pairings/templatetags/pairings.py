"""What pages of lower rooms show of pairings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import template
from django.urls import reverse
from django.utils import timezone

from expertise.needs.enums import NeedState
from expertise.pairings import rounds, selectors, timeline
from expertise.pairings.candidates import preview_candidates
from expertise.pairings.reasons import sentences_of
from maillage.core.permissions import can

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.template.context import Context

    from expertise.needs.models import Need
    from expertise.organizations.models import Organization

register = template.Library()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An organization that could be asked."""

    organization: Organization
    reasons: list[str]
    is_excluded: bool


@register.simple_tag
def candidates(need: Need) -> list[Candidate]:
    """Who could be asked and why, best first, and those that the group has unticked."""
    found = preview_candidates(need=need, now=timezone.now())
    reasons = sentences_of([asked.reasons for _, asked in found])
    shown = [
        Candidate(organization, why, is_excluded=False) for (organization, _), why in zip(found, reasons, strict=True)
    ]
    unticked = need.exclusions.select_related("organization").order_by("pk") if need.pk else ()
    return shown + [Candidate(exclusion.organization, [], is_excluded=True) for exclusion in unticked]


@register.inclusion_tag("pairings/timeline.html", takes_context=True)
def need_timeline(context: Context, need: Need) -> dict[str, object]:
    """« Où en est-on? »; for its contact a link to add someone, while it is held the address to vouch for it."""
    actor = context["request"].user
    return {
        "steps": timeline.timeline(need, timezone.now()),
        "need": need,
        "vouch_url": _vouch_url(context["request"], need),
        "can_add": can(actor, "add_helper", need) and rounds.is_looking(need),
    }


@register.inclusion_tag("pairings/need_offers.html", takes_context=True)
def need_offers(context: Context, need: Need) -> dict[str, object]:
    """Offers side by side, for those who decide; nothing for others."""
    decides = can(context["request"].user, "follow", need)
    return {
        "offers": selectors.offers_of(need, timezone.now()) if decides else [],
        "need": need,
        "csrf_token": context.get("csrf_token", ""),
    }


def _vouch_url(request: HttpRequest, need: Need) -> str:
    is_held = need.state == NeedState.HELD
    return request.build_absolute_uri(reverse("pairings:vouch", args=[need.pk])) if is_held else ""
