"""What search engines read first: where nothing is for them, and where the rest is listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

if TYPE_CHECKING:
    from django.http import HttpRequest

# The first page of each room that is only for people who sign in, or for a token's bearer.
CLOSED = ("members:sign_in", "pairings:inbox", "tasks:status", "search:search")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """``robots.txt``: closed rooms in both languages."""
    rooms = sorted({_room(name, lang) for name in CLOSED for lang, _ in settings.LANGUAGES})
    site = settings.SITE_URL + reverse("sitemap")
    lines = ["User-agent: *", "Disallow: /gestion/", *(f"Disallow: {room}" for room in rooms), f"Sitemap: {site}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _room(name: str, lang: str) -> str:
    """The first folder of an address, after the language's."""
    with translation.override(lang):
        path = reverse(name)
    depth = 3 if path.startswith(f"/{lang}/") else 2
    return "/".join(path.split("/")[:depth]) + "/"
