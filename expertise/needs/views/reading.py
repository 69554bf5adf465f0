"""One need, as its reader may see it, and the list of those that they may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from expertise.needs import listing, selectors
from expertise.needs.enums import NeedState, Part
from expertise.needs.facts import facts_of
from expertise.needs.permissions import part_of
from expertise.needs.services.transitions import ENDED
from expertise.needs.views.access import need_or_404
from expertise.needs.views.steps import next_step
from maillage.core.permissions import can

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PAGE_SIZE = 20


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The person's words first, then where it stands; contact data only in one's own group's page."""
    need = need_or_404(request, pk)
    if need.state == NeedState.DRAFT:
        return redirect(next_step(need))
    now = timezone.now()
    part = part_of(request.user, need)
    is_inside = part in (Part.GROUP, Part.CONTACT)
    context = {
        "need": need,
        "facts": facts_of(need, part),
        "skills": list(need.skills.order_by("name")),
        "part": part.value,
        "is_inside": is_inside,
        "contact": selectors.contact_of(need, now) if part != Part.PUBLIC else None,
        "pairing_pk": selectors.pairing_pk_of(need, request.user) if part == Part.ASKED else None,
        "can_help": not is_inside and part != Part.ASKED and can(request.user, "help", need),
        "can_vouch": can(request.user, "vouch", need),
        "is_waiting": need.state not in (*ENDED, NeedState.HELD),
        "has_ended": need.state in ENDED,
    }
    return render(request, "needs/detail.html", context)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """One's own needs, and those of others that one may see, by skill, region and state."""
    chosen = listing.Choice.of(request.GET)
    found = listing.others(request.user, chosen)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    own = list(listing.own(request.user)) if page.number == 1 and not chosen else []
    context = {
        "own": own,
        "page": page,
        "facets": listing.facets(request.user, chosen),
        "is_filtered": bool(chosen),
    }
    return render(request, "needs/list.html", context)
