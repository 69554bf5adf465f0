"""Every link of every mail opened by GET, HEAD and a scripted Chromium, three times: no row may change."""

from __future__ import annotations

import os
import re
import shutil
import time
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from benchmarks._fire.stack import Stack, add_stack_arguments, stack, tell

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from playwright.sync_api import Browser

ADDRESS = re.compile(r"https?://[^\s\"'<>]+")
ROUNDS = 3
TIMEOUT_S = 30
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage")
# What a curious scanner does inside a page: it follows each of its links, and submits nothing.
FOLLOW = """async () => {
  const links = [...document.querySelectorAll('a[href]')].map(link => link.href);
  const own = [...new Set(links)].filter(link => link.startsWith(location.origin));
  await Promise.all(own.map(link => fetch(link, {credentials: 'include'}).catch(() => null)));
  return own.length;
}"""


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    add_stack_arguments(parser)
    parser.add_argument("--stories", type=int, default=0, help="only so many of them, in each language (0: all)")


def run(args: Namespace) -> dict[str, object]:
    """Run the campaign."""
    began = time.monotonic()
    # Playwright's loop runs in this thread; nothing here is asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with stack(args) as made:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415  only this campaign needs a browser

        from benchmarks._fire.tables import Empty  # noqa: PLC0415  Django is set up by now

        port = made.serve(processes=2)
        empty, scanned = Empty(), Scanned(made, port)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(QUIET))
            for lang in ("fr", "en"):
                for name in _stories(args.stories):
                    scanned.tell(lang, name, browser)
                    empty.restore()
                tell(f"{lang}: {scanned.links} links of {scanned.mails} mails, changed: {scanned.changed or 'nothing'}")
            browser.close()
        return {
            "name": "scanners",
            "database": args.database,
            "broker": args.broker,
            "messages": scanned.mails,
            "kills": 0,
            "lost": 0,
            "duplicates": 0,
            "links": scanned.links,
            "requests": scanned.requests,
            "kinds": len(scanned.kinds),
            "server_errors": scanned.errors[:5],
            "rows_changed": sum(scanned.changed.values()),
            "changed": scanned.changed,
            "seconds": round(time.monotonic() - began),
            "holds": not scanned.changed and not scanned.errors and scanned.links > 0,
        }


def _stories(limit: int) -> list[str]:
    from tests.tasks.mails.stories import STORIES  # noqa: PLC0415  Django is set up by now

    names = list(STORIES)
    return names[:: max(1, len(names) // limit)][:limit] if limit else names


class Scanned:
    """What was scanned, and what came of it."""

    def __init__(self, made: Stack, port: int) -> None:
        self.made, self.origin = made, f"http://127.0.0.1:{port}"
        self.mails = self.links = self.requests = 0
        self.kinds: set[str] = set()
        self.changed: dict[str, int] = {}
        self.errors: list[str] = []

    def tell(self, lang: str, name: str, browser: Browser) -> None:
        """Let one story happen, and open every link of its mails."""
        from benchmarks._fire import tables  # noqa: PLC0415

        links = list(self._links_of(lang, name))
        before = tables.rows()
        for _ in range(ROUNDS):
            for link in links:
                self._request("GET", link)
                self._request("HEAD", link)
            self._browse(links, browser)
        for table, count in tables.changed(before, tables.rows()).items():
            self.changed[table] = self.changed.get(table, 0) + count
            tell(f"{lang} {name}: {count} rows of {table} changed")

    def _links_of(self, lang: str, name: str) -> Iterator[str]:
        from django.conf import settings  # noqa: PLC0415
        from django.utils import timezone  # noqa: PLC0415

        from tasks import mime  # noqa: PLC0415
        from tasks.models import Message  # noqa: PLC0415
        from tasks.registry import KINDS  # noqa: PLC0415
        from tests.tasks.mails.stories import STORIES  # noqa: PLC0415
        from tests.tasks.mails.world import make_world  # noqa: PLC0415

        now = timezone.now()
        kind, facts = STORIES[name](make_world(lang), now)
        KINDS[f"compose:{kind}"].handler(now=now, **facts)
        found = set()
        for message in Message.objects.order_by("pk"):
            self.mails += 1
            self.kinds.add(message.kind)
            found |= set(_addresses(mime.build(message)))
        own = sorted(link for link in found if link.startswith(settings.SITE_URL))
        self.links += len(own)
        yield from (self.origin + link.removeprefix(settings.SITE_URL) for link in own)

    def _request(self, method: str, link: str) -> None:
        self.requests += 1
        try:
            build_opener(HTTPRedirectHandler).open(Request(link, method=method), timeout=TIMEOUT_S).close()  # noqa: S310
        except HTTPError as error:
            if error.code >= 500:  # noqa: PLR2004  a fault of ours
                self.errors.append(f"{method} {link}: {error.code}")
            error.close()

    def _browse(self, links: list[str], browser: Browser) -> None:
        context = browser.new_context()
        page = context.new_page()
        for link in links:
            answer = page.goto(link, wait_until="load")
            self.requests += 1 + int(page.evaluate(FOLLOW))
            if answer is not None and answer.status >= 500:  # noqa: PLR2004  a fault of ours
                self.errors.append(f"Chromium {link}: {answer.status}")
        context.close()


def _addresses(source: bytes) -> Iterator[str]:
    """Addresses in the text, in the HTML and in the headers."""
    mail = message_from_bytes(source, policy=default)
    yield from ADDRESS.findall(str(mail.get("List-Unsubscribe", "")))
    for part in mail.walk():
        if part.get_content_maintype() == "text":
            text = part.get_content().replace("&amp;", "&")
            yield from (link.rstrip(".,;)") for link in ADDRESS.findall(text))
