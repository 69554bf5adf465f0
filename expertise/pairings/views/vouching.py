"""« Je m’en porte garant »: somebody knows the group whose first need is held, and it goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from expertise.needs import services as needs
from expertise.needs.models import Need
from expertise.pairings import services
from maillage.core.permissions import can
from maillage.core.returning import back_to

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from members.models import User


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vouch(request: HttpRequest, need_pk: int) -> HttpResponse:
    """GET shows who asks for what, without contact data; POST lets it go.

    A held need is nobody's to read but its group's, its contact's and the editors'. A verified neighbour to whom the
    group gives this address reads it here, because the rule of vouching says so.
    """
    need = Need.objects.select_related("organization").filter(pk=need_pk).first()
    if need is None or not can(request.user, "vouch", need):
        return _not_held(request, need_pk)
    if request.method != "POST":
        return render(request, "pairings/vouch.html", {"need": need})
    try:
        services.vouch(need=need, actor=cast("User", request.user), now=timezone.now())
    except needs.NeedError:
        return _not_held(request, need_pk)
    messages.success(request, _("Merci! La demande part maintenant."))
    return redirect(back_to(request, reverse("needs:list")))


def _not_held(request: HttpRequest, need_pk: int) -> HttpResponse:
    """The need’s own page, for those who see it: it went out a moment ago.

    Raises:
        Http404: it is none of their business.
    """
    need = Need.objects.visible_to(request.user).filter(pk=need_pk).first()
    if need is None:
        raise Http404(str(need_pk))
    messages.info(request, _("Cette demande n’attend pas que vous vous en portiez garant."))
    return redirect(need.get_absolute_url())
