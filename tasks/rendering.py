"""Rendering mails: text and HTML from templates, in the reader's language, with styles inlined for old mail programs.

It takes milliseconds: jobs render before their transaction, and only then write the row.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import css_inline
from django.template import Context
from django.template.loader import get_template
from django.utils import translation

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Content:
    """What a mail says."""

    subject: str
    text: str
    html: str = ""


def render(template: str, *, lang: str, context: Mapping[str, object]) -> Content:
    """Render ``<template>.txt`` (its first line is the subject) and ``<template>.html``.

    Raises:
        TemplateDoesNotExist, TemplateSyntaxError: the template is wrong; the job that renders says so and ends dead.
    """
    with translation.override(lang):
        plain = get_template(f"{template}.txt").template  # type: ignore[attr-defined]  # Django's own engine
        rich = get_template(f"{template}.html").template  # type: ignore[attr-defined]
        text = plain.render(Context({**context, "lang": lang}, autoescape=False)).strip()
        subject, _, body = text.partition("\n")
        html = rich.render(Context({**context, "lang": lang, "subject": subject.strip()}))
    return Content(subject=subject.strip(), text=f"{body.strip()}\n", html=inlined(html))


def inlined(html: str) -> str:
    """The same page with its styles on the elements."""
    return _inliner().inline(html)


@lru_cache(maxsize=1)
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(keep_style_tags=True, load_remote_stylesheets=False)
