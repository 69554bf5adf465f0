"""From objects to documents: each kind has one builder, which returns None for what must not be found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import translation

from expertise.organizations.enums import OrganizationState
from expertise.organizations.models import Organization
from maillage.core.markdown import plain, render
from search.enums import DocumentAudience, DocumentKind
from wiki.models import GuidePage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from expertise.skills.models import Skill

SUMMARY_CHARACTERS = 300


@dataclass(frozen=True, slots=True)
class Built:
    """What a builder says of one object; ``skills`` are ids, ``skill_words`` all their names in both languages."""

    lang: str
    title: str
    summary: str
    url: str
    updated_at: datetime
    headings: str = ""
    body: str = ""
    skills: list[int] = field(default_factory=list)
    skill_words: str = ""
    region: str = ""
    audience: str = DocumentAudience.EVERYONE
    prior: float = 0.0


def skill_words(skills: Iterable[Skill]) -> str:
    """Every name under which these skills are looked for."""
    return " ".join(
        word for skill in skills for word in (skill.name, skill.name_en, *skill.synonyms_fr, *skill.synonyms_en) if word
    )


def organization(pk: int) -> Built | None:
    """A listed organization."""
    found = Organization.objects.listed().filter(pk=pk).first()
    if found is None:
        return None
    skills = list(found.skills.all())
    with translation.override(found.lang):
        url = found.get_absolute_url()
    return Built(
        lang=found.lang,
        title=found.name,
        summary=found.description[:SUMMARY_CHARACTERS],
        body=f"{found.description} {found.shown_municipality} {found.area}",
        url=url,
        updated_at=found.updated_at,
        skills=[skill.pk for skill in skills],
        skill_words=skill_words(skills),
        region=found.region or "",
        prior=1.0 if found.state == OrganizationState.VERIFIED else 0.0,
    )


def guide(pk: int) -> Built | None:
    """A live guide that everyone may read."""
    found = GuidePage.objects.readable().select_related("locale").filter(pk=pk).first()
    if found is None:
        return None
    skills = list(found.skills.all())
    return Built(
        lang=found.locale.language_code,
        title=found.title,
        summary=found.helps_to,
        headings=" ".join(heading.text for heading in render(found.body).headings),
        body=plain(found.body),
        url=found.get_url() or "",
        updated_at=found.last_published_at or found.latest_revision_created_at or found.first_published_at,
        skills=[skill.pk for skill in skills],
        skill_words=skill_words(skills),
        prior=0.5,
    )


BUILDERS: dict[DocumentKind, Callable[[int], Built | None]] = {
    DocumentKind.ORGANIZATION: organization,
    DocumentKind.GUIDE: guide,
}


def every_object() -> Iterator[tuple[DocumentKind, int]]:
    """Every object that has, or should have, a document."""
    for pk in Organization.objects.order_by("pk").values_list("pk", flat=True).iterator():
        yield DocumentKind.ORGANIZATION, pk
    for pk in GuidePage.objects.order_by("pk").values_list("pk", flat=True).iterator():
        yield DocumentKind.GUIDE, pk
