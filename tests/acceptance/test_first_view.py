"""What a reader meets first, on each kind of page: little weight, no cookie for reading, nothing on the console."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.acceptance.stacks import Stack

READ = (
    "/",
    "/organismes/",
    "/guides/choisir-un-hebergeur/",
    "/en/",
    "/en/organizations/",
    "/en/guides/give-an-old-laptop-a-second-life/",
)
# A form to send has a cookie, against forged requests; a page to read has none.
FORMS = ("/demandes/ecrire/", "/compte/connexion/", "/en/requests/write/", "/en/account/sign-in/")
MAX_REQUESTS, MAX_BYTES = 3, 20_000
LOADED = """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .map(entry => [entry.name, entry.encodedBodySize])"""
WATCH = """addEventListener("securitypolicyviolation", event =>
    console.error("CSP", event.effectiveDirective, event.blockedURI))"""


@pytest.mark.parametrize("path", READ + FORMS)
def test_page_is_light_and_leaves_the_browser_at_peace(embedded: Stack, chromium: Browser, path: str) -> None:
    context = chromium.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    said = heard(page)
    answer = page.goto(embedded.origin + path, wait_until="networkidle")
    assert answer is not None
    assert answer.status == 200
    # The icon is the browser's own wish, asked for once and kept: it holds up no page.
    loaded = {name: size for name, size in page.evaluate(LOADED) if not name.endswith(".svg")}
    print(path, len(loaded), sum(loaded.values()))  # noqa: T201  read in the report
    assert len(loaded) <= MAX_REQUESTS, json.dumps(loaded)
    assert 0 < sum(loaded.values()) <= MAX_BYTES, json.dumps(loaded)
    assert said == []
    assert {cookie["name"] for cookie in context.cookies()} <= ({"csrftoken"} if path in FORMS else set())
    context.close()


def heard(page: Page) -> list[str]:
    """Everything that the page will say on the console, whatever its kind."""
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said
