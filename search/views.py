"""One box."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_safe

from maillage.core.enums import Language
from maillage.core.regions import REGIONS
from search.enums import DocumentKind
from search.forms import query_from
from search.selectors import Query, Results, search as search_documents
from search.snippets import snippet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse
    from django.utils.safestring import SafeString

    from search.models import Document

PER_PAGE = 10
# What one result is; the choices' own labels are plural.
KIND_OF_ONE = {
    DocumentKind.GUIDE: gettext_lazy("guide"),
    DocumentKind.ORGANIZATION: gettext_lazy("organisme"),
    DocumentKind.NEED: gettext_lazy("demande d’aide"),
    DocumentKind.SKILL: gettext_lazy("compétence"),
}


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
    is_single: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One result on the page."""

    document: Document
    kind: str
    extract: SafeString


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results for what the address says; an empty box invites."""
    query = query_from(request.GET)
    results = search_documents(query, request.user)
    page = Paginator(results.documents, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "query": query,
        "results": results,
        "page": page,
        "hits": [_hit(document, results) for document in page],
        "facets": facets_of(query, results),
        "kept": {"q": query.text},
    }
    return render(request, "search/search.html", context)


def _hit(document: Document, results: Results) -> Hit:
    # The snippet escapes what people wrote and adds only its own <mark>.
    extract = mark_safe(snippet(document.body or document.summary, results.words, document.lang))  # noqa: S308
    return Hit(document, str(KIND_OF_ONE[DocumentKind(document.kind)]), extract)


def facets_of(query: Query, results: Results) -> list[Facet]:
    """Facets with their counts; a choice that would give nothing is left out unless it is made."""
    kinds = [(kind.value, str(kind.label)) for kind in DocumentKind]
    languages = [(lang.value, str(lang.label)) for lang in Language]
    regions = [(region.code, region.name) for region in REGIONS.values()]
    shown = (
        ("genre", _("Genre"), kinds, query.kinds, "kind"),
        ("langue", _("Langue"), languages, query.languages, "lang"),
        ("region", _("Région"), regions, query.regions, "region"),
    )
    facets = [
        Facet(name, label, _options(choices, chosen, results.facets.get(key, {})))
        for name, label, choices, chosen, key in shown
    ]
    return [facet for facet in facets if facet.options]


def _options(choices: list[tuple[str, str]], chosen: tuple[str, ...], counts: Mapping[str, int]) -> list[Option]:
    options = [Option(value, label, counts.get(value, 0), value in chosen) for value, label in choices]
    return [option for option in options if option.count or option.is_selected]
