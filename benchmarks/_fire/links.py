"""What a mail scanner does: every link of a mail is opened by GET, by HEAD, and in a browser that runs scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from email.message import EmailMessage

    from playwright.sync_api import Browser

ADDRESS = re.compile(r"https?://[^\s\"'<>]+")
TIMEOUT_S = 30
SERVER_FAULT = 500
# What a curious scanner does inside a page: it follows each of its links, and submits nothing.
FOLLOW = """async () => {
  const links = [...document.querySelectorAll('a[href]')].map(link => link.href);
  const own = [...new Set(links)].filter(link => link.startsWith(location.origin));
  await Promise.all(own.map(link => fetch(link, {credentials: 'include'}).catch(() => null)));
  return own.length;
}"""


def addresses(mail: EmailMessage) -> Iterator[str]:
    """Addresses in the text, in the HTML and in the headers; one may come several times."""
    yield from ADDRESS.findall(str(mail.get("List-Unsubscribe", "")))
    for part in mail.walk():
        if part.get_content_maintype() == "text":
            text = str(part.get_content()).replace("&amp;", "&")
            yield from (link.rstrip(".,;)") for link in ADDRESS.findall(text))


class Scanner:
    """Opens links, and counts."""

    def __init__(self) -> None:
        self.requests = 0
        self.errors: list[str] = []
        self._opener = build_opener(ProxyHandler({}))

    def fetch(self, links: Collection[str]) -> None:
        """GET and HEAD; redirects are followed."""
        for link in links:
            for method in ("GET", "HEAD"):
                self._request(method, link)

    def browse(self, links: Collection[str], browser: Browser, *, is_curious: bool = False) -> None:
        """Load each page and run its scripts; a curious scanner follows the links that it finds there."""
        context = browser.new_context()
        page = context.new_page()
        for link in links:
            answer = page.goto(link, wait_until="load")
            self.requests += 1 + (int(page.evaluate(FOLLOW)) if is_curious else 0)
            if answer is not None and answer.status >= SERVER_FAULT:
                self.errors.append(f"Chromium {link}: {answer.status}")
        context.close()

    def _request(self, method: str, link: str) -> None:
        self.requests += 1
        try:
            self._opener.open(Request(link, method=method), timeout=TIMEOUT_S).close()  # noqa: S310  a mail's own link
        except HTTPError as error:
            if error.code >= SERVER_FAULT:
                self.errors.append(f"{method} {link}: {error.code}")
            error.close()
