"""Services of drafts: written again, completed, thrown away, forgotten."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser

from expertise.needs import services
from expertise.needs.enums import NeedState, When
from expertise.needs.models import Need
from expertise.needs.selectors import organizations_named, same_needs
from expertise.needs.services import DraftFacts, GroupFacts
from expertise.needs.services.drafts import when_of
from expertise.organizations.services import suspend_organization, verify_organization
from tests.factories import NeedFactory, OrganizationFactory, SeatFactory, SkillFactory, UserFactory

if TYPE_CHECKING:
    from datetime import datetime

pytestmark = pytest.mark.django_db
FACTS = DraftFacts(text="Notre imprimante ne veut plus rien savoir.", telephone="819 555-0142", region="08")


@pytest.mark.parametrize(
    ("days", "when"),
    [(0, When.TODAY), (1, When.TOMORROW), (2, When.WEEK), (7, When.WEEK), (8, When.MONTH), (40, When.NO_HURRY)],
)
def test_exact_date_says_how_urgent_it_is(days: int, when: When) -> None:
    today = date(2026, 11, 24)
    assert when_of(today + timedelta(days=days), today) == when


def test_draft_is_written_again_with_other_skills(now: datetime) -> None:
    kept, gone, new = SkillFactory.create_batch(3)
    author = UserFactory()
    save = {"form_key": "k", "actor": author, "now": now}
    need = services.save_draft(facts=FACTS, skills=[kept, gone], suggested=[kept], **save)
    again = services.save_draft(facts=FACTS, skills=[kept, new], suggested=[], **save)
    rows = again.need_skills.order_by("tag_id").values_list("tag_id", "is_suggested")
    assert (again.pk, list(rows)) == (need.pk, [(kept.pk, True), (new.pk, False)])


def test_drafts_without_key_are_two(now: datetime) -> None:
    for _ in range(2):
        services.save_draft(facts=FACTS, skills=[], suggested=[], form_key="", actor=AnonymousUser(), now=now)
    assert Need.objects.count() == 2


def test_completing_claims_the_draft(now: datetime) -> None:
    need = services.save_draft(
        facts=FACTS, skills=[], suggested=[], form_key="k", actor=AnonymousUser(), address="A@Example.org", now=now
    )
    assert need.draft_address == "a@example.org"
    group, person = OrganizationFactory(latitude=48.2, longitude=-79.0), UserFactory()
    facts = GroupFacts(
        organization=group,
        contact_name="Camille",
        telephone="819 555-0142",
        municipality=group.municipality,
        region="08",
    )
    services.complete_draft(need=need, facts=facts, actor=person, now=now)
    need.refresh_from_db()
    assert (need.author, need.draft_address, need.latitude) == (person, "", 48.2)


def test_published_need_is_neither_written_again_nor_thrown_away(now: datetime) -> None:
    need = NeedFactory(form_key="k")
    with pytest.raises(services.WrongStateError):
        services.save_draft(facts=FACTS, skills=[], suggested=[], form_key="k", actor=need.author, now=now)
    with pytest.raises(services.WrongStateError):
        services.discard_draft(need=need, actor=need.author, now=now)
    with pytest.raises(services.WrongStateError):
        services.set_exclusions(need=need, shown=[], asked=[], now=now)


def test_unticked_organizations_are_left_out_and_come_back_when_ticked(now: datetime) -> None:
    need = NeedFactory(draft=True)
    first, second = OrganizationFactory.create_batch(2)
    services.set_exclusions(need=need, shown=[first.pk, second.pk], asked=[first.pk], now=now)
    assert list(need.exclusions.values_list("organization_id", flat=True)) == [second.pk]
    services.set_exclusions(need=need, shown=[first.pk, second.pk], asked=[first.pk, second.pk], now=now)
    assert not need.exclusions.exists()


def test_old_drafts_are_forgotten_and_imported_ones_kept(now: datetime) -> None:
    old = now - timedelta(days=91)
    NeedFactory(draft=True, updated_at=old)
    NeedFactory(draft=True, updated_at=old, source="calls", source_id="1")
    NeedFactory(draft=True, updated_at=now)
    assert services.forget_old_drafts(now=now) == 1
    assert Need.objects.count() == 2


def test_group_that_is_verified_sees_its_needs_leave(now: datetime) -> None:
    seat = SeatFactory(organization=OrganizationFactory(unverified=True))
    need = NeedFactory(draft=True, organization=seat.organization, author=seat.user)
    services.publish_need(need=need, actor=seat.user, now=now)
    assert need.state == NeedState.HELD
    verify_organization(organization=seat.organization, actor=UserFactory(editor=True), now=now)
    need.refresh_from_db()
    assert need.state == NeedState.OPEN


def test_needs_of_a_suspended_group_are_withdrawn(now: datetime) -> None:
    need = NeedFactory()
    suspend_organization(organization=need.organization, actor=UserFactory(editor=True), now=now)
    need.refresh_from_db()
    assert need.state == NeedState.WITHDRAWN


@pytest.mark.parametrize(
    ("text", "is_same"),
    [
        ("Notre site ne marche plus et c'est un ancien bénévole qui avait les codes", True),
        ("NOTRE SITE ne marche plus! Un ancien benevole avait les codes.", True),
        ("Il nous faut une formation au courriel pour trois bénévoles.", False),
    ],
)
def test_colleague_sees_an_open_need_that_says_the_same(text: str, is_same: bool, now: datetime) -> None:
    open_one = NeedFactory(opened_at=now - timedelta(days=6))
    mine = NeedFactory(draft=True, organization=open_one.organization, text=text)
    assert same_needs(mine, now) == ([open_one] if is_same else [])


def test_older_or_others_needs_are_not_the_same(now: datetime) -> None:
    mine = NeedFactory(draft=True)
    NeedFactory(organization=mine.organization, opened_at=now - timedelta(days=8))
    NeedFactory()
    assert same_needs(mine, now) == []


def test_typed_name_finds_the_organization_that_it_means() -> None:
    wanted = OrganizationFactory(name="Maison des jeunes de Matane", slug="maison-des-jeunes-de-matane")
    OrganizationFactory(name="Coop du Témis", slug="coop-du-temis")
    actor = UserFactory()
    assert organizations_named("maison des jeunes de MATANE", actor) == [wanted]
    assert organizations_named("La Maison des jeunes (Matane)", actor) == [wanted]
    assert organizations_named("Garderie les Oursons", actor) == []
    assert organizations_named("!!!", actor) == []
