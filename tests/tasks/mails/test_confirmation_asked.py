"""« La fiche est-elle encore exacte? »: to whom, in which words, and when it is too late to ask."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from expertise.organizations import services
from expertise.organizations.enums import SeatState
from expertise.organizations.models import Seat
from tasks.mails.confirmation_asked import confirmed
from tasks.models import Message
from tasks.registry import KINDS
from tests.factories import MOMENT, SeatFactory

if TYPE_CHECKING:
    from datetime import datetime

    from tests.tasks.mails.world import World

SUBJECTS = {"fr": "La fiche de {} est-elle encore exacte?", "en": "Is the entry of {} still right?"}


def asked(world: World, now: datetime) -> Message:
    KINDS["compose:confirmation_asked"].handler(organization_id=world.helper.pk, event="x", now=now)
    return Message.objects.get()


def test_owner_is_asked_in_their_language_and_led_to_the_entry(world: World, now: datetime) -> None:
    SeatFactory(organization=world.helper, member=True, user__lang=world.lang)
    message = asked(world, now)
    assert message.address == "alex@example.org"
    assert message.subject == SUBJECTS[world.lang].format(world.helper.name)
    assert world.helper.get_absolute_url() in message.body_text.replace("/en/organizations/", "/organismes/")
    assert {"fr": "novembre 2026", "en": "November 2026"}[world.lang] in message.body_text


def test_whoever_gets_the_requests_is_asked_when_there_is_no_owner(world: World, now: datetime) -> None:
    Seat.objects.filter(organization=world.helper).update(state=SeatState.ENDED)
    other = SeatFactory(organization=world.helper, member=True, user__lang=world.lang)
    message = asked(world, now)
    assert message.address == other.user.email
    words = {"fr": "parce que vous recevez les demandes pour", "en": "because you get the requests for"}
    assert words[world.lang] in message.body_text


def test_question_is_dropped_once_the_organization_has_confirmed(world: World, now: datetime) -> None:
    message = asked(world, now)
    assert confirmed(message, now) == ""
    later = max(message.created_at, MOMENT) + timedelta(minutes=1)
    services.confirm_organization(organization=world.helper, actor=world.helper_seat.user, now=later)
    assert confirmed(message, later) == "confirmed"


def test_organization_that_left_is_not_asked(world: World, now: datetime) -> None:
    message = asked(world, now)
    world.helper.state = "suspended"
    world.helper.save()
    assert confirmed(message, now) == "confirmed"
    told = KINDS["compose:confirmation_asked"].handler(organization_id=world.helper.pk, event="y", now=now)
    assert told == "organization_moved_on"
