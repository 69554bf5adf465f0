"""Every kind of mail, in both languages: complete, in one language, well set, and leading somewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve
from django.utils import translation

from maillage.core import typography
from maillage.core.models import ActionToken
from maillage.core.models.tokens import hash_of
from tasks import links, mime
from tasks.kinds import MAIL_KINDS
from tasks.mails.editors_digest import KIND
from tasks.models import Message
from tasks.registry import KINDS
from tests.tasks.mails.conftest import UNDEFINED
from tests.tasks.mails.stories import STORIES

if TYPE_CHECKING:
    from datetime import datetime

    from tests.tasks.mails.world import World

# Kinds that other modules compose: Django's own mails, sign-in, the weekly digest.
SUBJECT_MAX = 90
OPENS = {200, 302}
# Pages that say 404 to a stranger rather than that something is there: the reader signs in first.
MEMBERS_ONLY = {"needs:detail"}
COMPOSED_ELSEWHERE = {"plain", "sign_in_code", "sign_in_password", "new_password", "security", "digest"}
FRENCH = re.compile(
    r"\b(vous|votre|vos|une|les|des|pour|demande|organisme|courriel|réponse|est)\b|[«»]|\u00a0:", re.IGNORECASE
)
ENGLISH = re.compile(r"\b(the|you|your|and|request|answer|help|with)\b", re.IGNORECASE)


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
        if not self._is_style:
            self.words.append(data)


@pytest.mark.parametrize("name", STORIES)
def test_mail_is_complete_and_leads_somewhere(world: World, name: str, now: datetime) -> None:
    kind, args = STORIES[name](world, now)
    for _ in range(2):
        refusal = KINDS[f"compose:{kind}"].handler(now=now, **args)
        assert refusal is None, refusal
    messages = list(Message.objects.order_by("pk"))
    assert messages
    check_is_written_once(messages)
    for message in messages:
        check_can_leave(message, world)
        check_is_the_same_in_text_and_in_html(message)
        check_speaks_one_language(message, world)
        check_keeps_quebec_typography(message, world)
        check_is_answered_by_a_human(message, world)
        check_holds_no_personal_data_in_its_subject(message)
        check_leads_to_pages_that_open(message, world)


def check_is_written_once(messages: list[Message]) -> None:
    """Told twice, written once; keys name nobody."""
    assert len({(message.kind, message.address) for message in messages}) == len(messages)
    assert not any("@" in message.dedupe_key for message in messages)


def check_can_leave(message: Message, world: World) -> None:
    """No gap, nothing that a server would refuse."""
    assert message.state == "pending", message.last_error
    assert UNDEFINED not in message.body_text + message.body_html + message.subject
    assert "None" not in message.body_text
    assert mime.build(message)
    assert message.lang == world.lang


def check_is_the_same_in_text_and_in_html(message: Message) -> None:
    """Every line of the text is in the HTML."""
    shown = " ".join("".join(Page(message.body_html).words).split())
    for line in message.body_text.split("\n"):
        words = line.removeprefix("> ").removeprefix("• ").strip()
        if words and "http" not in words and words != "--":
            for part in re.split(r"\s*:\s", words):
                assert " ".join(part.split()) in shown, (part, shown)


def check_speaks_one_language(message: Message, world: World) -> None:
    """No word of the other one."""
    foreign = FRENCH if world.lang == "en" else ENGLISH
    found = foreign.search(prose(message))
    assert found is None, (found, prose(message))


def check_keeps_quebec_typography(message: Message, world: World) -> None:
    """Spaces, quotation marks, apostrophes, hours, amounts, words."""
    if world.lang == "fr":
        for line in prose(message).split("\n"):
            assert typography.faults(line) == [], line


def check_is_answered_by_a_human(message: Message, world: World) -> None:
    """Reply-To, a name, a telephone, the network, its postal address."""
    assert "@" in message.reply_to
    assert "reply@" not in message.reply_to
    human = () if message.address == world.contact.user.email else ("Luce Gagné", "819\u00a0555-0100")
    for words in (*human, world.words("network"), "10, Rue X"):
        assert words in message.body_text, (words, message.body_text)


def check_holds_no_personal_data_in_its_subject(message: Message) -> None:
    """First words of a need at most."""
    assert len(message.subject) <= SUBJECT_MAX
    assert not re.search(r"Camille|Alex|Dominique|Luce|@|\d{4}", message.subject)


def check_leads_to_pages_that_open(message: Message, world: World) -> None:
    """Every link is absolute, in the reader's language, has its token, and a GET of it shows a page or the way in."""
    text, html = links.fill(message.body_text, message), links.fill(message.body_html, message)
    assert "[[" not in text + html
    found = set(re.findall(r"https?://\S+", text))
    assert found == {address for address in Page(html).addresses if not address.startswith(("tel:", "mailto:"))}
    for address in found:
        assert address.startswith(f"{settings.SITE_URL}/"), address
        path = urlsplit(address).path
        with translation.override(world.lang):
            match = resolve(path)
        if token := match.kwargs.get("token"):
            assert ActionToken.objects.filter(token_hash=hash_of(token)).exists(), match
        response = Client().get(path)
        assert response.status_code in OPENS or match.view_name in MEMBERS_ONLY, (path, response.status_code)


def prose(message: Message) -> str:
    """Subject and text without addresses."""
    return re.sub(r"\S+@\S+|https?://\S+", "", f"{message.subject}\n{message.body_text}")


def test_every_kind_has_its_story() -> None:
    # Kinds that other tests register for themselves are not ours to tell.
    kinds = {kind for kind in MAIL_KINDS if not kind.startswith("test_")}
    told = {kind for kind in kinds if any(name.startswith(kind.split("_")[0]) for name in STORIES)}
    assert kinds - COMPOSED_ELSEWHERE - told - {KIND.code} == set()
