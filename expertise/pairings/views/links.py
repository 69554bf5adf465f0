"""Links of mails: a GET shows, a POST from a person's button acts; nobody is logged in by them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from django.shortcuts import render
from django.utils import timezone

from maillage.core.tokens import TokenRefusedError, open_token

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

    from maillage.core.models import ActionToken

    LinkView = Callable[[HttpRequest, ActionToken], HttpResponse]
    TokenView = Callable[[HttpRequest, str], HttpResponse]

UNKNOWN, GONE = 404, 410


def opened_by(purpose: str) -> Callable[[LinkView], TokenView]:
    """Give a view the row behind its link; a link that opens nothing gets a page that says why and whom to call."""

    def decorate(view: LinkView) -> TokenView:
        @functools.wraps(view)
        def opened(request: HttpRequest, token: str) -> HttpResponse:
            try:
                row = open_token(raw=token, purpose=purpose, now=timezone.now())
            except TokenRefusedError as error:
                return refused(request, error.reason)
            return view(request, row)

        return opened

    return decorate


def refused(request: HttpRequest, reason: str) -> HttpResponse:
    """The page of a link that opens nothing: ``unknown``, ``expired``, ``revoked`` or ``gone``."""
    status = UNKNOWN if reason == "unknown" else GONE
    return render(request, "pairings/link_refused.html", {"reason": reason}, status=status)
