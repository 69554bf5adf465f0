"""What stands before the pages of people with rights."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, cast

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from members.models import User

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse, HttpResponseBase

    View = Callable[..., HttpResponseBase]

ADMIN_PREFIX = "/gestion/"
ADMIN_LOGIN = "/gestion/login/"
# Session of someone with rights who has no second factor yet: nothing opens before they set it up.
UNSET = "members.second_factor_unset"
OPEN_BEFORE = frozenset(
    {
        "account_reauthenticate",
        "mfa_activate_totp",
        "members:sign_out",
    }
)


def has_second_factor(user: User) -> bool:
    """Whether an application of codes is installed for this account."""
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()


def rights_required(view: View) -> View:
    """Open a page only to accounts with rights; others have neither password nor second factor."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), settings.WAGTAILADMIN_LOGIN_URL)
        if not User.objects.with_rights().filter(pk=request.user.pk).exists():
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


class SecondFactorMiddleware:
    """Lead people with rights to their second factor, and the admin's own login to ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing before the view is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: object, kwargs: object) -> HttpResponse | None:
        """A redirection, or None to go on.

        Raises:
            PermissionDenied: the admin, for someone signed in who may not open it.
        """
        if request.path == ADMIN_LOGIN:
            return redirect_to_login(request.GET.get("next") or ADMIN_PREFIX, settings.WAGTAILADMIN_LOGIN_URL)
        if not self._is_guarded(request):
            return None
        user = cast("User", request.user)
        if UNSET not in request.session and not user.has_perm("wagtailadmin.access_admin"):
            # The admin's own answer would be its login, which sends whoever is signed in back here.
            raise PermissionDenied
        if has_second_factor(user):
            request.session.pop(UNSET, None)
            return None
        messages.info(request, _("Avant d’aller plus loin, installez la double vérification : cinq minutes, une fois."))
        return redirect("mfa_activate_totp")

    @staticmethod
    def _is_guarded(request: HttpRequest) -> bool:
        """The admin for anyone signed in; everything for who has rights and no second factor yet."""
        match = request.resolver_match
        if match is None or match.view_name in OPEN_BEFORE or not request.COOKIES.get(settings.SESSION_COOKIE_NAME):
            return False
        is_guarded = request.path.startswith(ADMIN_PREFIX) or UNSET in request.session
        return is_guarded and request.user.is_authenticated
