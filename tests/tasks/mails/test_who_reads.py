"""Who gets a mail, in which language, and when it is not written at all."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from expertise.needs.enums import When
from expertise.organizations.enums import SeatState
from expertise.organizations.models import Seat
from expertise.pairings.enums import ContactTaskReason, PairingState
from expertise.pairings.models import ContactTask
from members.enums import Rhythm
from members.models import Preference
from tasks.mails import readers
from tasks.models import Message
from tasks.registry import KINDS
from tests.factories import SeatFactory, UserFactory
from tests.tasks.driving import Clock, mails
from tests.tasks.mails.world import make_world

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from expertise.pairings.models import Pairing
    from tests.tasks.mails.world import World


@pytest.fixture
def world(db: None) -> World:
    """A French network."""
    return make_world("fr")


def addresses(found: list[readers.Reader]) -> list[str]:
    return [reader.address for reader in found]


def end_seats(user_id: int) -> None:
    Seat.objects.filter(user_id=user_id).update(state=SeatState.ENDED)


class TestGroup:
    def test_author_reads_the_news_of_their_need(self, world: World) -> None:
        assert addresses(readers.of_group(world.need)) == ["camille@example.org"]

    def test_group_reads_it_once_the_author_has_left(self, world: World) -> None:
        SeatFactory.create(organization=world.group, user__email="suivante@example.org")
        end_seats(world.author.pk)
        assert addresses(readers.of_group(world.need)) == ["suivante@example.org"]

    def test_whoever_took_it_by_telephone_passes_it_on(self, world: World, now: datetime) -> None:
        world.need.author, world.need.entered_by = None, world.contact.user
        world.need.save()
        wave = world.wave(now)
        KINDS["compose:organizations_asked"].handler(wave_id=wave.pk, now=now)
        message = Message.objects.get()
        assert message.address == "luce@example.org"
        assert "transmettre la nouvelle à Camille Roy" in message.body_text
        assert "819\u00a0555-0142" in message.body_text

    def test_contact_reads_it_when_nobody_else_can(self, world: World) -> None:
        end_seats(world.author.pk)
        world.need.contact = world.contact
        assert addresses(readers.of_group(world.need)) == ["luce@example.org"]

    def test_contact_is_not_told_twice_of_an_offer_to_read_out(self, world: World, now: datetime) -> None:
        world.need.author, world.need.entered_by = None, world.contact.user
        world.need.save()
        task = ContactTask.objects.create(
            need=world.need, contact=world.contact, reason=ContactTaskReason.BY_TELEPHONE, created_at=now, moved_at=now
        )
        told = KINDS["compose:contact_call"].handler(task_id=task.pk, passes=0, now=now)
        assert told == "told_with_the_offer"


class TestHelper:
    def test_person_who_answered_by_link_is_introduced(self, world: World) -> None:
        pairing = world.pairing(trait="introduced", answered_address="INFO@example.org", organization=world.other)
        assert addresses(readers.of_helper(pairing)) == ["INFO@example.org"]

    def test_organization_is_introduced_when_that_person_has_left(self, world: World) -> None:
        SeatFactory.create(organization=world.helper, user__email="suivante@example.org")
        pairing = world.pairing(trait="introduced", answered_by=world.helper_seat.user)
        end_seats(world.helper_seat.user_id or 0)
        assert addresses(readers.of_helper(pairing)) == ["suivante@example.org"]


class TestEditors:
    def test_editors_who_are_away_are_left_in_peace(self, world: World, now: datetime) -> None:
        other = UserFactory.create(editor=True, email="autre@example.org")
        away(world.editor.email, now)
        assert addresses(readers.editors(now)) == [other.email]

    def test_contact_stands_in_when_all_are_away(self, world: World, now: datetime) -> None:
        away(world.editor.email, now)
        assert addresses(readers.editors(now)) == ["luce@example.org"]

    def test_week_is_told_once_and_only_when_something_waits(self, world: World, now: datetime) -> None:
        from tasks.mails import editors_digest

        compose = KINDS["compose:editors_digest"].handler
        window = editors_digest.window_of(now)
        assert compose(window=window, now=now) == "nothing_to_do"
        world.helper.state = "unverified"
        world.helper.save()
        for _ in range(2):
            assert compose(window=window, now=now) is None
        assert Message.objects.count() == 1
        assert compose(window=window, now=now + timedelta(days=7)) == "window_is_past"


def away(address: str, now: datetime) -> None:
    Preference.objects.create(address=address, paused_until=now + timedelta(days=9))


def test_language_is_the_one_that_the_address_prefers(world: World, now: datetime) -> None:
    Preference.objects.create(address="alex@example.org", lang="en")
    found = {reader.address: reader.lang for reader in readers.of_organization(world.helper)}
    assert found == {"alex@example.org": "en"}


def test_shared_address_is_greeted_without_a_name(world: World) -> None:
    assert [reader.name for reader in readers.of_organization(world.other)] == [""]


class TestProposals:
    def asked(self, world: World, now: datetime) -> Pairing:
        wave = world.wave(now)
        pairing: Pairing = wave.pairings.get(organization=world.helper)
        KINDS["compose:proposal"].handler(pairing_id=pairing.pk, wave_id=wave.pk, now=now)
        pairing.refresh_from_db()
        return pairing

    @pytest.mark.parametrize("facts", [{"rhythm": Rhythm.OWN_ONLY}, {"stopped_kinds": ["proposal"]}])
    def test_who_wants_none_is_not_asked_and_the_next_is(
        self, world: World, now: datetime, facts: dict[str, object]
    ) -> None:
        Preference.objects.create(address="alex@example.org", **facts)
        assert self.asked(world, now).state == PairingState.UNREACHABLE
        assert not Message.objects.exists()

    def test_digest_that_would_come_too_late_is_not_waited_for(self, world: World, now: datetime) -> None:
        Preference.objects.create(address="alex@example.org", rhythm=Rhythm.WEEKLY)
        world.need.when = When.TOMORROW
        world.need.save()
        assert self.asked(world, now).state == PairingState.UNREACHABLE

    def test_weekly_reader_is_asked_by_the_digest_and_the_clock_starts_then(
        self, world: World, now: datetime, tmp_path: Path, settings: SettingsWrapper
    ) -> None:
        from tasks import digests

        settings.MAIL_FOLDER = tmp_path
        Preference.objects.create(address="alex@example.org", rhythm=Rhythm.WEEKLY)
        pairing = self.asked(world, now)
        assert (pairing.state, pairing.told_at) == (PairingState.PROPOSED, None)
        clock = Clock(now)
        clock.drive()
        opens = digests.next_at(now)
        digests.open_window(window=opens.date().isoformat(), now=opens)
        clock.drive(until=opens + timedelta(minutes=1))
        digest = mails(tmp_path)[-1]
        assert digest.row.kind == "digest"
        assert "/jumelages/reponse/" in digest.text
        pairing.refresh_from_db()
        assert pairing.told_at is not None
        assert pairing.told_at >= opens
