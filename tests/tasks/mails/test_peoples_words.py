"""What people write is shown as written, and can do nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tasks import links, mime
from tasks.mails.letters import Person, first_words
from tasks.mails.parts import Facts, Quote, Say, cleaned, cut, in_text, telephone_fact
from tasks.models import Message
from tasks.registry import KINDS
from tests.tasks.mails.world import make_world

if TYPE_CHECKING:
    from datetime import datetime

    from tests.tasks.mails.world import World

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(1)>\n"
    "-- \nhttp://piege.example/?t=[[token:answer]]\n"
    "\u202eesrever\u202c \x07\x1b[31m « ok »\r\nBcc: victime@example.org"
)


@pytest.fixture
def proposal(db: None, now: datetime) -> Message:
    """The proposal of a need whose text is hostile."""
    world: World = make_world("fr")
    world.need.text = HOSTILE
    world.need.save()
    world.helper.name = "Coop\r\nBcc: victime@example.org"
    world.helper.save()
    wave = world.wave(now)
    pairing = wave.pairings.get(organization=world.helper)
    assert KINDS["compose:proposal"].handler(pairing_id=pairing.pk, wave_id=wave.pk, now=now) is None
    return Message.objects.get()


def test_html_of_people_is_words(proposal: Message) -> None:
    assert "<script" not in proposal.body_html
    assert "<img" not in proposal.body_html
    assert "&lt;script&gt;" in proposal.body_html
    assert "<script>alert(1)</script>" in proposal.body_text


def test_placeholder_of_people_opens_nothing(proposal: Message) -> None:
    filled = links.fill(proposal.body_text, proposal) + links.fill(proposal.body_html, proposal)
    assert "piege.example/?t=[ [token:answer]]" in filled


def test_nothing_written_becomes_a_header(proposal: Message) -> None:
    assert proposal.state == "pending", proposal.last_error
    head = mime.build(proposal).split(b"\r\n\r\n", 1)[0]
    assert b"\r\nBcc" not in head
    assert b"victime" not in head


def test_text_of_people_cannot_pass_for_ours(proposal: Message) -> None:
    lines = proposal.body_text.split("\n")
    assert [line for line in lines if line.startswith("-- ")] == ["-- "]
    assert all(line.startswith(">") for line in lines if "piege.example" in line or "alert" in line)


def test_reading_direction_and_controls_are_kept_out(proposal: Message) -> None:
    for body in (proposal.body_text, proposal.body_html):
        assert not any(letter in body for letter in "\u202e\u202c\x00\x1b\r")


def test_long_need_is_cut_with_a_link_in_the_proposal(db: None, now: datetime) -> None:
    world = make_world("fr")
    world.need.text = "mot " * 1200
    world.need.save()
    wave = world.wave(now)
    pairing = wave.pairings.get(organization=world.helper)
    KINDS["compose:proposal"].handler(pairing_id=pairing.pk, wave_id=wave.pk, now=now)
    message = Message.objects.get()
    assert message.body_text.count("mot ") < 250
    assert "La suite\u00a0: http" in message.body_text
    assert "Lire la suite" in message.body_html


@pytest.mark.parametrize(
    ("words", "limit", "expected"),
    [
        ("court", 10, "court"),
        ("un deux trois quatre", 12, "un deux…"),
        ("sansespacedutout", 8, "sansesp…"),
        ("une\ndeux trois", 10, "une\ndeux…"),
    ],
)
def test_cut_keeps_whole_words_where_it_can(words: str, limit: int, expected: str) -> None:
    assert cut(words, limit) == expected
    assert len(cut(words, limit)) <= limit


def test_emoji_keep_their_joiners() -> None:
    assert cleaned("👩‍💻 ok") == "👩‍💻 ok"


def test_empty_words_leave_no_hole() -> None:
    assert in_text([Say("a"), Quote("  "), Facts([telephone_fact("")]), Say("b")]) == "a\n\nb"


def test_name_in_reply_to_is_quoted() -> None:
    person = Person('Alex "le mage"\r\nBcc: x@example.org, Côté', "alex@example.org")
    assert "\n" not in person.header
    assert person.header.endswith(" <alex@example.org>")


def test_subject_holds_first_words_on_one_line() -> None:
    assert first_words("Notre\nsite\tne marche plus") == "Notre site ne marche plus"
