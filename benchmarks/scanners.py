"""Every link of every mail opened by GET, HEAD and a scripted Chromium, three times: no row may change."""

from __future__ import annotations

import os
import shutil
import time
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

from benchmarks._fire.links import Scanner, addresses
from benchmarks._fire.stack import Stack, add_stack_arguments, stack, tell

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from playwright.sync_api import Browser

ROUNDS = 3
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage")


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
        from playwright.sync_api import sync_playwright

        from benchmarks._fire.tables import Empty

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
            "requests": scanned.scanner.requests,
            "kinds": len(scanned.kinds),
            "server_errors": scanned.scanner.errors[:5],
            "rows_changed": sum(scanned.changed.values()),
            "changed": scanned.changed,
            "seconds": round(time.monotonic() - began),
            "holds": not scanned.changed and not scanned.scanner.errors and scanned.links > 0,
        }


def _stories(limit: int) -> list[str]:
    from tests.tasks.mails.stories import STORIES

    names = list(STORIES)
    return names[:: max(1, len(names) // limit)][:limit] if limit else names


class Scanned:
    """What was scanned, and what came of it."""

    def __init__(self, made: Stack, port: int) -> None:
        self.made, self.origin = made, f"http://127.0.0.1:{port}"
        self.mails = self.links = 0
        self.scanner = Scanner()
        self.kinds: set[str] = set()
        self.changed: dict[str, int] = {}

    def tell(self, lang: str, name: str, browser: Browser) -> None:
        """Let one story happen, and open every link of its mails."""
        from benchmarks._fire import tables

        links = list(self._links_of(lang, name))
        before = tables.rows()
        for _ in range(ROUNDS):
            self.scanner.fetch(links)
            self.scanner.browse(links, browser, is_curious=True)
        for table, count in tables.changed(before, tables.rows()).items():
            self.changed[table] = self.changed.get(table, 0) + count
            tell(f"{lang} {name}: {count} rows of {table} changed")

    def _links_of(self, lang: str, name: str) -> Iterator[str]:
        from django.conf import settings
        from django.utils import timezone

        from tasks import mime
        from tasks.models import Message
        from tasks.registry import KINDS
        from tests.tasks.mails.stories import STORIES
        from tests.tasks.mails.world import make_world

        now = timezone.now()
        kind, facts = STORIES[name](make_world(lang), now)
        KINDS[f"compose:{kind}"].handler(now=now, **facts)
        found = set()
        for message in Message.objects.order_by("pk"):
            self.mails += 1
            self.kinds.add(message.kind)
            found |= set(addresses(message_from_bytes(mime.build(message), policy=default)))
        own = sorted(link for link in found if link.startswith(settings.SITE_URL))
        self.links += len(own)
        yield from (self.origin + link.removeprefix(settings.SITE_URL) for link in own)
