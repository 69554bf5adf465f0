"""The editors' weekly mail: when there is reason to, and to whom."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from maillage.core.models import Network
from members.models import Preference
from tasks.mails import editors_digest
from tasks.models import Message
from tasks.registry import KINDS
from tests.factories import OrganizationFactory, SeatFactory, UserFactory

if TYPE_CHECKING:
    from datetime import datetime

    from members.models import User
    from tests.tasks.mails.world import World

WEEK = timedelta(days=7)


def compose(now: datetime) -> str | None:
    """This week's mail."""
    handler = KINDS["compose:editors_digest"].handler
    told: str | None = handler(window=editors_digest.window_of(now), now=now)
    return told


def waiting(since: datetime) -> None:
    """One organization that waits to be checked, with someone who reads its requests."""
    SeatFactory(organization__unverified=True, organization__created_at=since, organization__confirmed_at=since)


def addresses() -> list[str]:
    return sorted(Message.objects.values_list("address", flat=True))


def away(user: User, now: datetime) -> None:
    Preference.objects.create(address=user.email, paused_until=now + timedelta(days=60))


@pytest.fixture
def deputy(world: World) -> User:
    """The world's editor has the week, with this deputy; a third editor has not."""
    found: User = UserFactory(editor=True, email="suppleante@example.org", lang=world.lang)
    UserFactory(editor=True, email="tierce@example.org")
    Network.objects.update(editor=world.editor, deputy=found)
    Network.objects.get().save()  # forgets what was cached
    return found


def test_upkeep_alone_sends_nothing(world: World, now: datetime) -> None:
    SeatFactory(organization__created_at=now - timedelta(days=900))
    OrganizationFactory(unclaimed=True)
    assert compose(now) == "nothing_to_do"
    assert not Message.objects.exists()


def test_named_editor_gets_the_first_mail_alone_and_the_deputy_the_second_too(
    world: World, deputy: User, now: datetime
) -> None:
    waiting(now - timedelta(days=1))
    compose(now)
    assert addresses() == ["eve@example.org"]
    compose(now + WEEK)
    assert addresses() == ["eve@example.org", "eve@example.org", deputy.email]


def test_deputy_stands_in_for_an_absent_editor(world: World, deputy: User, now: datetime) -> None:
    waiting(now)
    away(world.editor, now)
    compose(now)
    assert addresses() == [deputy.email]


def test_everyone_stands_in_when_neither_is_there(world: World, deputy: User, now: datetime) -> None:
    waiting(now)
    away(world.editor, now)
    away(deputy, now)
    compose(now)
    assert addresses() == ["tierce@example.org"]


def test_editor_who_lost_the_rights_is_no_longer_written_to(world: World, deputy: User, now: datetime) -> None:
    waiting(now)
    world.editor.groups.clear()
    compose(now)
    assert addresses() == [deputy.email]


def test_contact_who_stands_in_is_told_to_pass_it_on(world: World, now: datetime) -> None:
    waiting(now)
    away(world.editor, now)
    compose(now)
    message = Message.objects.get()
    assert message.address == "luce@example.org"
    words = {"fr": "Toute l’équipe éditoriale est absente.", "en": "The whole editorial team is away."}
    assert words[world.lang] in message.body_text
    assert "/a-faire/" not in message.body_text
    assert "/to-do/" not in message.body_text


def test_editor_is_led_to_the_page(world: World, now: datetime) -> None:
    waiting(now)
    compose(now)
    message = Message.objects.get()
    assert {"fr": "/a-faire/", "en": "/en/"}[world.lang] in message.body_text
