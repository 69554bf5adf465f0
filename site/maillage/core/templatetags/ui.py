"""Template tags of the shell: components that have a body or need the request, and how values are written.

Components that only need data are included: ``{% include "components/steps.html" with steps=steps only %}``.
``docs/components.md`` lists both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from maillage.core import formats

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime
    from decimal import Decimal

    from django.core.paginator import Page
    from django.http import QueryDict
    from django.template.context import Context

register = template.Library()
PAGES_AROUND = 2
OPTIONS_SHOWN = 7


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of the sprite, decorative: the words beside it say the same."""
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="#icon-{}"></use></svg>', name)


@register.simple_tag
def day(value: date, *, weekday: bool = True) -> SafeString:
    """« mardi 24 novembre », with the year when it is not this one."""
    shown = formats.day_text(value, today=timezone.localdate(), with_weekday=weekday)
    return format_html('<time datetime="{}">{}</time>', formats.local_date(value).isoformat(), shown)


@register.simple_tag
def moment(value: datetime) -> SafeString:
    """« mardi 24 novembre, 14 h 30 »."""
    shown = formats.moment_text(value, today=timezone.localdate())
    return format_html('<time datetime="{}">{}</time>', value.isoformat(timespec="minutes"), shown)


@register.simple_tag
def clock(value: datetime) -> SafeString:
    """« 14 h 30 »."""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(timespec="minutes"), formats.clock_text(value))


@register.simple_tag
def month(value: date) -> SafeString:
    """« novembre 2026 »: as precise as public pages get."""
    local = formats.local_date(value)
    return format_html('<time datetime="{}">{}</time>', f"{local:%Y-%m}", formats.month_text(local))


@register.simple_tag
def money(amount: Decimal) -> SafeString:
    """« 1 234,50 $ »."""
    return format_html('<span class="number">{}</span>', formats.money_text(amount))


@register.simple_tag
def phone(number: str) -> SafeString:
    """A number to tap; nothing when there is none."""
    shown, dialled = formats.telephone_parts(number)
    return format_html('<a class="phone" href="tel:{}">{}</a>', dialled, shown) if dialled else format_html("{}", shown)


@register.filter
def number(value: int) -> str:
    """« 1 234 »."""
    return formats.number_text(value)


@register.filter
def first_options(options: Sequence[object]) -> Sequence[object]:
    """Options of a facet that are always in sight; one that would be alone behind a fold is among them."""
    return options if len(options) <= OPTIONS_SHOWN + 1 else options[:OPTIONS_SHOWN]


@register.filter
def other_options(options: Sequence[object]) -> Sequence[object]:
    """The others, behind a fold."""
    return options[len(first_options(options)) :]


@register.filter
def has_selected(options: Sequence[Any]) -> bool:
    """Whether one of them is chosen, so that its fold is open."""
    return any(option["is_selected"] if isinstance(option, dict) else option.is_selected for option in options)


@register.filter
def phone_text(value: str) -> str:
    """« 819 555-0142 », as text."""
    return formats.telephone_parts(value)[0]


@register.inclusion_tag("components/post_button.html", takes_context=True)
def post_button(
    context: Context,
    action: str,
    label: str,
    *,
    kind: str = "primary",
    icon: str = "",
    is_wide: bool = False,
    about: str = "",
    hidden: Mapping[str, object] | None = None,
) -> dict[str, object]:
    """A button that does something: a form of its own, POST, protected.

    Args:
        context: the page's, for its CSRF token.
        action: address that the POST goes to.
        label: what the button says.
        kind: ``primary``, ``quiet``, ``plain`` or ``danger``.
        icon: name of an icon before the label.
        is_wide: as wide as its container.
        about: heard after the label, for buttons that repeat (« Choisir cette offre », about « Coop du Témis »).
        hidden: names and values sent along.
    """
    return {
        "action": action,
        "label": label,
        "kind": kind,
        "icon": icon,
        "is_wide": is_wide,
        "about": about,
        "hidden": dict(hidden or {}),
        "csrf_token": context.get("csrf_token", ""),
    }


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], *, name: str = "page") -> dict[str, object]:
    """Links to the other pages; the rest of the query is kept. Nothing for a single page."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=PAGES_AROUND, on_ends=1)
    query = context["request"].GET.copy()
    links: list[dict[str, object]] = []
    for wanted in numbers:
        is_number = isinstance(wanted, int)
        links.append({"number": wanted, "url": _page_url(query, name, wanted) if is_number else ""})
    return {
        "page": page,
        "links": links if page.paginator.num_pages > 1 else [],
        "previous_url": _page_url(query, name, page.number - 1) if page.has_previous() else "",
        "next_url": _page_url(query, name, page.number + 1) if page.has_next() else "",
    }


def _page_url(query: QueryDict, name: str, wanted: object) -> str:
    query[name] = str(wanted)
    if str(wanted) == "1":
        del query[name]
    return f"?{query.urlencode()}"


@register.simple_block_tag(end_name="endnotice")
def notice(content: SafeString, *, tone: str = "calm", title: str = "") -> SafeString:
    """A short message beside the text; ``tone`` is ``calm``, ``warm`` (your turn) or ``good``."""
    return render_to_string("components/notice.html", {"body": content, "tone": tone, "title": title})


@register.simple_block_tag(end_name="endfold")
def fold(
    content: SafeString, summary: str, *, hint: str = "", kind: str = "", is_open: bool = False, anchor: str = ""
) -> SafeString:
    """Details behind a summary; open it when something inside needs attention. ``kind`` ``choice``: an equal answer."""
    context = {"body": content, "summary": summary, "hint": hint, "kind": kind, "is_open": is_open, "anchor": anchor}
    return render_to_string("components/fold.html", context)


@register.simple_block_tag(end_name="endcard")
def card(
    content: SafeString,
    title: str,
    *,
    url: str = "",
    level: int = 3,
    lang: str = "",
    meta: Sequence[object] = (),
    tags: Sequence[object] = (),
) -> SafeString:
    """Something one can open; with ``url`` the whole card is the link."""
    context = {"body": content, "title": title, "url": url, "level": level, "lang": lang, "meta": meta, "tags": tags}
    return render_to_string("components/card.html", context)


@register.simple_block_tag(end_name="endempty_state")
def empty_state(content: SafeString, title: str) -> SafeString:
    """What to do when a list holds nothing: never a dead end."""
    return render_to_string("components/empty_state.html", {"body": content, "title": title})


@register.simple_tag(takes_context=True)
def current_page(context: Context, name: str) -> SafeString:
    """``aria-current`` when this page is the view ``name`` (page) or in the room of that namespace (true)."""
    match = getattr(context["request"], "resolver_match", None)
    if match is None:
        return SafeString("")
    if name == match.view_name:
        return SafeString(' aria-current="page"')
    return SafeString(' aria-current="true"' if name in match.namespaces else "")
