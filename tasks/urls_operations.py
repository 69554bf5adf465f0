"""Addresses for machines, the same in every language: health, metrics, the mail provider's webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import include, path

from tasks.views import operations

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", operations.live, name="health_live"),
    path("health/ready", operations.ready, name="health_ready"),
    path("metrics", operations.prometheus, name="metrics"),
]
# Without a secret, anyone could close anyone's address: no webhook at all.
if settings.MAIL_WEBHOOK_SECRET:
    urlpatterns.append(path("mail-events/", include("anymail.urls")))
