"""What the home page and the member's space show: reads that join several rooms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.urls import reverse
from django.utils import translation

from expertise.needs.enums import Audience, NeedState
from expertise.needs.models import Need
from expertise.organizations.models import Organization
from maillage.core.formats import month_text
from maillage.core.regions import REGIONS
from wiki.models import GuidePage

if TYPE_CHECKING:
    from maillage.core.permissions import Actor

RECENT_NEEDS = 6
RECENT_GUIDES = 3
SKILLS_SHOWN = 2


@dataclass(frozen=True, slots=True)
class NeedRow:
    """What everyone may know of a need: skill, region, month, and whether it found help."""

    title: str
    meta: list[str]
    badge: str
    tone: str
    url: str


def recent_needs(actor: Actor, limit: int = RECENT_NEEDS) -> list[NeedRow]:
    """The latest published needs that have a skill, newest first; never those meant for the asked alone.

    A row links to the need only when the actor may see it.
    """
    needs = list(
        Need.objects.published()
        .exclude(audience=Audience.ASKED)
        .filter(skills__isnull=False)
        .distinct()
        .order_by("-opened_at", "-pk")
        .prefetch_related("skills")[:limit]  # type: ignore[misc]  # taggit's manager
    )
    seen = set(Need.objects.visible_to(actor).filter(pk__in=[need.pk for need in needs]).values_list("pk", flat=True))
    return [_need_row(need, is_seen=need.pk in seen) for need in needs]


def _need_row(need: Need, *, is_seen: bool) -> NeedRow:
    labels = [skill.label for skill in need.skills.all()][:SKILLS_SHOWN]
    region = need.region_object
    is_helped = need.state in (NeedState.FULFILLED, NeedState.UNDER_WAY)
    return NeedRow(
        title=", ".join(labels)[:1].upper() + ", ".join(labels)[1:],
        meta=[region.name if region else "", month_text(need.opened_at) if need.opened_at else ""],
        badge=str(NeedState(need.state).label),
        tone="good" if is_helped else "quiet",
        url=need.get_absolute_url() if is_seen else "",
    )


@dataclass(frozen=True, slots=True)
class RegionCount:
    """How many listed organizations a region has, and where the directory shows them."""

    name: str
    count: int
    url: str


def organizations_by_region() -> list[RegionCount]:
    """Regions that have listed organizations, in the order of their codes."""
    counted = (
        Organization.objects.listed()
        .filter(region__isnull=False)
        .values("region")
        .annotate(count=Count("pk"))
        .order_by("region")
    )
    directory = reverse("organizations:list")
    return [
        RegionCount(REGIONS[code].name, count, f"{directory}?region={code}")
        for code, count in counted.values_list("region", "count")
        if code
    ]


@dataclass(frozen=True, slots=True)
class GuideCard:
    """A guide as a card: no tree, no site lookup."""

    title: str
    url: str
    helps_to: str
    kind: str
    minutes: int | None


def recent_guides(actor: Actor, limit: int = RECENT_GUIDES) -> list[GuideCard]:
    """The latest guides in the reader's language, newest first."""
    guides = (
        GuidePage.objects.visible_to(actor)
        .live()
        .filter(locale__language_code=(translation.get_language() or "fr")[:2])
        .order_by("-first_published_at", "-pk")
        .only("title", "slug", "helps_to", "kind", "minutes")[:limit]
    )
    return [_guide_card(guide) for guide in guides]


def _guide_card(guide: GuidePage) -> GuideCard:
    url = reverse("wiki:guide", args=[guide.slug])
    return GuideCard(guide.title, url, guide.helps_to, guide.get_kind_display(), guide.minutes)
