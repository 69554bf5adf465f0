"""Publishing: what a draft must hold, the limit of open needs, and who must be vouched for first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from expertise.needs import services
from expertise.needs.enums import NeedState as S
from expertise.needs.models import Need
from expertise.organizations.enums import OrganizationState, SeatState
from tests.factories import MOMENT, NeedFactory, OrganizationFactory, SeatFactory, UserFactory

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.organizations.models import Organization
    from members.models import User

pytestmark = pytest.mark.django_db


def draft_of(organization: Organization, author: User | None, **facts: object) -> Need:
    need: Need = NeedFactory(draft=True, organization=organization, author=author, **facts)
    return need


@pytest.mark.parametrize("field", ["text", "contact_name", "telephone", "organization"])
def test_draft_without_a_required_fact_is_not_published(field: str, now: datetime) -> None:
    seat = SeatFactory()
    missing = {field: None if field == "organization" else ""}
    need = NeedFactory(draft=True, author=seat.user, **({"organization": seat.organization} | missing))
    with pytest.raises(services.IncompleteNeedError) as refused:
        services.publish_need(need=need, actor=seat.user, now=now)
    assert refused.value.fields == (field,)


@pytest.mark.parametrize("state", [OrganizationState.SUSPENDED, OrganizationState.REMOVED, OrganizationState.UNCLAIMED])
def test_group_that_may_not_ask_publishes_nothing(state: OrganizationState, now: datetime) -> None:
    seat = SeatFactory(organization__state=state)
    with pytest.raises(services.OrganizationCannotAskError):
        services.publish_need(need=draft_of(seat.organization, seat.user), actor=seat.user, now=now)


def test_fourth_open_need_is_refused(now: datetime) -> None:
    seat = SeatFactory()
    for state in (S.OPEN, S.ANSWERED, S.UNDER_WAY):
        NeedFactory(organization=seat.organization, state=state)
    with pytest.raises(services.TooManyOpenNeedsError) as refused:
        services.publish_need(need=draft_of(seat.organization, seat.user), actor=seat.user, now=now)
    assert refused.value.limit == 3


def test_ended_needs_and_strangers_held_needs_do_not_count(now: datetime) -> None:
    seat = SeatFactory()
    NeedFactory.create_batch(3, organization=seat.organization, state=S.FULFILLED)
    NeedFactory.create_batch(3, organization=seat.organization, held=True, author=UserFactory())
    services.publish_need(need=draft_of(seat.organization, seat.user), actor=seat.user, now=now)
    assert Need.objects.filter(organization=seat.organization, state=S.OPEN).count() == 1


def test_reopening_respects_the_limit(now: datetime) -> None:
    seat = SeatFactory()
    NeedFactory.create_batch(3, organization=seat.organization)
    ended = NeedFactory(organization=seat.organization, state=S.WITHDRAWN, ended_at=MOMENT)
    with pytest.raises(services.TooManyOpenNeedsError):
        services.reopen_need(need=ended, actor=seat.user, now=now)


def test_first_need_of_an_unverified_group_is_held_then_all_flow(now: datetime) -> None:
    seat = SeatFactory(organization=OrganizationFactory(unverified=True))
    first, second = (draft_of(seat.organization, seat.user) for _ in range(2))
    for need in (first, second):
        services.publish_need(need=need, actor=seat.user, now=now)
        assert (need.state, need.opened_at) == (S.HELD, None)
    voucher = UserFactory()
    services.release_need(need=first, actor=voucher, now=now)
    stored = Need.objects.filter(organization=seat.organization)
    assert set(stored.values_list("state", "vouched_by", "opened_at")) == {(S.OPEN, voucher.pk, now)}
    third = draft_of(seat.organization, seat.user)
    assert services.publish_need(need=third, actor=seat.user, now=now).state == S.OPEN


def test_author_without_an_accepted_seat_is_held_until_it_is_accepted(now: datetime) -> None:
    group = OrganizationFactory()
    seat = SeatFactory(organization=group, state=SeatState.ASKED, began_at=None)
    need = draft_of(group, seat.user)
    assert services.publish_need(need=need, actor=seat.user, now=now).state == S.HELD
    services.release_needs_of(organization=group, actor=None, now=now)
    need.refresh_from_db()
    assert need.state == S.HELD
    seat.state, seat.began_at = SeatState.ACTIVE, now
    seat.save()
    services.release_needs_of(organization=group, actor=None, now=now)
    need.refresh_from_db()
    assert (need.state, need.vouched_by) == (S.OPEN, None)


def test_held_needs_of_an_unverified_group_wait_for_a_word(now: datetime) -> None:
    seat = SeatFactory(organization=OrganizationFactory(unverified=True))
    services.publish_need(need=draft_of(seat.organization, seat.user), actor=seat.user, now=now)
    assert services.release_needs_of(organization=seat.organization, actor=None, now=now) == []


def test_need_taken_by_telephone_is_open_at_once(now: datetime) -> None:
    contact = UserFactory()
    need = draft_of(OrganizationFactory(unverified=True), None, entered_by=contact)
    services.publish_need(need=need, actor=contact, now=now)
    assert (need.state, need.author) == (S.OPEN, None)


def test_draft_becomes_the_publishers_and_forgets_its_address(now: datetime) -> None:
    seat = SeatFactory()
    need = draft_of(seat.organization, None, draft_address=seat.user.email)
    services.publish_need(need=need, actor=seat.user, now=now)
    assert (need.author, need.draft_address) == (seat.user, "")


def test_withdrawn_need_that_was_never_opened_is_held_again(now: datetime) -> None:
    seat = SeatFactory(organization=OrganizationFactory(unverified=True))
    need = draft_of(seat.organization, seat.user)
    services.publish_need(need=need, actor=seat.user, now=now)
    services.withdraw_need(need=need, actor=seat.user, now=now)
    services.reopen_need(need=need, actor=seat.user, now=now)
    assert (need.state, need.ended_at, need.opened_at) == (S.HELD, None, None)
