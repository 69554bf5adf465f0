"""Reads of guides that join several models."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from expertise.matching import Document
from expertise.organizations.models import Organization
from expertise.skills.models import Skill
from wiki.enums import GuideKind
from wiki.models import FormerSlug, GuidePage

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from django.db.models import Model

    from maillage.core.permissions import Actor
    from wiki.querysets import GuideQuerySet

RELATED = 4
HELPERS = 4
PROFILE_CHARACTERS = 2000


@dataclass(frozen=True, slots=True)
class Choice:
    """What a list of guides is narrowed to; empty means all."""

    skill: str = ""
    kind: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many guides each choice would show, given the other choices."""

    skills: list[tuple[Skill, int]]
    kinds: Mapping[str, int]
    languages: Mapping[str, int]


def find(*, slug: str, lang: str, actor: Actor) -> GuidePage | None:
    """The guide at an address, if the actor may see it."""
    return (
        GuidePage.objects.visible_to(actor)
        .select_related("locale", "organization", "owner", "picture")
        .filter(slug=slug, locale__language_code=lang)
        .first()
    )


def moved_to(*, slug: str, lang: str) -> GuidePage | None:
    """The guide that once had this address."""
    former = (
        FormerSlug.objects.select_related("guide", "guide__locale")
        .filter(slug=slug, locale__language_code=lang, guide__live=True)
        .first()
    )
    return former.guide if former else None


def counterpart(guide: GuidePage) -> GuidePage | None:
    """The same guide in the other language, when readers can see it."""
    return (
        GuidePage.objects.readable()
        .select_related("locale")
        .filter(translation_key=guide.translation_key)
        .exclude(pk=guide.pk)
        .first()
    )


def narrowed(guides: GuideQuerySet, choice: Choice) -> GuideQuerySet:
    """Guides that fit a choice."""
    if choice.skill:
        guides = guides.filter(guide_skills__tag__slug=choice.skill)
    if choice.kind:
        guides = guides.filter(kind=choice.kind)
    if choice.lang:
        guides = guides.filter(locale__language_code=choice.lang)
    return guides


def listed(choice: Choice) -> GuideQuerySet:
    """Published guides that fit, the last checked or published first."""
    guides = narrowed(GuidePage.objects.readable(), choice)
    return guides.select_related("locale", "organization").order_by("-last_published_at", "-pk").distinct()


def counts(choice: Choice) -> Counts:
    """True counts beside each choice, in two queries."""
    live = GuidePage.objects.readable()
    cells = Counter(narrowed(live, Choice(skill=choice.skill)).order_by().values_list("kind", "locale__language_code"))
    kinds: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    for (kind, lang), count in cells.items():
        if not choice.lang or lang == choice.lang:
            kinds[kind] += count
        if not choice.kind or kind == choice.kind:
            languages[lang] += count
    fitting = narrowed(live, Choice(kind=choice.kind, lang=choice.lang))
    skills = (
        Skill.objects.active()
        .annotate(guides=Count("guide_skills", filter=Q(guide_skills__content_object__in=fitting.values("pk"))))
        .filter(guides__gt=0)
        .order_by("-guides", "name")
    )
    return Counts([(skill, skill.guides) for skill in skills], kinds, languages)


def waiting_for_review() -> GuideQuerySet:
    """Submitted guides, the one that waits longest first."""
    return (
        GuidePage.objects.filter(review_state="submitted")
        .select_related("locale", "owner", "organization")
        .order_by("submitted_at", "pk")
    )


def written_by(actor: Actor) -> GuideQuerySet:
    """One's own guides at every stage."""
    return GuidePage.objects.filter(owner_id=actor.pk).select_related("locale").order_by("-latest_revision_created_at")


def helpers_of(skill_ids: Sequence[int]) -> list[Organization]:
    """Organizations that can help with what a guide teaches, the best covered first."""
    if not skill_ids:
        return []
    return list(
        Organization.objects.verified()
        .filter(organization_skills__tag__in=skill_ids)
        .annotate(covered=Count("organization_skills__tag", distinct=True))
        .order_by("-covered", "-confirmed_at", "pk")[:HELPERS]
    )


def related_to(subject: Model, skill_ids: Sequence[int], limit: int = RELATED) -> list[GuidePage]:
    """Guides that share the most of these skills, which are those of ``subject``."""
    found = (
        GuidePage.objects.readable()
        .filter(guide_skills__tag__in=skill_ids)
        .select_related("locale")
        .annotate(shared=Count("guide_skills__tag", distinct=True))
        .order_by("-shared", "-last_published_at", "pk")
    )
    if isinstance(subject, GuidePage):
        found = found.exclude(translation_key=subject.translation_key)
    return list(found[:limit])


def of_organization(organization: Organization, limit: int = RELATED) -> list[GuidePage]:
    """What an organization wrote."""
    guides = GuidePage.objects.readable().filter(organization=organization).select_related("locale")
    return list(guides.order_by("-last_published_at", "pk")[:limit])


def documents_stamp() -> str:
    """Changes whenever a guide of an organization comes, goes, changes hands or is published anew."""
    guides = GuidePage.objects.readable().filter(organization__isnull=False).order_by("pk")
    found = list(guides.values_list("pk", "organization_id", "live_revision_id", "last_published_at"))
    return hashlib.sha256(repr(found).encode()).hexdigest()[:16]


def documents_by_organization(organization_ids: Collection[int] | None) -> dict[int, list[Document]]:
    """Guides as documents of their organizations' profiles: what one teaches, one knows."""
    guides = GuidePage.objects.readable().filter(organization__isnull=False).select_related("locale")
    if organization_ids is not None:
        guides = guides.filter(organization_id__in=organization_ids)
    found: dict[int, list[Document]] = {}
    for guide in guides.order_by("pk"):
        text = f"{guide.title}. {guide.helps_to} {guide.body}"[:PROFILE_CHARACTERS]
        document = Document(text=text, lang=guide.locale.language_code, kind="guide", ref=guide.title)
        found.setdefault(guide.organization_id or 0, []).append(document)
    return found


def kind_labels() -> list[tuple[str, str]]:
    """(code, label) of the kinds of guide."""
    return [(kind.value, str(kind.label)) for kind in GuideKind]
