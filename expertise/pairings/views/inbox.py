"""The organization's inbox: requests that wait, and what became of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from expertise.pairings import selectors, services
from expertise.pairings.enums import PairingState
from expertise.pairings.models import Pairing
from expertise.pairings.reasons import sentences_of
from maillage.core.permissions import require
from members.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

PER_PAGE = 20


@login_required
@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Waiting ones first, all of them; the rest by pages."""
    mine = selectors.inbox_of(request.user)
    waiting = list(mine.filter(state=PairingState.PROPOSED)[: selectors.INBOX_SHOWN])
    page = Paginator(mine.exclude(state=PairingState.PROPOSED), PER_PAGE).get_page(request.GET.get("page"))
    reasons = sentences_of([pairing.reasons for pairing in waiting])
    context = {"waiting": list(zip(waiting, reasons, strict=True)), "page": page}
    return render(request, "pairings/inbox.html", context)


@login_required
@require_POST
def withdraw_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an offer back before the group has chosen."""
    pairing = Pairing.objects.visible_to(request.user).filter(pk=pk).first()
    if pairing is None or not isinstance(request.user, User):
        raise Http404(str(pk))
    require(request.user, "withdraw", pairing)
    try:
        services.withdraw_offer(pairing=pairing, actor=request.user, now=timezone.now())
    except services.PairingError:
        messages.error(request, _("Cette offre n’attend plus de choix\u00a0: elle ne peut plus être retirée."))
    else:
        messages.success(request, _("Offre retirée. Le groupe en est averti."))
    return redirect("pairings:inbox")
