"""Who sees which need: every part, every audience, every state that matters (DESIGN, « Who sees it »)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser

from expertise.needs.enums import Audience, NeedState as S, Part
from expertise.needs.models import Need
from expertise.needs.permissions import part_of
from expertise.organizations.enums import SeatState
from maillage.core.permissions import can
from tests.factories import (
    MOMENT,
    NeedFactory,
    OrganizationFactory,
    PairingFactory,
    RegionalContactFactory,
    SeatFactory,
    UserFactory,
)

if TYPE_CHECKING:
    from maillage.core.permissions import Actor

PEOPLE = (
    "anonymous", "stranger", "author", "colleague", "asked_seat", "asked", "member", "member_unverified",
    "contact", "contact_elsewhere", "network_contact", "editor", "administrator",
)  # fmt: skip
INSIDE = {"author", "colleague", "contact", "network_contact", "editor", "administrator"}


def person(name: str, need: Need) -> Actor:
    """Someone with one part in the need."""
    if name == "anonymous":
        return AnonymousUser()
    if name == "author":
        return need.author
    if name in {"editor", "administrator"}:
        return UserFactory(**({"editor": True} if name == "editor" else {"administrator": True}))
    if name in {"contact", "contact_elsewhere", "network_contact"}:
        region = {"contact": need.region, "contact_elsewhere": "11", "network_contact": None}[name]
        return RegionalContactFactory(region=region).user
    if name == "stranger":
        return UserFactory()
    return _seated(name, need)


def _seated(name: str, need: Need) -> Actor:
    organization = need.organization if name in {"colleague", "asked_seat"} else OrganizationFactory()
    if name == "member_unverified":
        organization = OrganizationFactory(unverified=True)
    if name == "asked":
        PairingFactory(need=need, organization=organization)
    state = SeatState.ASKED if name == "asked_seat" else SeatState.ACTIVE
    return SeatFactory(organization=organization, state=state).user


def make(state: S, audience: Audience) -> Need:
    """A need of that state, written by a member of a verified group."""
    seat = SeatFactory()
    facts = {"opened_at": None if state in {S.DRAFT, S.HELD} else MOMENT}
    if state == S.UNANSWERED:
        facts["contact"] = RegionalContactFactory(region="11")
    need: Need = NeedFactory(organization=seat.organization, author=seat.user, state=state, audience=audience, **facts)
    return need


OPEN_READERS = {
    Audience.EVERYONE: set(PEOPLE),
    Audience.MEMBERS: INSIDE | {"asked", "member"},
    Audience.ASKED: INSIDE | {"asked"},
}
CASES = [
    *((S.OPEN, audience, readers) for audience, readers in OPEN_READERS.items()),
    *((S.FULFILLED, audience, readers) for audience, readers in OPEN_READERS.items()),
    (S.HELD, Audience.EVERYONE, INSIDE),
    (S.DRAFT, Audience.EVERYONE, {"author", "editor", "administrator"}),
    (S.WITHDRAWN, Audience.EVERYONE, INSIDE | {"asked"}),
]


@pytest.mark.parametrize("name", PEOPLE)
@pytest.mark.parametrize(("state", "audience", "readers"), CASES)
def test_need_is_seen_by_its_readers_only(name: str, state: S, audience: Audience, readers: set[str]) -> None:
    need = make(state, audience)
    actor = person(name, need)
    assert Need.objects.visible_to(actor).filter(pk=need.pk).exists() is (name in readers)


def test_needs_are_seen_once_each() -> None:
    need = make(S.OPEN, Audience.MEMBERS)
    seat = SeatFactory()
    for _ in range(2):
        organization = SeatFactory(user=seat.user).organization
        PairingFactory(need=need, organization=organization)
    assert Need.objects.visible_to(seat.user).count() == 1


PARTS = {
    "anonymous": Part.PUBLIC,
    "stranger": Part.MEMBER,
    "author": Part.GROUP,
    "colleague": Part.GROUP,
    "asked": Part.ASKED,
    "member": Part.MEMBER,
    "contact": Part.CONTACT,
    "contact_elsewhere": Part.MEMBER,
    "network_contact": Part.CONTACT,
    "editor": Part.CONTACT,
}


@pytest.mark.parametrize(("name", "part"), PARTS.items())
def test_part_of_a_reader(name: str, part: Part) -> None:
    need = make(S.OPEN, Audience.EVERYONE)
    assert part_of(person(name, need), need) == part


@pytest.mark.parametrize("name", PEOPLE)
def test_only_the_inside_decides(name: str) -> None:
    need = make(S.OPEN, Audience.EVERYONE)
    actor = person(name, need)
    for verb in ("withdraw", "reopen", "settle", "follow"):
        assert can(actor, verb, need) is (name in INSIDE)


@pytest.mark.parametrize("name", PEOPLE)
def test_members_of_verified_organizations_may_help(name: str) -> None:
    need = make(S.OPEN, Audience.EVERYONE)
    assert can(person(name, need), "help", need) is (name in {"asked", "member"})


def test_nobody_helps_a_need_that_has_ended() -> None:
    need = make(S.FULFILLED, Audience.EVERYONE)
    assert not can(person("member", need), "help", need)


@pytest.mark.parametrize("name", PEOPLE)
def test_who_may_vouch(name: str) -> None:
    need = make(S.HELD, Audience.MEMBERS)
    vouchers = {"asked", "member", "contact", "network_contact", "editor", "administrator"}
    assert can(person(name, need), "vouch", need) is (name in vouchers)


@pytest.mark.parametrize("name", PEOPLE)
def test_contacts_and_editors_take_calls(name: str) -> None:
    need = make(S.OPEN, Audience.MEMBERS)
    takers = {"contact", "contact_elsewhere", "network_contact", "editor", "administrator"}
    assert can(person(name, need), "telephone", Need) is (name in takers)


def test_draft_waits_for_the_address_that_it_was_tied_to() -> None:
    draft = NeedFactory(draft=True, author=None, organization=None, draft_address="camille@example.org")
    camille = UserFactory(email="camille@example.org")
    assert can(camille, "edit", draft)
    assert list(Need.objects.visible_to(camille)) == [draft]
    assert list(Need.objects.of(camille)) == [draft]
    assert not can(UserFactory(), "edit", draft)


def test_claimed_draft_is_its_authors_whatever_the_address() -> None:
    draft = NeedFactory(draft=True, draft_address="camille@example.org")
    assert not can(UserFactory(email="camille@example.org"), "edit", draft)
