"""The same page in the other language, when its counterpart has a slug of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from wagtail.models import Page


def of_page(page: Page) -> dict[str, str]:
    """Path of a page in each language, "" where it has no live counterpart: what templates call ``alternates``.

    One query.
    """
    paths = dict.fromkeys((code for code, _ in settings.LANGUAGES), "")
    for found in page.get_translations(inclusive=True).live().select_related("locale"):
        parts = found.get_url_parts()
        paths[found.locale.language_code] = parts[2] if parts else ""
    return paths
