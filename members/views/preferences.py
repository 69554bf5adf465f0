"""How one is written to: signed in, by a mailed link, or by the one click of a mail program."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.core.tokens import TokenRefusedError, open_token
from members import mail_kinds, services
from members.forms.preferences import PreferenceForm
from members.models import Preference

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from members.models import User

read_or_post = require_http_methods(["GET", "HEAD", "POST"])


@login_required
@read_or_post
def preferences(request: HttpRequest) -> HttpResponse:
    """The preferences of a person's own address."""
    person = cast("User", request.user)
    return _preferences(request, person.email, actor=person)


@csrf_exempt  # the token is the proof, and the mail's reader may accept no cookie
@never_cache
@read_or_post
def preferences_by_token(request: HttpRequest, token: str) -> HttpResponse:
    """The preferences of the address that a mail was sent to."""
    try:
        link = open_token(raw=token, purpose="preferences", now=timezone.now())
    except TokenRefusedError as error:
        return _refused(request, error)
    return _preferences(request, link.address, actor=None)


@csrf_exempt  # RFC 8058: a mail program posts, without cookie
@never_cache
@read_or_post
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop one kind of mail for one address; the same page undoes it."""
    now = timezone.now()
    try:
        link = open_token(raw=token, purpose="unsubscribe", now=now)
    except TokenRefusedError as error:
        return _refused(request, error)
    kind = str(link.data["kind"])
    if request.method == "POST":
        change = services.restore_kind if "undo" in request.POST else services.stop_kind
        change(address=link.address, kind=kind, now=now)
    context = {
        "address": link.address,
        "label": mail_kinds.label_of(kind),
        "is_stopped": kind in Preference.objects.of(link.address).stopped_kinds,
        "is_answer": request.method == "POST",
        "here": request.path,
    }
    return render(request, "members/unsubscribe.html", context)


def _preferences(request: HttpRequest, address: str, *, actor: User | None) -> HttpResponse:
    preference = Preference.objects.of(address)
    form = PreferenceForm(request.POST or None, preference=preference, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        services.set_preference(
            address=address,
            rhythm=form.cleaned_data["rhythm"],
            lang=form.cleaned_data["lang"],
            paused_until=form.paused_until,
            still_stopped=form.cleaned_data.get("still_stopped", []),
            now=timezone.now(),
            actor=actor,
        )
        messages.success(request, _("C’est enregistré : le prochain envoi en tient compte."))
        return redirect(request.path)
    return render(request, "members/preferences.html", {"form": form, "address": address, "is_by_link": actor is None})


def _refused(request: HttpRequest, error: TokenRefusedError) -> HttpResponse:
    return render(request, "members/link_refused.html", {"reason": error.reason}, status=410)
