"""« À faire »: what waits for editors, and to whom their week's mail goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from maillage.core.models import Network
from maillage.core.permissions import require
from maillage.home import waiting
from maillage.home.forms import WeekForm
from members.services import plan_week

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from members.models import User

INVALID = 422


@login_required
@never_cache
@require_safe
def todo(request: HttpRequest) -> HttpResponse:
    """What waits for editors, the oldest harm first."""
    require(request.user, "edit", Network)
    return render(request, "home/todo.html", {"page": waiting.page(timezone.now())})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def week(request: HttpRequest) -> HttpResponse:
    """The editors' day, who gets its mail, and who in their place."""
    require(request.user, "edit", Network)
    if Network.objects.current().pk is None:
        raise Http404("start_network has not run")
    form = WeekForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        plan_week(**form.cleaned_data, actor=cast("User", request.user), now=timezone.now())
        messages.success(request, _("C’est noté."))
        return redirect("home:todo")
    return render(request, "home/week.html", {"form": form}, status=INVALID if form.errors else 200)
