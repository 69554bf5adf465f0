"""The main job, driven as people do it, in a real browser."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

from benchmarks._fire import links, tables
from tests.acceptance.mailbox import link_of, text_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from email.message import EmailMessage

    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

    from tests.acceptance.stacks import Stack

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CODE = re.compile(r"\b(\d{3})\D?(\d{3})\b")


@dataclass(frozen=True, slots=True)
class Asker:
    """A person of a verified group of the demo."""

    address: str
    group: str
    municipality: str = "Rouyn-Noranda"


class Way:
    """One need, from the home page to the introduction. Every page is looked at: axe, overflow, console."""

    def __init__(
        self, stack: Stack, chromium: Browser, *, lang: str = "fr", scripts: bool = True, width: int = 360
    ) -> None:
        self.stack = stack
        self.chromium = chromium
        self.home = "/" if lang == "fr" else "/en/"
        self.scripts = scripts
        self.width = width
        self.complaints: list[str] = []
        self.seconds_to_mails = 0.0

    def person(self) -> Page:
        """Somebody's own browser, in which nothing is remembered."""
        context: BrowserContext = self.chromium.new_context(
            viewport={"width": self.width, "height": 800}, java_script_enabled=self.scripts
        )
        page = context.new_page()
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def ask(self, asker: Asker, text: str, *, first_answer: bool = False) -> Page:
        """Write on the home page, prove the address, name the group, read again, publish."""
        page = self.person()
        page.goto(self.stack.origin + self.home)
        self.look(page)
        page.fill("textarea[name=text]", text)
        page.locator("form:has(textarea[name=text]) button").first.click()
        self.look(page)
        page.check("input[name=when][value=week]")
        page.fill("input[name=telephone]", "819 555-0142")
        page.fill("input[name=email]", asker.address)
        if first_answer:
            page.locator("details:has(input[name=is_first_answer]) > summary").click()
            page.check("input[name=is_first_answer]")
        before = len(self.stack.mailbox.mails)
        page.click("button[value=save]")
        mail = self.stack.mailbox.wait(lambda mail: asker.address in str(mail["To"]), after=before)[0]
        found = CODE.search(str(mail["Subject"]))
        assert found is not None
        self.look(page)
        page.fill("input[name=typed]", "".join(found.groups()))
        page.locator("form:has(input[name=typed]) button").click()
        self.look(page)
        page.get_by_label(asker.group).check()
        page.fill("input[name=municipality]", asker.municipality)
        page.fill("input[name=contact_name]", "Camille Roy")
        page.fill("input[name=telephone]", "819 555-0142")
        page.locator("form:has(input[name=contact_name]) button").click()
        self.look(page)
        page.locator("form:has(input[name=asked]) button").click()
        self.look(page)
        return page

    def proposals(self, since: int) -> list[EmailMessage]:
        """Mails to the organizations that were asked, and how long they took."""
        started = time.monotonic()
        found = self.stack.mailbox.wait(
            lambda mail: "/reponse/" in text_of(mail) or "/answer/" in text_of(mail), after=since
        )
        self.seconds_to_mails = time.monotonic() - started
        return found

    def offer(self, mail: EmailMessage) -> Page:
        """Somebody of the organization opens the link and offers help."""
        page = self.person()
        page.goto(link_of(mail, "/jumelages/") if "/jumelages/" in text_of(mail) else link_of(mail, "/pairings/"))
        self.look(page)
        page.locator("details:has(input[name=help_kind]) > summary").click()
        form = page.locator("form:has(input[name=help_kind])")
        form.locator("textarea[name=word]").fill("Disponibles jeudi matin.")
        form.locator("input[name=help_kind][value=volunteer]").check()
        form.locator("input[name=name]").fill("Alex Côté")
        form.locator("input[name=telephone]").fill("819 555-0177")
        form.locator("button[type=submit]").click()
        self.look(page)
        return page

    def choose(self, mail: EmailMessage) -> Page:
        """The group opens its link, sees the offers side by side, and chooses the first."""
        page = self.person()
        page.goto(link_of(mail, "/choix/") if "/choix/" in text_of(mail) else link_of(mail, "/choice/"))
        self.look(page)
        page.locator("button[value=choose]").first.click()
        self.look(page)
        return page

    def scan(self, mails: Collection[EmailMessage]) -> None:
        """Open every link of these mails as scanners do: no row of any table may change, not even a counter."""
        found = {link for mail in mails for link in links.addresses(mail)}
        own = sorted(link for link in found if link.startswith(self.stack.origin))
        assert len(own) >= len(mails)
        before, scanner = self.stack.quiet_rows(), links.Scanner()
        scanner.fetch(own)
        scanner.browse(own, self.chromium)
        assert tables.changed(before, self.stack.rows()) == {}
        assert scanner.errors == []
        print(f"{len(own)} links of {len(mails)} mails, {scanner.requests} requests")  # noqa: T201  read in the report

    def look(self, page: Page) -> None:
        """What must hold of every page of the way."""
        page.wait_for_load_state()  # a click waits for the answer's first byte, not for its page
        assert page.locator("h1").count() == 1, page.content()[:500]
        if self.scripts:
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= self.width, f"{page.url} is {width} px wide"
            found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
            faults = [(rule["id"], rule["nodes"][0]["html"]) for rule in found.response["violations"]]
            assert faults == [], page.url

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)
