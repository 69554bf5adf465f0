"""Answers for machines: health and metrics."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from tasks import health, metrics

if TYPE_CHECKING:
    from django.http import HttpRequest

LOOPBACK = {"127.0.0.1", "::1"}


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """This process answers; it asks nothing of the database."""
    return HttpResponse("live\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and the queue advances, else 503; numbers for who may read the metrics."""
    try:
        found = health.look(now=timezone.now())
    except DatabaseError:
        return JsonResponse({"is_ready": False, "problems": ["database"]}, status=503)
    answer: dict[str, object] = {"is_ready": found.is_ready, "problems": found.problems}
    if _is_guarded(request):
        answer |= {
            "oldest_job_s": round(found.oldest_job_s, 1),
            "oldest_message_s": round(found.oldest_message_s, 1),
            "index_lag_s": round(found.index_lag_s, 1),
            "dead": found.dead,
            "is_optional_mail_held": found.is_held,
        }
    return JsonResponse(answer, status=200 if found.is_ready else 503)


@require_safe
@never_cache
def prometheus(request: HttpRequest) -> HttpResponse:
    """Prometheus text; 404 for whoever may not read it."""
    if not _is_guarded(request):
        return HttpResponse(status=404)
    return HttpResponse(metrics.text_of(health.look(now=timezone.now())), content_type=CONTENT_TYPE_LATEST)


def _is_guarded(request: HttpRequest) -> bool:
    """The token, or without one the machine itself: never through a proxy, which would make everyone local."""
    if settings.METRICS_TOKEN:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode())
    is_proxied = "X-Forwarded-For" in request.headers or "Forwarded" in request.headers
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not is_proxied
