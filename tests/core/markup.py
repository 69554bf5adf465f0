"""What is wrong with a page's HTML, as a list of sentences; empty when nothing is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "hr", "img", "input", "source", "wbr", "col"}
FIELDS = {"input", "select", "textarea"}
Attributes = list[tuple[str, "str | None"]]


@dataclass
class Page(HTMLParser):
    """Reads a page once and keeps what the checks need."""

    problems: list[str] = field(default_factory=list)
    stack: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    labelled: set[str] = field(default_factory=set)
    field_ids: list[tuple[str, str]] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    unnamed: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Remember ids, references, labels and headings; note what the policy forbids."""
        found = dict(attrs)
        for name in found:
            if name == "style" or name.startswith("on"):
                self.problems.append(f"<{tag}> has an inline {name}")
        if tag in ("script", "style") and "src" not in found:
            self.problems.append(f"inline <{tag}>")
        self._remember(tag, found)
        if tag not in VOID:
            self.stack.append(tag)
            if tag in ("a", "button", "summary"):
                self.unnamed.append([])

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """Self-closed elements of the sprite."""
        self._remember(tag, dict(attrs))

    def _remember(self, tag: str, found: dict[str, str | None]) -> None:
        if found.get("id"):
            self.ids.append(str(found["id"]))
        for name in ("for", "aria-describedby", "aria-labelledby"):
            self.references += (found.get(name) or "").split()
        href = found.get("href") or ""
        if href.startswith("#") and len(href) > 1:
            self.references.append(href[1:])
        if tag == "label":
            self.labelled.add(str(found.get("for") or ""))
        if tag in FIELDS and found.get("type") not in ("hidden", "submit"):
            is_named = "label" in self.stack or "aria-label" in found
            self.field_ids.append(("" if is_named else str(found.get("id") or "?"), tag))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "img" and "alt" not in found:
            self.problems.append("<img> without alt")

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last, and nothing else."""
        if not self.stack or self.stack[-1] != tag:
            self.problems.append(f"</{tag}> closes {self.stack[-1:] or 'nothing'}")
            return
        self.stack.pop()
        if tag in ("a", "button", "summary") and not "".join(self.unnamed.pop()).strip():
            self.problems.append(f"<{tag}> without a name")

    def handle_data(self, data: str) -> None:
        """Text names the element around it."""
        for words in self.unnamed:
            words.append(data)
        if self.stack and self.stack[-1] not in ("title", "script"):
            self.texts.append(data)


def read(html: str) -> Page:
    """Parse a whole page."""
    page = Page()
    page.feed(html)
    page.close()
    return page


def problems(html: str) -> list[str]:
    """Everything wrong with a page: nesting, ids, references, names, headings, inline style or script."""
    page = read(html)
    found = list(page.problems)
    found += [f"<{tag}> is never closed" for tag in page.stack]
    found += [f"id {name} repeats" for name in {name for name in page.ids if page.ids.count(name) > 1}]
    found += [f"nothing has the id {name}" for name in page.references if name not in page.ids]
    found += [f"<{tag} id={name}> has no label" for name, tag in page.field_ids if name and name not in page.labelled]
    if page.headings.count(1) != 1:
        found.append(f"{page.headings.count(1)} first-level headings")
    steps = zip(page.headings, page.headings[1:], strict=False)
    found += [f"a heading jumps from {before} to {after}" for before, after in steps if after > before + 1]
    return found
