"""Reading guides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_safe

from expertise.skills.models import Skill
from maillage.core.enums import Language
from maillage.core.markdown import TABLE_OF_CONTENTS_FROM, render as render_markdown
from maillage.core.permissions import can
from wiki import pictures, selectors
from wiki.enums import GuideKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

    from wiki.models import GuidePage

PER_PAGE = 20
SKILLS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a facet."""

    value: str
    label: str
    count: int
    is_selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One facet as ``components/facets.html`` draws it."""

    name: str
    label: str
    options: list[Option]
    is_single: bool = True


@require_safe
def guides(request: HttpRequest) -> HttpResponse:
    """Published guides, by skill, kind and language."""
    choice = selectors.Choice(
        skill=request.GET.get("competence", "")[:255],
        kind=_known(request.GET.get("genre"), GuideKind.values),
        lang=_known(request.GET.get("langue"), Language.values),
    )
    page = Paginator(selectors.listed(choice), PER_PAGE).get_page(request.GET.get("page"))
    skill = Skill.objects.active().filter(slug=choice.skill).first() if choice.skill else None
    context = {"page": page, "choice": choice, "skill": skill, "facets": _facets(choice)}
    return render(request, "wiki/list.html", context)


@require_safe
def guide(request: HttpRequest, slug: str) -> HttpResponse:
    """One guide; a former address leads to today's."""
    lang = (get_language() or "fr")[:2]
    found = selectors.find(slug=slug, lang=lang, actor=request.user)
    if found is None:
        moved = selectors.moved_to(slug=slug, lang=lang)
        if moved is not None:
            return redirect(moved.get_absolute_url(), permanent=True)
        raise Http404(slug)
    return render(request, "wiki/guide.html", context_of(found, request))


def context_of(found: GuidePage, request: HttpRequest) -> dict[str, object]:
    """What the page of a guide shows, published or as a preview."""
    skills = list(found.skills.all())
    skill_ids = [skill.pk for skill in skills]
    headings = render_markdown(found.body).headings
    other = selectors.counterpart(found)
    twin = {other.locale.language_code: other.get_absolute_url()} if other else {}
    own = {found.locale.language_code: found.get_absolute_url()}
    return {
        "guide": found,
        "skills": skills,
        "contents": headings if len(headings) >= TABLE_OF_CONTENTS_FROM else (),
        "helpers": selectors.helpers_of(skill_ids),
        "related": selectors.related_to(found, skill_ids),
        "alternates": {"fr": "", "en": ""} | own | twin,
        "rendition": found.picture.get_rendition(pictures.SHOWN) if found.picture else None,
        "may_edit": can(request.user, "edit", found),
    }


def _known(value: str | None, known: list[str]) -> str:
    return value if value in known else ""


def _facets(choice: selectors.Choice) -> list[Facet]:
    counts = selectors.counts(choice)
    skills = [
        Option(skill.slug, skill.label, count, skill.slug == choice.skill)
        for skill, count in counts.skills
        if skill.slug == choice.skill
    ] + [
        Option(skill.slug, skill.label, count, is_selected=False)
        for skill, count in counts.skills[:SKILLS_SHOWN]
        if skill.slug != choice.skill
    ]
    kinds = [(kind.value, str(kind.label)) for kind in GuideKind]
    languages = [(lang.value, str(lang.label)) for lang in Language]
    return [
        Facet("competence", _("Compétence"), _with_all(skills, has_choice=bool(choice.skill))),
        Facet("genre", _("Genre"), _with_all(_options(kinds, choice.kind, counts.kinds), has_choice=bool(choice.kind))),
        Facet(
            "langue",
            _("Langue"),
            _with_all(_options(languages, choice.lang, counts.languages), has_choice=bool(choice.lang)),
        ),
    ]


def _options(choices: list[tuple[str, str]], chosen: str, counts: Mapping[str, int]) -> list[Option]:
    return [Option(value, label, counts.get(value, 0), value == chosen) for value, label in choices]


def _with_all(options: list[Option], *, has_choice: bool) -> list[Option]:
    """Radio buttons need a way back to everything."""
    total = sum(option.count for option in options)
    return [Option("", _("Tout"), total, not has_choice), *options] if options else []
