"""A person's own account."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from members import services
from members.forms.account import PersonForm
from members.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """What the network knows of this person, to change here."""
    person = cast("User", request.user)
    known = {name: getattr(person, name) for name in ("name", "telephone", "lang", "is_name_shown")}
    form = PersonForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        services.update_person(person=person, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("C’est enregistré."))
        return redirect("members:account")
    has_rights = User.objects.with_rights().filter(pk=person.pk).exists()
    return render(request, "members/account.html", {"form": form, "has_rights": has_rights})


@login_required
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    person = services.end_other_sessions(person=cast("User", request.user), now=timezone.now())
    update_session_auth_hash(request, person)
    messages.success(request, _("Vous êtes hors ligne sur tous vos autres appareils."))
    return redirect("members:account")
