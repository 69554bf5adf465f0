"""Mails are written whole: identity, tokens, headers; what can never leave is dead from the start, and seen."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING

import pytest

from maillage.core.models import ActionToken, Network
from maillage.core.models.tokens import derive
from maillage.core.tokens import LinkSpec
from tasks import links, mime
from tasks.enums import MessageState
from tasks.models import Message
from tasks.outbox import message_id_of
from tasks.rendering import Content
from tests.tasks.rows import NEWS, make_message

if TYPE_CHECKING:
    from datetime import datetime
    from email.message import EmailMessage

pytestmark = pytest.mark.django_db


def parsed(message: Message) -> EmailMessage:
    return message_from_bytes(mime.build(message), policy=default)  # type: ignore[return-value]


def answer_link(network: Network) -> LinkSpec:
    return LinkSpec(purpose="answer", subject=network, data={"actions": ["offer"]})


def test_same_event_is_one_mail_with_one_identity(now: datetime) -> None:
    first = make_message(now)
    second = make_message(now + timedelta(days=1), content=Content("Autre", "autre"))
    assert first == second
    assert second.subject == "Objet"
    assert first.message_id == message_id_of("letter:1")


def test_retries_give_the_same_bytes(now: datetime) -> None:
    message = make_message(now)
    assert mime.build(message) == mime.build(Message.objects.get())
    assert parsed(message)["Message-ID"] == message.message_id
    assert parsed(message)["Date"].datetime == now


def test_token_is_stored_as_a_hash_and_filled_as_the_mail_leaves(now: datetime) -> None:
    network = Network.objects.create()
    body = f"Répondre : {links.token_url('members:unsubscribe', 'answer', lang='fr')}"
    message = make_message(now, content=Content("Objet", body, f"<p>{body}</p>"), link_specs=[answer_link(network)])
    raw = derive(message.message_id, "answer")
    assert raw not in message.body_text
    assert ActionToken.objects.matching(raw).get().address == message.address
    for kind in ("plain", "html"):
        assert raw in parsed(message).get_body((kind,)).get_content()  # type: ignore[union-attr]


def test_placeholder_typed_by_someone_opens_nothing(now: datetime) -> None:
    other = make_message(now, key="other", link_specs=[answer_link(Network.objects.create())])
    typed = f"[[token:answer]] [[token:choose]] [[token:answer@{other.message_id}]]"
    message = make_message(now, content=Content("Objet", typed))
    assert typed in parsed(message).get_content()


def test_optional_mail_can_be_refused_in_one_click(now: datetime) -> None:
    mail = parsed(make_message(now, kind=NEWS.code))
    token = ActionToken.objects.get(purpose="unsubscribe")
    assert token.data == {"kind": NEWS.code}
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    raw = derive(str(mail["Message-ID"]), "unsubscribe")
    assert mail["List-Unsubscribe"].startswith("<http")
    assert raw in mail["List-Unsubscribe"]


def test_necessary_mail_has_no_such_header(now: datetime) -> None:
    assert parsed(make_message(now))["List-Unsubscribe"] is None


@pytest.mark.parametrize(
    "address",
    [
        "ana@example.org\r\nBcc: all@example.org",
        "ana@example.org\nX: y",
        "not an address",
        "",
        "@example.org",
        "é@example.org",
        "a" * 400 + "@example.org",
    ],
)
def test_address_that_is_not_one_is_dead_and_said(now: datetime, address: str) -> None:
    message = make_message(now, address=address)
    assert message.state == MessageState.DEAD
    assert message.last_error
    assert message.body_text == ""


@pytest.mark.parametrize("field", ["subject", "reply_to", "headers"])
def test_line_break_in_a_header_is_dead_and_said(now: datetime, field: str) -> None:
    broken = {
        "subject": {"content": Content("Objet\r\nBcc: all@example.org", "texte")},
        "reply_to": {"reply_to": "a@example.org\nBcc: all@example.org"},
        "headers": {"headers": {"X-Note": "a\r\nBcc: all@example.org"}},
    }[field]
    message = make_message(now, **broken)
    assert message.state == MessageState.DEAD
    assert "line break" in message.last_error


def test_body_of_five_megabytes_is_dead_and_not_kept(now: datetime) -> None:
    message = make_message(now, content=Content("Objet", "x" * 5_000_000))
    assert message.state == MessageState.DEAD
    assert "too big" in message.last_error
    assert message.body_text == ""


def test_accented_domain_and_names_are_sent_as_servers_take_them(now: datetime) -> None:
    message = make_message(now, address="ana@témis.example", from_header="Réseau d’entraide <m@example.org>")
    mail = parsed(message)
    assert mail["To"] == "ana@xn--tmis-bpa.example"
    assert mail["From"].addresses[0].display_name == "Réseau d’entraide"
    mime.build(message).decode("ascii")


def test_long_subject_is_cut(now: datetime) -> None:
    assert len(make_message(now, content=Content("é" * 900, "texte")).subject) == 255
