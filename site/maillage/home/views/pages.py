"""The home page and the member's own space."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maillage.home import selectors, space

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from members.models import User


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, for whom, one box to ask, and what happens in the network."""
    regions = selectors.organizations_by_region()
    context = {
        "needs": selectors.recent_needs(request.user),
        "guides": selectors.recent_guides(request.user),
        "regions": regions,
        "organization_count": sum(region.count for region in regions),
    }
    return render(request, "home/home.html", context)


@login_required
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """What waits for this person, their needs, their organizations."""
    return render(request, "home/dashboard.html", {"space": space.of(cast("User", request.user))})
