"""Buttons of « À faire »: each comes back to the page that it was pressed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.template.loader import render_to_string

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.template.context import Context
    from django.utils.safestring import SafeString

    from maillage.core.todo import Button

register = template.Library()


@register.simple_tag(takes_context=True)
def todo_button(context: Context, button: Button, about: str, kind: str = "quiet") -> SafeString:
    """A form that posts, or a link to where more must be said.

    Args:
        context: the page's, for its request and CSRF token.
        button: what to do.
        about: heard after the label.
        kind: ``primary``, ``quiet``, ``plain`` or ``danger``.
    """
    drawn = {"label": button.label, "kind": kind, "about": about}
    if button.is_link:
        return render_to_string("components/button.html", {**drawn, "url": button.url})
    request: HttpRequest = context["request"]
    hidden = {**button.hidden, "next": request.path}
    form = {"action": button.url, "hidden": hidden, "csrf_token": context["csrf_token"], "icon": "", "is_wide": False}
    return render_to_string("components/post_button.html", {**drawn, **form})
