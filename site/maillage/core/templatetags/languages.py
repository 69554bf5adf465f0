"""Template tags that lead to the same page in the other language."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django import template
from django.urls import Resolver404, resolve, reverse, translate_url
from django.utils import translation
from django.utils.translation import get_language

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.template.context import Context

register = template.Library()
FULL_TAGS = {"fr": "fr-CA", "en": "en-CA"}
OTHER = {"fr": "en", "en": "fr"}

# Slugs of the plain pages that the shell links to, in each language; ``start_network`` creates them.
INFORMATION_SLUGS = {
    "about": {"fr": "a-propos", "en": "about"},
    "contact": {"fr": "nous-joindre", "en": "contact"},
    "privacy": {"fr": "confidentialite", "en": "privacy"},
    "accessibility": {"fr": "accessibilite", "en": "accessibility"},
    "doors": {"fr": "autres-portes", "en": "other-doors"},
}


@register.filter
def full_tag(language: str) -> str:
    """``fr`` → ``fr-CA``: the value of ``lang`` attributes."""
    return FULL_TAGS.get(language[:2], language)


@register.filter
def other_language(language: str) -> str:
    """``fr`` → ``en`` and back."""
    return OTHER.get(language[:2], "fr")


@register.simple_tag(takes_context=True)
def alternate_url(context: Context, language: str) -> str:
    """Path of this page in ``language``, query kept; the home page when this page has no counterpart.

    A view whose counterpart has another slug puts ``alternates`` in its context: language → path, "" for none.
    """
    request: HttpRequest = context["request"]
    alternates = context.get("alternates")
    if alternates is not None:
        return alternates.get(language) or _home_url(language)
    if getattr(request, "resolver_match", None) is None:
        return _home_url(language)
    path = translate_url(request.get_full_path(), language)
    return path if _is_page(path, language) else _home_url(language)


@register.simple_tag(takes_context=True)
def alternate_links(context: Context) -> list[dict[str, str]]:
    """``hreflang`` links of this page, absolute, without query; empty for a page without counterpart."""
    request: HttpRequest = context["request"]
    alternates = context.get("alternates")
    if getattr(request, "resolver_match", None) is None:
        return []
    if alternates is None:
        alternates = {language: translate_url(request.path, language) for language in FULL_TAGS}
    known = {language: path for language, path in alternates.items() if path}
    if len(known) < len(FULL_TAGS):
        return []
    links = [{"language": FULL_TAGS[key], "url": request.build_absolute_uri(path)} for key, path in known.items()]
    return [*links, {"language": "x-default", "url": request.build_absolute_uri(known["fr"])}]


@register.simple_tag(takes_context=True)
def canonical_url(context: Context) -> str:
    """Absolute address of this page without its query."""
    request: HttpRequest = context["request"]
    return request.build_absolute_uri(request.path)


@register.simple_tag
def information_url(key: str) -> str:
    """Path of one of the plain pages that every network has, in the reader's language."""
    return reverse("pages:page", args=[INFORMATION_SLUGS[key][(get_language() or "fr")[:2]]])


def _home_url(language: str) -> str:
    with translation.override(language):
        return reverse("home:home")


def _is_page(path: str, language: str) -> bool:
    with translation.override(language):
        try:
            resolve(urlsplit(path).path)
        except Resolver404:
            return False
    return True
