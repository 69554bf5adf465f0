"""Back to where a button was pressed: pages that list what waits send their own path along as ``next``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.http import url_has_allowed_host_and_scheme

if TYPE_CHECKING:
    from django.http import HttpRequest


def back_to(request: HttpRequest, usual: str) -> str:
    """The path posted as ``next`` when it is one of ours, else the usual one."""
    wanted = request.POST.get("next", "")
    return wanted if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else usual
