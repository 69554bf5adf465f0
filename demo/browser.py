"""A reader of pages and filler of forms over HTTP, as a browser without scripts does it. Standard library only."""

from __future__ import annotations

import urllib.error
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urljoin

TIMEOUT_S = 30


class PageError(RuntimeError):
    """A page was not what the walk expected; the message says which and shows what it said."""


@dataclass(slots=True)
class Form:
    """One form of a page: where it goes and what it holds; ``buttons`` are (name, value, label)."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects forms, their fields and the page's words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self.words: list[str] = []
        self._form: Form | None = None
        self._select: tuple[str, list[tuple[str, bool]]] | None = None
        self._textarea: tuple[str, list[str]] | None = None
        self._button: tuple[str, str, list[str]] | None = None
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(facts.get("action", ""), facts.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag in {"script", "style"}:
            self._silent += 1
        elif self._form is not None:
            self._field(tag, facts)

    def _field(self, tag: str, facts: dict[str, str]) -> None:
        name = facts.get("name", "")
        if tag == "input" and name:
            self._input(name, facts)
        elif tag == "select":
            self._select = (name, [])
        elif tag == "option" and self._select:
            self._select[1].append((facts.get("value", ""), "selected" in facts))
        elif tag == "textarea":
            self._textarea = (name, [])
        elif tag == "button" and facts.get("type", "submit") == "submit":
            self._button = (name, facts.get("value", ""), [])

    def _input(self, name: str, facts: dict[str, str]) -> None:
        form = self._form
        if form is None:
            return
        form.names.add(name)
        kind = facts.get("type", "text").lower()
        if kind in {"checkbox", "radio"}:
            if "checked" in facts:
                form.fields.append((name, facts.get("value", "on")))
        elif kind == "submit":
            form.buttons.append((name, facts.get("value", ""), facts.get("value", "")))
        elif kind != "file":
            form.fields.append((name, facts.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._silent -= 1
        if self._form is None:
            return
        if tag == "form":
            self._form = None
        elif tag == "select" and self._select:
            name, options = self._select
            chosen = next((value for value, is_chosen in options if is_chosen), options[0][0] if options else "")
            self._form.names.add(name)
            self._form.fields.append((name, chosen))
            self._select = None
        elif tag == "textarea" and self._textarea:
            name, parts = self._textarea
            self._form.names.add(name)
            # HTML drops one newline that opens a textarea.
            self._form.fields.append((name, "".join(parts).removeprefix("\n")))
            self._textarea = None
        elif tag == "button" and self._button:
            name, value, parts = self._button
            self._form.buttons.append((name, value, " ".join("".join(parts).split())))
            self._button = None

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._textarea[1].append(data)
        if self._button:
            self._button[2].append(data)
        if not self._silent:
            self.words.append(data)


@dataclass(slots=True)
class Page:
    """An answer, read."""

    url: str
    status: int
    html: str
    forms: list[Form]
    text: str

    def form(self, *names: str) -> Form:
        """The first POST form that has every one of these fields or buttons' names.

        Raises:
            PageError: there is none.
        """
        for form in self.forms:
            known = form.names | {name for name, _, _ in form.buttons}
            if form.method == "post" and set(names) <= known:
                return form
        raise PageError(f"{self.url} ({self.status}) has no form with {names}: {self.text[:600]}")


class Browser:
    """Follows redirects and keeps cookies, like one person's browser."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(CookieJar()), urllib.request.ProxyHandler({})
        )

    def get(self, path: str) -> Page:
        """Read a page."""
        return self._read(urllib.request.Request(urljoin(self.origin, path)))  # noqa: S310  our own address

    def submit(self, page: Page, form: Form, button: str = "", **values: str | list[str]) -> Page:
        """Send a form with these values in place of what it held; ``button`` names the one pressed.

        Raises:
            PageError: a value names no field of the form, or there is no such button.
        """
        unknown = set(values) - form.names
        if unknown:
            raise PageError(f"{page.url}: no field {sorted(unknown)} among {sorted(form.names)}")
        data = [(name, value) for name, value in form.fields if name not in values]
        for name, value in values.items():
            data += [(name, item) for item in ([value] if isinstance(value, str) else value)]
        if button:
            pressed = [(name, value) for name, value, _ in form.buttons if button in {name, value}]
            if not pressed:
                raise PageError(f"{page.url}: no button {button} among {form.buttons}")
            data.append(pressed[0])
        request = urllib.request.Request(  # noqa: S310  our own address
            urljoin(page.url, form.action), data=urlencode(data).encode(), headers={"Referer": page.url}
        )
        return self._read(request)

    def _read(self, request: urllib.request.Request) -> Page:
        try:
            with self._opener.open(request, timeout=TIMEOUT_S) as answer:
                url, status, html = answer.geturl(), answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            url, status, html = request.full_url, error.code, error.read().decode(errors="replace")
        reader = _Reader()
        reader.feed(html)
        return Page(url, status, html, reader.forms, " ".join("".join(reader.words).split()))
