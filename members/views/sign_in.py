"""Signing in by a code mailed: ask, enter the code, leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import get_language, gettext as _, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from maillage.core.limits import network_of
from members import services
from members.forms.sign_in import CodeForm, SignInForm
from members.sessions import open_session, safe_path

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# What the anonymous session remembers between the two pages.
ATTEMPT = "members.attempt"


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for a code; the answer is the same for every address, known or not."""
    next_path = safe_path(request.POST.get("next") or request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(next_path or settings.LOGIN_REDIRECT_URL)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = form.cleaned_data["address"]
        if not form.is_trapped:
            services.request_code(
                address=address,
                lang=_lang(),
                network=network_of(request),
                next_path=next_path,
                now=timezone.now(),
            )
        request.session[ATTEMPT] = {"address": address, "next": next_path}
        return redirect("members:sign_in_code")
    return render(request, "members/sign_in.html", {"form": form, "next_path": next_path})


@sensitive_post_parameters("typed")
@never_cache
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Take the code, on this device or another one."""
    attempt = request.session.get(ATTEMPT) or {}
    if request.user.is_authenticated:
        return redirect(attempt.get("next") or settings.LOGIN_REDIRECT_URL)
    known = attempt.get("address", "")
    form = CodeForm(request.POST or None, initial={"address": known})
    if known and request.POST.get("address", known) == known:
        form.hide_address()
    if request.method == "POST" and form.is_valid():
        target = _prove(request, form, attempt)
        if target:
            return redirect(target)
    context = {
        "form": form,
        "address": known,
        "next_path": attempt.get("next", ""),
        "minutes": settings.SIGN_IN_CODE_MINUTES,
    }
    return render(request, "members/sign_in_code.html", context)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    logout(request)
    messages.success(request, _("Vous êtes hors ligne. À bientôt!"))
    return redirect("home:home")


def _prove(request: HttpRequest, form: CodeForm, attempt: dict[str, str]) -> str:
    """Where to go once the code is proved; "" when it is not, with the reason at its field."""
    now = timezone.now()
    address = form.cleaned_data["address"].lower()
    try:
        user, wanted = services.prove_code(
            address=address, typed=form.cleaned_data["typed"], lang=_lang(), network=network_of(request), now=now
        )
    except services.CodeRefusedError as error:
        form.add_error("typed", _refusal_text(error))
        return ""
    except services.PasswordRequiredError:
        messages.info(request, _("Ce compte a des droits sur le site : il se connecte avec un mot de passe."))
        return resolve_url("account_login")
    except services.AccountClosedError:
        form.add_error(None, _("Ce compte est fermé. Appelez-nous si cela vous étonne."))
        return ""
    request.session.pop(ATTEMPT, None)
    open_session(request, user, is_own_device=form.cleaned_data["is_own_device"], method="code", now=now)
    own = attempt.get("next", "") if attempt.get("address", "").lower() == address else ""
    return own or safe_path(wanted) or resolve_url(settings.LOGIN_REDIRECT_URL)


def _refusal_text(error: services.CodeRefusedError) -> str:
    if error.code == "wrong":
        sentence = ngettext(
            "Ce n’est pas le bon code. Il vous reste %(count)s essai.",
            "Ce n’est pas le bon code. Il vous reste %(count)s essais.",
            error.tries_left,
        )
        return sentence % {"count": error.tries_left}
    texts = {
        "expired": _("Ce code n’est plus valable. Demandez-en un autre plus bas."),
        "exhausted": _("Trop d’essais avec ce code. Demandez-en un autre plus bas."),
        "limited": _("Trop d’essais depuis votre connexion. Réessayez dans une heure, ou appelez-nous."),
    }
    return texts[error.code]


def _lang() -> str:
    return (get_language() or "fr")[:2]
