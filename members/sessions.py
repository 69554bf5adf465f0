"""Opening and ending sessions: what every way of signing in does to the request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.utils.http import url_has_allowed_host_and_scheme

from maillage.core import audit
from members.models import User
from members.signals import signed_in

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

BACKEND = "django.contrib.auth.backends.ModelBackend"
PATH_MAX_CHARACTERS = 500
DAY_S = 24 * 3600


def safe_path(wanted: str) -> str:
    """A path of this site to go to afterwards, or "": never another host, never a scheme."""
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if is_ours and len(wanted) <= PATH_MAX_CHARACTERS and wanted.isprintable() else ""


def open_session(request: HttpRequest, user: User, *, is_own_device: bool, method: str, now: datetime) -> None:
    """Open a session under a new key; what the anonymous session held stays.

    Args:
        request: the one that proved who this is.
        user: the account.
        is_own_device: 90 days; else until the browser closes.
        method: ``code`` or ``password``, for the audit trail.
        now: when.
    """
    with transaction.atomic():
        login(request, user, backend=BACKEND)
        request.session.set_expiry(settings.SIGN_IN_DAYS_ON_OWN_DEVICE * DAY_S if is_own_device else 0)
        audit.record(verb="person.signed_in", subject=user, now=now, actor=user, method=method)
        signed_in.send(sender=User, pk=user.pk, now=now, address=user.email, session=request.session)
