"""Links of mails: a GET shows, a POST from a person's button acts; nobody is logged in by them.

The token in the address is the proof, so these views ask for no CSRF token: a mail's own browser may keep no cookie.
A stranger who could forge the request would have to know the address, with which they need to forge nothing.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.core.tokens import TokenRefusedError, open_token

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from maillage.core.models import ActionToken

    LinkView = Callable[[HttpRequest, ActionToken], HttpResponse]
    TokenView = Callable[[HttpRequest, str], HttpResponse]

STATUSES = {"unknown": 404, "expired": 410, "revoked": 410, "other": 403}


def opened_by(purpose: str) -> Callable[[LinkView], TokenView]:
    """Give a view the row behind its link; a link that opens nothing gets a page that says why and whom to call."""

    def decorate(view: LinkView) -> TokenView:
        @csrf_exempt
        @never_cache
        @require_http_methods(["GET", "HEAD", "POST"])
        @functools.wraps(view)
        def opened(request: HttpRequest, token: str) -> HttpResponse:
            try:
                row = open_token(raw=token, purpose=purpose, now=timezone.now())
            except TokenRefusedError as error:
                return refused(request, error.reason)
            return view(request, row)

        return opened

    return decorate


def is_someone_elses(request: HttpRequest, token: ActionToken, *, is_theirs: bool) -> bool:
    """Whether a signed-in person opens a link that was mailed to another, about what is none of theirs."""
    user = request.user
    return user.is_authenticated and user.email.lower() != token.address.lower() and not is_theirs


def refused(request: HttpRequest, reason: str) -> HttpResponse:
    """The page of a link that opens nothing: ``unknown``, ``expired``, ``revoked``, or ``other`` (someone else's)."""
    return render(request, "pairings/link_refused.html", {"reason": reason}, status=STATUSES[reason])
