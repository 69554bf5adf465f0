"""What a mail's body is made of. Each part is said once and drawn twice: as text here, as HTML by its template.

People's words pass through ``cleaned``: they can neither leave their line, nor turn the text around, nor hold a link of
ours.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from maillage.core.formats import telephone_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

QUOTE_MAX_CHARACTERS = 700
QUOTE_WIDTH = 74
BULLET = "•"
# Unicode's "other" characters: controls, formats (which turn the reading direction) and surrogates, but not the joiners
# that emoji and many scripts are written with.
_KEPT_FORMATS = "\u200c\u200d"


def cleaned(words: str) -> str:
    """Someone's words without control characters; lines are kept, our placeholders are not."""
    kept = "".join(
        letter if letter in "\n\t" or letter in _KEPT_FORMATS or unicodedata.category(letter)[0] != "C" else ""
        for letter in words.replace("\r\n", "\n").replace("\r", "\n")
    )
    return kept.replace("[[", "[ [")


def on_one_line(words: str) -> str:
    """The same on one line, for sentences and headers."""
    return re.sub(r"\s*[\n\t\u2028\u2029]\s*", " ", cleaned(words)).strip()


def cut(words: str, limit: int) -> str:
    """At most ``limit`` characters, cut between two words unless that would lose more than half."""
    if len(words) <= limit:
        return words
    head = words[:limit]
    at = max(head.rfind(" "), head.rfind("\n"))
    return f"{head[: at if at > limit // 2 else limit - 1].rstrip()}…"


class Part:
    """One block of a letter."""

    name: ClassVar[str]

    @property
    def template(self) -> str:
        """Its HTML."""
        return f"tasks/mails/parts/{self.name}.html"

    def as_text(self) -> str:
        """Its text."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Say(Part):
    """A paragraph in the network's voice."""

    name: ClassVar[str] = "say"
    words: str

    @property
    def shown(self) -> str:
        """The paragraph on one line: mail programs wrap it."""
        return on_one_line(self.words)

    def as_text(self) -> str:
        """The same."""
        return self.shown


@dataclass(frozen=True, slots=True)
class Heading(Part):
    """A title inside the mail."""

    name: ClassVar[str] = "heading"
    words: str

    @property
    def shown(self) -> str:
        """The title on one line."""
        return on_one_line(self.words)

    def as_text(self) -> str:
        """The same; ``in_text`` keeps it with what follows."""
        return self.shown


@dataclass(frozen=True, slots=True)
class Quote(Part):
    """What a person wrote, as written; long ones are cut, and ``url`` leads to the whole."""

    name: ClassVar[str] = "quote"
    words: str
    lang: str = ""
    url: str = ""
    limit: int = QUOTE_MAX_CHARACTERS

    @property
    def shown(self) -> str:
        """The words, cut."""
        return cut(cleaned(self.words).strip(), self.limit)

    @property
    def is_cut(self) -> bool:
        """Whether the reader must go on elsewhere."""
        return len(cleaned(self.words).strip()) > self.limit and bool(self.url)

    def as_text(self) -> str:
        """Each line marked: nothing that a person writes can pass for ours."""
        if not self.shown:
            return ""
        lines = [
            line
            for paragraph in self.shown.split("\n")
            for line in textwrap.wrap(paragraph, QUOTE_WIDTH, break_long_words=False, break_on_hyphens=False) or [""]
        ]
        quoted = "\n".join(f"> {line}".rstrip() for line in lines)
        if not self.is_cut:
            return quoted
        more = _("La suite :")
        return f"{quoted}\n{more} {self.url}"


@dataclass(frozen=True, slots=True)
class Fact:
    """A name, its value and, for what can be called or written to, an address."""

    label: str
    value: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Points(Part):
    """A short list; a ``Fact`` among its items is a name and what is said of it."""

    name: ClassVar[str] = "points"
    items: Sequence[str | Fact]

    @property
    def shown(self) -> list[Fact]:
        """Each on one line; what has no name is a value alone."""
        facts = [Fact("", item) if isinstance(item, str) else item for item in self.items]
        return [Fact(on_one_line(fact.label), on_one_line(fact.value)) for fact in facts]

    def as_text(self) -> str:
        """One line each, marked."""
        return "\n".join(f"{BULLET} {in_one(fact)}" for fact in self.shown)


@dataclass(frozen=True, slots=True)
class Facts(Part):
    """Names and values, one a line; those without value are left out."""

    name: ClassVar[str] = "facts"
    rows: Sequence[Fact]

    @property
    def shown(self) -> list[Fact]:
        """Rows that say something, each on one line."""
        return [Fact(row.label, on_one_line(row.value), row.href) for row in self.rows if row.value.strip()]

    def as_text(self) -> str:
        """« Téléphone : 819 555-0142 »."""
        return "\n".join(in_one(row) for row in self.shown)


@dataclass(frozen=True, slots=True)
class Action(Part):
    """Something to do, behind a link that only opens a page."""

    name: ClassVar[str] = "action"
    label: str
    url: str
    is_second: bool = False

    def as_text(self) -> str:
        """Label, then address on a line of its own."""
        return f"{self.label}\n{self.url}"


def in_one(fact: Fact) -> str:
    """« Téléphone : 819 555-0142 »; one half alone when the other is empty."""
    if not fact.label or not fact.value:
        return fact.label or fact.value
    return _("%(label)s : %(value)s") % {"label": fact.label, "value": fact.value}


def telephone_fact(number: str, *, label: str = "") -> Fact:
    """A number to call."""
    shown, dialled = telephone_parts(on_one_line(number))
    return Fact(label or _("Téléphone"), shown, f"tel:{dialled}" if dialled else "")


def mail_fact(address: str) -> Fact:
    """An address to write to."""
    return Fact(_("Courriel"), address, f"mailto:{address}" if address else "")


def in_text(parts: Sequence[Part]) -> str:
    """Parts one under the other, a heading close to what it heads."""
    text = ""
    for part in parts:
        written = part.as_text()
        if written:
            text += f"{written}\n" if isinstance(part, Heading) else f"{written}\n\n"
    return text.strip()
