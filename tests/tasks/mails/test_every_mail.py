"""Every kind of mail, in both languages: complete, in one language, well set, and leading somewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import resolve
from django.utils import translation

from maillage.core.models import ActionToken
from maillage.core.models.tokens import hash_of
from tasks import links, mime
from tasks.kinds import MAIL_KINDS
from tasks.models import Message
from tasks.registry import KINDS
from tests.tasks.mails.conftest import UNDEFINED
from tests.tasks.mails.stories import STORIES

if TYPE_CHECKING:
    from datetime import datetime

    from tests.tasks.mails.world import World

# Kinds that other modules compose: Django's own mails, sign-in, the weekly digest.
COMPOSED_ELSEWHERE = {"plain", "sign_in_code", "sign_in_password", "digest"}
FRENCH = re.compile(
    r"\b(vous|votre|vos|une|les|des|pour|demande|organisme|courriel|réponse|est)\b|[«»]|\u00a0:", re.IGNORECASE
)
ENGLISH = re.compile(r"\b(the|you|your|and|request|answer|help|with)\b", re.IGNORECASE)
# Québec: no space before ? ! ; and a no-break one before : and inside « ».
BAD_SPACES = re.compile(r"\s[?!;](?!\w)|(?<![\u00a0\d]):(?=\s|$)|« |[^\u00a0]»|«(?!\u00a0)", re.MULTILINE)


class Page(HTMLParser):
    """Text and addresses of an HTML mail."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.addresses: list[str] = []
        self._is_style = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_style = tag == "style"
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_endtag(self, tag: str) -> None:
        self._is_style = False

    def handle_data(self, data: str) -> None:
        if not self._is_style and data.strip():
            self.words.append(data)


def composed(world: World, name: str, now: datetime) -> list[Message]:
    kind, args = STORIES[name](world, now)
    refusal = KINDS[f"compose:{kind}"].handler(now=now, **args)
    assert refusal is None, refusal
    rows = list(Message.objects.order_by("pk"))
    assert rows
    return rows


def prose(message: Message) -> str:
    """Subject and text without addresses."""
    return re.sub(r"\S+@\S+|https?://\S+", "", f"{message.subject}\n{message.body_text}")


def test_every_kind_has_its_story() -> None:
    told = {story.__name__ for story in STORIES.values()} | set(STORIES)
    for code in MAIL_KINDS.keys() - COMPOSED_ELSEWHERE:
        assert any(name.startswith(code.split("_")[0]) for name in told), code


@pytest.mark.parametrize("name", STORIES)
class TestEveryMail:
    def test_is_complete_and_can_leave(self, world: World, name: str, now: datetime) -> None:
        for message in composed(world, name, now):
            assert message.state == "pending", message.last_error
            assert UNDEFINED not in message.body_text + message.body_html + message.subject
            assert "None" not in message.body_text
            assert mime.build(message)
            assert message.lang == world.lang

    def test_says_the_same_in_text_and_in_html(self, world: World, name: str, now: datetime) -> None:
        for message in composed(world, name, now):
            shown = " ".join(" ".join(Page(message.body_html).words).split())
            for line in message.body_text.split("\n"):
                words = line.removeprefix("> ").removeprefix("• ").strip()
                if words and "http" not in words and words != "--":
                    for part in re.split(r"\s*:\s", words):
                        assert " ".join(part.split()) in shown, (part, shown)

    def test_speaks_one_language(self, world: World, name: str, now: datetime) -> None:
        foreign = FRENCH if world.lang == "en" else ENGLISH
        for message in composed(world, name, now):
            found = foreign.search(prose(message))
            assert found is None, (found, message.body_text)

    def test_keeps_quebec_typography(self, world: World, name: str, now: datetime) -> None:
        for message in composed(world, name, now):
            if world.lang == "fr":
                found = BAD_SPACES.search(prose(message))
                assert found is None, (found, message.body_text)
                assert "'" not in prose(message)

    def test_leads_to_pages_that_exist(self, world: World, name: str, now: datetime) -> None:
        for message in composed(world, name, now):
            text, html = links.fill(message.body_text, message), links.fill(message.body_html, message)
            assert "[[" not in text + html
            found = re.findall(r"https?://\S+", text)
            linked = [address for address in Page(html).addresses if not address.startswith(("tel:", "mailto:"))]
            assert set(found) == set(linked)
            for address in found:
                assert address.startswith(f"{settings.SITE_URL}/"), address
                with translation.override(world.lang):
                    match = resolve(urlsplit(address).path)
                if token := match.kwargs.get("token"):
                    assert ActionToken.objects.filter(token_hash=hash_of(token)).exists(), match

    def test_is_answered_by_a_human_and_names_one(self, world: World, name: str, now: datetime) -> None:
        for message in composed(world, name, now):
            assert "@" in message.reply_to
            assert "reply@" not in message.reply_to
            assert "Luce Gagné" in message.body_text
            assert "819\u00a0555-0100" in message.body_text
            assert world.words("network") in message.body_text
            assert "10, Rue X" in message.body_text

    def test_holds_no_personal_data_in_its_subject(self, world: World, name: str, now: datetime) -> None:
        for message in composed(world, name, now):
            assert len(message.subject) <= 90
            assert not re.search(r"Camille|Alex|Dominique|Luce|@|\d{4}", message.subject)

    def test_is_written_once_however_often_it_is_told(self, world: World, name: str, now: datetime) -> None:
        kind, args = STORIES[name](world, now)
        for _ in range(2):
            assert KINDS[f"compose:{kind}"].handler(now=now, **args) is None
        keys = list(Message.objects.values_list("dedupe_key", flat=True))
        assert len(keys) == len(set(keys))
        assert not any("@" in key for key in keys)
