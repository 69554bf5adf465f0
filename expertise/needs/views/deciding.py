"""What a group decides about its need, one button each; the contact and editors may press for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from expertise.needs import services
from expertise.needs.views.access import need_or_404, signed_in
from expertise.needs.views.wording import refusal_text

if TYPE_CHECKING:
    from django.http import HttpResponse

    from expertise.needs.views.access import MemberRequest


@require_POST
@signed_in
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """« Retirer la demande »."""
    need = need_or_404(request, pk, verb="withdraw")
    try:
        services.withdraw_need(need=need, actor=request.user, now=timezone.now())
    except services.NeedError as error:
        messages.error(request, refusal_text(error))
    else:
        messages.success(request, _("Votre demande est retirée. Nous prévenons les organismes consultés."))
    return redirect(need)


@require_POST
@signed_in
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    """« Redemander de l’aide »."""
    need = need_or_404(request, pk, verb="reopen")
    try:
        services.reopen_need(need=need, actor=request.user, now=timezone.now())
    except services.NeedError as error:
        messages.error(request, refusal_text(error))
    else:
        messages.success(request, _("Votre demande est rouverte. Nous cherchons de nouveau."))
    return redirect(need)


@require_POST
@signed_in
def found_elsewhere(request: MemberRequest, pk: int) -> HttpResponse:
    """« On a trouvé ailleurs »."""
    need = need_or_404(request, pk, verb="settle")
    try:
        services.find_elsewhere(need=need, actor=request.user, now=timezone.now())
    except services.NeedError as error:
        messages.error(request, refusal_text(error))
    else:
        messages.success(request, _("Tant mieux! Nous prévenons les organismes consultés."))
    return redirect(need)
