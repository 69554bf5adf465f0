"""The directory and an organization's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from expertise.organizations.cards import card_of
from expertise.organizations.directory import Choice, facets, listed, relaxed
from expertise.organizations.page import page_of
from expertise.organizations.views.access import organization_or_404

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE_SIZE = 20


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Organizations that fit what the query string asks; every choice has an address of its own."""
    choice = Choice.of(request.GET)
    page = Paginator(listed(request.user, choice), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "choice": choice,
        "page": page,
        "cards": [card_of(organization) for organization in page],
        "facets": facets(request.user, choice),
        "relaxed": [] if page.paginator.count else relaxed(request.user, choice),
        "clear_url": reverse("organizations:list") if choice else "",
    }
    return render(request, "organizations/list.html", context)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What an organization knows, how it helps, how to ask it; no address of anyone."""
    organization = organization_or_404(request, slug)
    context = {"organization": organization, "view": page_of(organization, request.user, timezone.now())}
    return render(request, "organizations/detail.html", context)
