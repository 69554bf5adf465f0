"""Taking one's data along, and leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from members import personal_data, services
from members.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
@require_POST
def export(request: HttpRequest) -> HttpResponse:
    """Everything about this person, as a file."""
    now = timezone.now()
    data = services.export_person(person=cast("User", request.user), now=now)
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="maillage-{now:%Y-%m-%d}.json"'
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays, then erase."""
    person = cast("User", request.user)
    if request.method == "POST":
        try:
            services.erase_person(person=person, now=timezone.now())
        except (services.RightsHeldError, services.SomethingToSettleError):
            return redirect("members:erase")  # the page says what is in the way
        logout(request)
        messages.success(request, _("Votre compte est effacé. Merci du chemin fait ensemble."))
        return redirect("home:home")
    context = {
        "obstacles": personal_data.obstacles_of(person),
        "has_rights": User.objects.with_rights().filter(pk=person.pk).exists(),
    }
    return render(request, "members/erase.html", context)
