"""Places in organizations: who gets in, who goes, and that somebody always decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from expertise.organizations.enums import OrganizationState, SeatRole, SeatState
from expertise.organizations.models import Seat
from expertise.organizations.selectors import recipients_of
from expertise.organizations.services import (
    AlreadySeatedError,
    LastOwnerError,
    WrongStateError,
    accept_invitation,
    accept_seat,
    ask_seat,
    change_seat,
    end_seat,
    invite_seat,
    refuse_seat,
)
from maillage.core import audit
from tests.factories import OrganizationFactory, SeatFactory, UserFactory

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable
    from datetime import datetime

pytestmark = pytest.mark.django_db


def test_owner_accepts_who_asked(now: datetime, heard: Counter[str]) -> None:
    owner = SeatFactory()
    person = UserFactory()
    seat = ask_seat(organization=owner.organization, actor=person, now=now)
    assert seat.state == SeatState.ASKED
    assert not Seat.objects.of(person).exists()
    accept_seat(seat=seat, actor=owner.user, now=now)
    seat.refresh_from_db()
    assert (seat.state, seat.role, seat.began_at, seat.receives_requests) == (
        SeatState.ACTIVE,
        SeatRole.MEMBER,
        now,
        False,
    )
    assert heard == {"seat_asked": 1, "seat_began": 1}
    assert [entry.verb for entry in audit.history(seat)] == ["seat.asked", "seat.began"]


def test_asking_twice_is_refused_and_after_leaving_allowed(now: datetime) -> None:
    owner, person = SeatFactory(), UserFactory()
    seat = ask_seat(organization=owner.organization, actor=person, now=now)
    with pytest.raises(AlreadySeatedError):
        ask_seat(organization=owner.organization, actor=person, now=now)
    refuse_seat(seat=seat, actor=owner.user, now=now)
    again = ask_seat(organization=owner.organization, actor=person, now=now)
    assert again.pk != seat.pk


@pytest.mark.parametrize("state", [OrganizationState.SUSPENDED, OrganizationState.REMOVED])
def test_nobody_joins_what_left_the_network(state: SeatState, now: datetime) -> None:
    with pytest.raises(WrongStateError):
        ask_seat(organization=OrganizationFactory(state=state), actor=UserFactory(), now=now)


def test_first_person_accepted_in_an_unclaimed_organization_owns_it(now: datetime, heard: Counter[str]) -> None:
    organization = OrganizationFactory(unclaimed=True)
    seat = ask_seat(organization=organization, actor=UserFactory(), now=now)
    accept_seat(seat=seat, actor=UserFactory(editor=True), now=now)
    seat.refresh_from_db()
    organization.refresh_from_db()
    assert (seat.role, seat.receives_requests) == (SeatRole.OWNER, True)
    assert organization.state == OrganizationState.UNVERIFIED
    assert heard["organization_claimed"] == 1


def test_invitation_is_accepted_by_the_person_of_its_address(now: datetime, heard: Counter[str]) -> None:
    owner = SeatFactory()
    seat = invite_seat(
        organization=owner.organization,
        address="Nouvelle@Example.org",
        actor=owner.user,
        now=now,
        role=SeatRole.OWNER,
        receives_requests=True,
    )
    assert (seat.invited_address, seat.user) == ("nouvelle@example.org", None)
    person = UserFactory(email="nouvelle@example.org")
    accept_invitation(seat=seat, user=person, now=now)
    seat.refresh_from_db()
    assert (seat.user, seat.state, seat.role) == (person, SeatState.ACTIVE, SeatRole.OWNER)
    assert heard == {"seat_invited": 1, "seat_began": 1}


def test_second_invitation_is_the_first_one(now: datetime, heard: Counter[str]) -> None:
    owner = SeatFactory()
    seats = {
        invite_seat(organization=owner.organization, address="a@example.org", actor=owner.user, now=now).pk
        for _ in range(2)
    }
    assert len(seats) == 1
    assert heard == {"seat_invited": 1}


def test_inviting_who_asked_lets_them_in(now: datetime) -> None:
    owner, person = SeatFactory(), UserFactory()
    asked = ask_seat(organization=owner.organization, actor=person, now=now)
    seat = invite_seat(organization=owner.organization, address=person.email, actor=owner.user, now=now)
    assert (seat.pk, seat.state) == (asked.pk, SeatState.ACTIVE)


def test_asking_when_invited_lets_in_at_once(now: datetime) -> None:
    owner, person = SeatFactory(), UserFactory()
    invited = invite_seat(organization=owner.organization, address=person.email, actor=owner.user, now=now)
    seat = ask_seat(organization=owner.organization, actor=person, now=now)
    assert (seat.pk, seat.state) == (invited.pk, SeatState.ACTIVE)


def test_inviting_a_colleague_who_is_in_is_refused(now: datetime) -> None:
    owner = SeatFactory()
    colleague = SeatFactory(organization=owner.organization, member=True)
    with pytest.raises(AlreadySeatedError):
        invite_seat(organization=owner.organization, address=colleague.user.email, actor=owner.user, now=now)


def test_invitation_taken_back_opens_nothing(now: datetime) -> None:
    owner = SeatFactory()
    seat = invite_seat(organization=owner.organization, address="a@example.org", actor=owner.user, now=now)
    refuse_seat(seat=seat, actor=owner.user, now=now)
    with pytest.raises(WrongStateError):
        accept_invitation(seat=seat, user=UserFactory(email="a@example.org"), now=now)


def test_last_owner_names_another_before_leaving(now: datetime, heard: Counter[str]) -> None:
    owner = SeatFactory()
    colleague = SeatFactory(organization=owner.organization, member=True)
    with pytest.raises(LastOwnerError):
        end_seat(seat=owner, actor=owner.user, now=now)
    with pytest.raises(LastOwnerError):
        change_seat(seat=owner, role=SeatRole.MEMBER, receives_requests=True, actor=owner.user, now=now)
    change_seat(seat=colleague, role=SeatRole.OWNER, receives_requests=False, actor=owner.user, now=now)
    end_seat(seat=owner, actor=owner.user, now=now)
    owner.refresh_from_db()
    assert (owner.state, owner.ended_at, owner.receives_requests) == (SeatState.ENDED, now, False)
    assert heard == {"seat_changed": 1, "seat_ended": 1}


def test_requests_pass_to_the_owners_when_their_receiver_leaves(now: datetime) -> None:
    owner = SeatFactory(receives_requests=False)
    receiver = SeatFactory(organization=owner.organization, member=True)
    assert [one.user for one in recipients_of(owner.organization)] == [receiver.user]
    end_seat(seat=receiver, actor=owner.user, now=now)
    assert [one.user for one in recipients_of(owner.organization)] == [owner.user]


def test_erasure_ends_even_the_last_owner(now: datetime) -> None:
    owner = SeatFactory()
    end_seat(seat=owner, actor=None, now=now, is_forced=True)
    assert not owner.organization.seats.active().exists()


LEGAL = {
    accept_seat: {SeatState.ASKED},
    refuse_seat: {SeatState.ASKED, SeatState.INVITED},
    end_seat: {SeatState.ACTIVE},
}


@pytest.mark.parametrize("state", list(SeatState))
@pytest.mark.parametrize("service", list(LEGAL), ids=lambda service: service.__name__)
def test_transition_of_every_state(
    service: Callable[..., object], state: SeatState, now: datetime, heard: Counter[str]
) -> None:
    owner = SeatFactory()
    address = "invite@example.org" if state == SeatState.INVITED else ""
    user = None if address else UserFactory()
    seat = SeatFactory(organization=owner.organization, user=user, invited_address=address, state=state, member=True)
    if state in LEGAL[service]:
        service(seat=seat, actor=owner.user, now=now)
        assert sum(heard.values()) == 1
        return
    with pytest.raises(WrongStateError):
        service(seat=seat, actor=owner.user, now=now)
    seat.refresh_from_db()
    assert seat.state == state
    assert not heard
