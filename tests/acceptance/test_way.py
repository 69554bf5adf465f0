"""The whole way of one need, on real servers: asked, mailed, offered, chosen, introduced."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.acceptance.mailbox import text_of
from tests.acceptance.way import Asker, Way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from pytest_django import DjangoDbBlocker

    from tests.acceptance.stacks import Stack

NEED = (
    "Depuis qu’on a changé de modem, le Wi-Fi ne se rend plus au fond du local et l’imprimante ne trouve plus le "
    "réseau. Personne ici ne s’y connaît."
)
NEED_EN = (
    "Since we changed the modem, the Wi-Fi no longer reaches the back room and the printer cannot find the network."
)


GROUPS = {
    "fr": Asker("nicole@entraide-epinettes.example.org", "Entraide des Épinettes"),
    "en": Asker("bridget@long-table-verdun.example.org", "The Long Table Verdun", "Verdun"),
    "first": Asker("rose-aimee@foyer-des-savoirs.example.org", "Le Foyer des savoirs"),
    "plain": Asker("melanie@pont-des-proches.example.org", "Le Pont des proches", "Trois-Rivières"),
}


def walk(way: Way, asker: Asker, text: str, *, first_answer: bool = False, is_scanned: bool = False) -> None:
    """Everything from the home page to both introductions."""
    mailbox = way.stack.mailbox
    since = len(mailbox.mails)
    way.ask(asker, text, first_answer=first_answer)
    proposals = way.proposals(since)
    print(f"first proposal {way.seconds_to_mails:.1f} s after publishing")  # noqa: T201  read in the report
    after = len(mailbox.mails)
    way.offer(proposals[0])
    if not first_answer:
        found = mailbox.wait(
            lambda mail: asker.address in str(mail["To"]) and re.search("/choix/|/choice/", text_of(mail)) is not None,
            after=after,
        )
        if is_scanned:
            way.scan(mailbox.mails[since:])
        way.choose(found[0])
    introductions = mailbox.wait(
        lambda mail: "Mise en contact" in str(mail["Subject"]) or "Introduction" in str(mail["Subject"]),
        count=2,
        after=after,
    )
    to_group = next(mail for mail in introductions if asker.address in str(mail["To"]))
    to_helper = next(mail for mail in introductions if asker.address not in str(mail["To"]))
    assert "555-0177" in text_of(to_group)
    assert "555-0142" in text_of(to_helper)
    assert asker.address in str(to_helper["Reply-To"])
    assert "noreply" not in str(to_group["Reply-To"])
    assert way.complaints == []


@pytest.fixture
def readable(monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The stack's own database may be read here. Playwright's loop runs in this thread; nothing is asynchronous."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with django_db_blocker.unblock():
        yield


@pytest.mark.usefixtures("readable")
def test_group_is_helped_in_french_whatever_scanners_open(embedded: Stack, chromium: Browser) -> None:
    walk(Way(embedded, chromium), GROUPS["fr"], NEED, is_scanned=True)


def test_group_is_helped_in_english(embedded: Stack, chromium: Browser) -> None:
    walk(Way(embedded, chromium, lang="en", width=1280), GROUPS["en"], NEED_EN)


def test_first_answer_introduces_at_once(embedded: Stack, chromium: Browser) -> None:
    walk(Way(embedded, chromium, width=1280), GROUPS["first"], NEED, first_answer=True)


def test_way_needs_no_script(embedded: Stack, chromium: Browser) -> None:
    walk(Way(embedded, chromium, scripts=False), GROUPS["plain"], NEED)


def test_group_is_helped_on_postgres_and_redis(services: Stack, chromium: Browser) -> None:
    walk(Way(services, chromium, width=1280), GROUPS["fr"], NEED)


def test_first_answer_on_postgres_and_redis(services: Stack, chromium: Browser) -> None:
    walk(Way(services, chromium), GROUPS["first"], NEED, first_answer=True)


def test_real_organizations_are_asked(real: Stack, chromium: Browser) -> None:
    walk(Way(real, chromium), GROUPS["fr"], NEED)
