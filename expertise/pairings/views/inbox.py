"""The organization's inbox: what waits for an answer, what is in hand, and what became of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from expertise.pairings import introductions, selectors, services
from expertise.pairings.models import Pairing
from expertise.pairings.reasons import sentences_of
from maillage.core.permissions import require

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from members.models import User

PER_PAGE = 20
SHOWN_MAX = 50
"""What waits and what is in hand is shown whole; no organization has more than a few, this is a belt."""


@login_required
@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Waiting ones first, then those in hand with whom to call; the rest by pages."""
    now = timezone.now()
    mine = selectors.inbox_of(request.user)
    waiting = list(mine.waiting()[:SHOWN_MAX])
    in_hand = list(mine.loading()[:SHOWN_MAX])
    shown = [pairing.pk for pairing in (*waiting, *in_hand)]
    page = Paginator(mine.exclude(pk__in=shown), PER_PAGE).get_page(request.GET.get("page"))
    reasons = sentences_of([pairing.reasons for pairing in waiting])
    context = {
        "waiting": list(zip(waiting, reasons, strict=True)),
        "in_hand": [(pairing, introductions.group_of(pairing, now)) for pairing in in_hand],
        "page": page,
    }
    return render(request, "pairings/inbox.html", context)


@login_required
@require_POST
def withdraw_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an offer back before the group has chosen."""
    pairing = get_object_or_404(Pairing.objects.visible_to(request.user), pk=pk)
    require(request.user, "withdraw", pairing)
    try:
        services.withdraw_offer(pairing=pairing, actor=cast("User", request.user), now=timezone.now())
    except services.PairingError:
        messages.error(request, _("Cette offre n’attend plus de choix : elle ne peut plus être retirée."))
    else:
        messages.success(request, _("Offre retirée. Le groupe en est averti."))
    return redirect("pairings:inbox")
