"""The gallery in a real browser: nothing overflows, axe finds nothing, the script only improves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache

from maillage.core import assets
from maillage.core.models.network import CACHE_KEY, Network
from tests.core import gallery

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

ORIGIN = "http://maillage.test"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def opened(
    chromium: Browser, language: str, *, is_wrong: bool, width: int = 360, scheme: str = "light", scripts: bool = True
) -> Page:
    """The gallery in one window; every address is answered here, posts with 204 and counted in ``page.posts``."""
    cache.set(CACHE_KEY, Network(telephone="819 555-0142", postal_address="12, rue du Réseau\nMatane"))
    html = gallery.rendered(language, is_wrong=is_wrong)
    context = chromium.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=scripts,
    )
    page = context.new_page()

    def answer(route: Route) -> None:
        url = route.request.url
        if route.request.method == "POST":
            route.fulfill(status=204)
        elif url.endswith(".css"):
            route.fulfill(body=assets.joined(), content_type="text/css")
        elif url.endswith(".js"):
            route.fulfill(path=assets.SOURCES / "maillage.js", content_type="text/javascript")
        elif url.endswith(".svg"):
            route.fulfill(path=assets.SOURCES / "icon.svg", content_type="image/svg+xml")
        else:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page.route("**/*", answer)
    page.goto(f"{ORIGIN}/organismes/")
    return page


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (1280, "light"), (1280, "dark")])
@pytest.mark.parametrize(("language", "is_wrong"), [("fr", True), ("en", False)])
def test_axe_finds_nothing_and_nothing_overflows(
    chromium: Browser, width: int, scheme: str, language: str, is_wrong: bool
) -> None:
    page = opened(chromium, language, is_wrong=is_wrong, width=width, scheme=scheme)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found.response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.context.close()


def test_after_a_refusal_reading_starts_at_the_errors(chromium: Browser) -> None:
    page = opened(chromium, "fr", is_wrong=True)
    assert page.evaluate("document.activeElement.className") == "form-errors"
    page.click(".form-errors a[href='#id_kind']")
    assert page.evaluate("document.activeElement.id") == "id_kind_0"
    page.context.close()


def test_characters_are_counted_while_typing(chromium: Browser) -> None:
    page = opened(chromium, "fr", is_wrong=True)
    note = page.locator("[data-counter]")
    assert note.text_content() == "201 / 200"
    assert "counter-over" in str(note.get_attribute("class"))
    page.fill("#id_text", "bonjour")
    assert note.text_content() == "7 / 200"
    assert "counter-over" not in str(note.get_attribute("class"))
    page.context.close()


def test_second_press_of_a_button_sends_nothing(chromium: Browser) -> None:
    page = opened(chromium, "fr", is_wrong=False)
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    page.evaluate("() => { const b = document.querySelector('form[action=\"/y/\"] button'); b.click(); b.click(); }")
    page.wait_for_timeout(100)
    assert posts == [f"{ORIGIN}/y/"]
    page.context.close()


def test_everything_is_in_sight_and_in_reach_without_scripts(chromium: Browser) -> None:
    page = opened(chromium, "fr", is_wrong=False, scripts=False)
    assert page.locator("[data-counter]").text_content() == "200 caractères au plus"
    assert page.locator(".facets input[type=checkbox]").first.is_visible()
    page.click("text=Qui verra ma demande?")
    assert not page.locator("text=Les organismes consultés seulement.").is_visible()
    page.context.close()
