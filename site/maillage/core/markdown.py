"""Markdown to safe HTML: CommonMark with tables and fences, sanitised whatever was written. Pure: no Django.

Guides, information pages and their previews all come through here, when they are saved and never when they are read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt

from maillage.core.folding import fold

MAX_CHARACTERS = 200_000
# markdown-it's own guard against deep nesting; 20 levels is more than any guide needs.
MAX_NESTING = 20
# Headings of a text stand under the page's own title, whichever level its author began with.
FIRST_LEVEL = 2
TABLE_OF_CONTENTS_FROM = 3

BLOCK_TAGS = frozenset({"p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "ul", "ol", "li", "div"})
INLINE_TAGS = frozenset({"strong", "em", "s", "code", "a", "img", "sub", "sup", "kbd"})
TABLE_TAGS = frozenset({"table", "thead", "tbody", "tr", "th", "td"})
FOLD_TAGS = frozenset({"details", "summary"})
ALLOWED_TAGS = BLOCK_TAGS | INLINE_TAGS | TABLE_TAGS | FOLD_TAGS
ALLOWED_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "width", "height", "loading"},
    "ol": {"start"},
    "code": {"class"},
    "th": {"align"},
    "td": {"align"},
    "div": {"class", "tabindex"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
ALLOWED_CLASSES = {"div": {"table-scroll"}}
ALLOWED_SCHEMES = {"http", "https", "mailto", "tel"}
TABLE_BOX = '<div class="table-scroll" tabindex="0">'
_ALIGN = re.compile(r"text-align:\s*(left|right|center)")


class TextTooLongError(ValueError):
    """More than ``MAX_CHARACTERS``."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One entry of a table of contents; ``level`` 2 to 6, ``anchor`` is the id of its heading."""

    level: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML and the headings found in it, in order."""

    html: str
    headings: tuple[Heading, ...]


def render(text: str) -> Rendered:
    """Safe HTML of a Markdown text.

    Raises:
        TextTooLongError: the text has more than ``MAX_CHARACTERS``.
    """
    if len(text) > MAX_CHARACTERS:
        raise TextTooLongError(str(len(text)))
    parser = _parser()
    tokens = parser.parse(text.replace("\x00", ""))
    headings: list[Heading] = []
    shift = FIRST_LEVEL - min((int(token.tag[1]) for token in tokens if token.type == "heading_open"), default=1)
    for position, token in enumerate(tokens):
        if token.type in {"heading_open", "heading_close"}:
            level = min(int(token.tag[1]) + shift, 6)
            token.tag = f"h{level}"
            if token.type == "heading_open":
                words = _words_of(tokens[position + 1].content)
                anchor = _anchor(words, headings)
                token.attrSet("id", anchor)
                headings.append(Heading(level, anchor, words))
        elif token.type in {"th_open", "td_open"}:
            aligned = _ALIGN.match(str(token.attrGet("style") or ""))
            token.attrs.pop("style", None)
            if aligned:
                token.attrSet("align", aligned[1])
    html = parser.renderer.render(tokens, parser.options, {})
    # A wide table scrolls in its own box, which the keyboard reaches.
    html = html.replace("<table>", '<div class="table-scroll" tabindex="0"><table>').replace(
        "</table>", "</table></div>"
    )
    return Rendered(_sanitised(html), tuple(headings))


def plain(text: str) -> str:
    """Words of a Markdown text, for search and summaries."""
    return " ".join(nh3.clean(_parser().render(text[:MAX_CHARACTERS]), tags=set()).split())


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True, "maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])


def _sanitised(html: str) -> str:
    return nh3.clean(
        html,
        tags=set(ALLOWED_TAGS),
        attributes=ALLOWED_ATTRIBUTES,
        allowed_classes=None,
        url_schemes=ALLOWED_SCHEMES,
        link_rel="noopener noreferrer",
        attribute_filter=_kept,
    )


def _kept(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        allowed = ALLOWED_CLASSES.get(tag, set())
        kept = [word for word in value.split() if word in allowed or (tag == "code" and word.startswith("language-"))]
        return " ".join(kept) or None
    if name == "id" and not re.fullmatch(r"[a-z0-9-]{1,80}", value):
        return None
    return value


def _words_of(inline: str) -> str:
    return " ".join(nh3.clean(_parser().renderInline(inline), tags=set()).split())


def _anchor(words: str, before: list[Heading]) -> str:
    """A readable id; prefixed so that a text cannot take over an id of the page."""
    base = "t-" + (re.sub(r"[^a-z0-9]+", "-", fold(words)).strip("-")[:60] or "section")
    taken = {heading.anchor for heading in before}
    anchor, number = base, 2
    while anchor in taken:
        anchor, number = f"{base}-{number}", number + 1
    return anchor
