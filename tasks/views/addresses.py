"""« Rouvrir l’adresse »: an editor knows better than a mail server that was full or away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from maillage.core.audit import record
from maillage.core.permissions import require
from maillage.core.returning import back_to
from tasks import suppressions
from tasks.models import Suppression

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
@require_POST
def open_address(request: HttpRequest, pk: int) -> HttpResponse:
    """A second press, or one after somebody else's, finds it open."""
    require(request.user, "open", Suppression)
    with transaction.atomic():
        closed = Suppression.objects.select_for_update(of=("self",)).filter(pk=pk).first()
        if closed is not None:
            record(verb="address.opened", subject=closed, now=timezone.now(), actor=request.user)
            suppressions.open_again(address=closed.address)
    messages.success(request, _("L’adresse est ouverte : les prochains courriels y partent."))
    return redirect(back_to(request, reverse("home:todo")))
