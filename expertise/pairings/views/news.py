"""« Vous êtes-vous parlé? » and « comment ça s’est terminé? », from either side's mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from expertise.pairings import services
from expertise.pairings.models import Pairing
from expertise.pairings.views.links import opened_by, refused

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from maillage.core.models import ActionToken

SPOKEN = {"yes": True, "no": False}
OUTCOMES = ("helped", "not_helped", "under_way")
CONFLICT = 409


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@opened_by("spoken")
def spoken(request: HttpRequest, token: ActionToken) -> HttpResponse:
    """Two buttons."""
    pairing, side = _subject(token)
    if pairing is None:
        return refused(request, "unknown")
    said = request.POST.get("answer", "")
    if request.method == "POST" and said in SPOKEN:
        try:
            services.record_spoken(pairing=pairing, side=side, has_spoken=SPOKEN[said], now=timezone.now())
        except services.PairingError:
            return _page(request, "spoken", pairing, side, is_late=True, status=CONFLICT)
        return _page(request, "spoken", pairing, side, said=said)
    return _page(request, "spoken", pairing, side)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@opened_by("outcome")
def outcome(request: HttpRequest, token: ActionToken) -> HttpResponse:
    """Three buttons: it helped, it did not, it goes on."""
    pairing, side = _subject(token)
    if pairing is None:
        return refused(request, "unknown")
    said = request.POST.get("answer", "")
    if request.method == "POST" and said in OUTCOMES:
        try:
            services.record_outcome(pairing=pairing, side=side, outcome=said, now=timezone.now())
        except services.PairingError:
            return _page(request, "outcome", pairing, side, is_late=True, status=CONFLICT)
        return _page(request, "outcome", pairing, side, said=said)
    return _page(request, "outcome", pairing, side)


def _subject(token: ActionToken) -> tuple[Pairing | None, str]:
    related = ("need", "need__organization", "organization")
    pairing = Pairing.objects.select_related(*related).filter(pk=token.object_id).first()
    return pairing, str(token.data.get("side", ""))


def _page(
    request: HttpRequest,
    question: str,
    pairing: Pairing,
    side: str,
    *,
    said: str = "",
    is_late: bool = False,
    status: int = 200,
) -> HttpResponse:
    other = pairing.organization if side == "group" else pairing.need.organization
    context = {
        "question": question,
        "pairing": pairing,
        "need": pairing.need,
        "other": other,
        "said": said,
        "is_late": is_late,
        "is_group": side == "group",
    }
    return render(request, "pairings/news.html", context, status=status)
