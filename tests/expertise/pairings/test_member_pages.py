"""Signed-in pages: the inbox, volunteering, the calls, adding by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from expertise.needs.enums import NeedState
from expertise.pairings import services
from expertise.pairings.enums import ContactTaskReason as Reason, DeclineReason, Origin, PairingState as S
from expertise.pairings.models import ContactTask
from maillage.core.models import Network
from tests.expertise.pairings.builders import need_for, pairing_in, skilled, states_of
from tests.expertise.pairings.pages import OFFERED, browser, member_of, signed_in, text_of
from tests.factories import (
    NeedFactory,
    OrganizationFactory,
    PairingFactory,
    RegionalContactFactory,
    SeatFactory,
    SkillFactory,
    UserFactory,
)

if TYPE_CHECKING:
    from datetime import datetime

    from django.test import Client

    from expertise.organizations.models import Organization, RegionalContact

pytestmark = pytest.mark.django_db
INBOX, CALLS = "pairings:inbox", "pairings:calls"


@pytest.fixture
def contact() -> RegionalContact:
    return RegionalContactFactory(region="08")


@pytest.fixture(autouse=True)
def _network(network_contact: object) -> None:
    """Somebody is always there; and the network is known, which costs the first page a query."""
    Network.objects.current()


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


# The inbox


def fill(organization: Organization, count: int) -> None:
    for state in (S.PROPOSED, S.UNDER_WAY, S.DECLINED):
        for _ in range(count):
            reasons = [{"code": "skill", "weight": 1, "data": {"skill_id": SkillFactory().pk}}]
            pairing_in(state, organization=organization, reasons=reasons)


def test_inbox_shows_what_waits_what_is_in_hand_and_the_rest() -> None:
    organization = OrganizationFactory()
    waiting, in_hand = (
        pairing_in(S.PROPOSED, organization=organization),
        pairing_in(S.INTRODUCED, organization=organization),
    )
    pairing_in(S.OFFERED, organization=organization)
    PairingFactory()
    words = text_of(signed_in(member_of(organization)).get(reverse(INBOX)))
    assert reverse("pairings:answer_member", args=[waiting.pk]) in words
    assert in_hand.need.contact_name in words
    assert "Retirer l’offre" in words
    assert words.count("un ancien bénévole") >= 3


def test_inbox_without_organization_leads_somewhere() -> None:
    words = text_of(signed_in(UserFactory()).get(reverse(INBOX)))
    assert "Rien n’attend votre réponse" in words
    assert reverse("needs:list") in words


def test_queries_of_the_inbox_do_not_grow() -> None:
    counts = []
    for count in (2, 20):
        organization = OrganizationFactory()
        fill(organization, count)
        counts.append(queries_of(signed_in(member_of(organization)), reverse(INBOX)))
    assert counts[0] == counts[1]


def test_offer_is_withdrawn_from_the_inbox_by_its_organization_only() -> None:
    offer = pairing_in(S.OFFERED, need=NeedFactory(state=NeedState.ANSWERED))
    url = reverse("pairings:withdraw_offer", args=[offer.pk])
    assert signed_in(UserFactory()).post(url).status_code == 404
    assert signed_in(member_of(offer.need.organization)).post(url).status_code == 403
    client = signed_in(member_of(offer.organization))
    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 302
    offer.refresh_from_db()
    assert offer.state == S.WITHDRAWN


# Volunteering


def test_member_volunteers_for_a_need_they_may_see() -> None:
    need, organization = NeedFactory(), OrganizationFactory()
    client = signed_in(member_of(organization))
    url = reverse("pairings:volunteer", args=[need.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, OFFERED).status_code == 302
    assert need.pairings.get().origin == Origin.VOLUNTEERED
    page = client.post(url, OFFERED)
    assert page.status_code == 409
    assert "a déjà répondu" in text_of(page)
    assert need.pairings.count() == 1


def test_member_of_two_organizations_says_in_whose_name() -> None:
    need, user = NeedFactory(), UserFactory()
    first, second = (SeatFactory(user=user).organization for _ in range(2))
    client, url = signed_in(user), reverse("pairings:volunteer", args=[need.pk])
    assert client.post(url, OFFERED).status_code == 422
    assert client.post(url, {**OFFERED, "organization": OrganizationFactory().pk}).status_code == 422
    client.post(url, {**OFFERED, "organization": second.pk})
    assert need.pairings.get().organization == second
    assert first != second


def test_who_may_not_help_may_not_volunteer() -> None:
    need = NeedFactory()
    url = reverse("pairings:volunteer", args=[need.pk])
    assert browser().get(url).status_code == 302
    assert need.organization is not None
    assert signed_in(member_of(need.organization)).get(url).status_code == 403
    assert signed_in(member_of(OrganizationFactory(unverified=True))).get(url).status_code in (403, 404)
    hidden = NeedFactory(audience="asked")
    assert (
        signed_in(member_of(OrganizationFactory())).get(reverse("pairings:volunteer", args=[hidden.pk])).status_code
        == 404
    )


# Calls


def test_contact_reads_who_was_asked_and_what_each_said(contact: RegionalContact, now: datetime) -> None:
    need = NeedFactory()
    pairing_in(S.DECLINED, need=need, decline_reason=DeclineReason.NO_ROOM)
    pairing_in(S.REFERRED, need=need, referred_word="Ma voisine")
    services.name_contact(need_id=need.pk, reason=Reason.NOBODY_LEFT, now=now)
    words = text_of(signed_in(contact.user).get(reverse(CALLS)))
    for said in ("Plus personne à consulter", "819-555-0142", "Nous sommes débordés", "Ma voisine", "Camille Roy"):
        assert said in words


def test_calls_are_for_contacts_and_editors(contact: RegionalContact, now: datetime) -> None:
    services.name_contact(need_id=NeedFactory().pk, reason=Reason.TOO_LONG, now=now)
    elsewhere = RegionalContactFactory(region="01").user
    for person, status in ((UserFactory(), 403), (UserFactory(editor=True), 200), (contact.user, 200)):
        assert signed_in(person).get(reverse(CALLS)).status_code == status
    assert "Camille Roy" not in text_of(signed_in(elsewhere).get(reverse(CALLS)))


def test_call_is_finished_with_a_word(contact: RegionalContact, now: datetime) -> None:
    task = services.name_contact(need_id=NeedFactory().pk, reason=Reason.TOO_LONG, now=now)
    assert task is not None
    client, url = signed_in(contact.user), reverse("pairings:call_done", args=[task.pk])
    assert signed_in(UserFactory()).post(url).status_code == 404
    page = client.post(url, {f"{task.pk}-note": "x" * 2001})
    assert page.status_code == 422
    assert f'id="id_{task.pk}-note_error"' in text_of(page)
    client.post(url, {f"{task.pk}-note": "Rappelée mardi."})
    task.refresh_from_db()
    assert (task.state, task.note) == ("done", "Rappelée mardi.")


def test_call_is_passed_on_by_hand(contact: RegionalContact, now: datetime) -> None:
    deputy = RegionalContactFactory(region="08", position=2)
    task = services.name_contact(need_id=NeedFactory().pk, reason=Reason.TOO_LONG, now=now)
    assert task is not None
    page = signed_in(contact.user).post(reverse("pairings:pass_on", args=[task.pk]), follow=True)
    task.refresh_from_db()
    assert task.contact == deputy
    assert f"{deputy.name} prend le relais" in text_of(page)


def test_queries_of_the_calls_do_not_grow(contact: RegionalContact, now: datetime) -> None:
    counts = []
    for count in (2, 20):
        ContactTask.objects.all().delete()
        for _ in range(count):
            need = NeedFactory()
            pairing_in(S.REFERRED, need=need, referred_to=OrganizationFactory())
            services.name_contact(need_id=need.pk, reason=Reason.NOBODY_LEFT, now=now)
        counts.append(queries_of(signed_in(contact.user), reverse(CALLS)))
    assert counts[0] == counts[1]


def test_contact_vouches_from_the_calls(contact: RegionalContact, now: datetime) -> None:
    need = NeedFactory(held=True)
    services.name_contact(need_id=need.pk, reason=Reason.HELD, now=now)
    client = signed_in(contact.user)
    url = reverse("pairings:vouch", args=[need.pk])
    assert url in text_of(client.get(reverse(CALLS)))
    answer = client.post(url, {"next": reverse(CALLS)})
    assert answer["Location"] == reverse(CALLS)
    need.refresh_from_db()
    assert (need.state, need.vouched_by) == (NeedState.OPEN, contact.user)


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example", "javascript:alert(1)"])
def test_vouching_never_leads_elsewhere(contact: RegionalContact, wanted: str) -> None:
    need = NeedFactory(held=True)
    answer = signed_in(contact.user).post(reverse("pairings:vouch", args=[need.pk]), {"next": wanted})
    assert answer["Location"] == reverse("needs:list")


def test_verified_neighbour_vouches_and_a_stranger_does_not() -> None:
    need = NeedFactory(held=True)
    url = reverse("pairings:vouch", args=[need.pk])
    assert signed_in(member_of(OrganizationFactory(region="01"))).post(url).status_code in (403, 404)
    client = signed_in(member_of(OrganizationFactory(region="08")))
    words = text_of(client.get(url))
    assert need.organization is not None
    assert need.organization.name in words
    assert "Camille Roy" not in words
    assert client.post(url).status_code == 302
    need.refresh_from_db()
    assert need.state == NeedState.OPEN
    assert client.post(url)["Location"] == need.get_absolute_url()


# Adding by hand


def test_contact_adds_an_organization_that_fits(contact: RegionalContact) -> None:
    skill = SkillFactory(name="hébergement web")
    (organization,) = skilled(1, skill, region="09")
    need = need_for(skill)
    client, url = signed_in(contact.user), reverse("pairings:add", args=[need.pk])
    words = text_of(client.get(url))
    assert organization.name in words
    assert "hébergement web" in words
    client.post(url, {"organization": organization.pk, "note": "On s’est parlé."})
    pairing = need.pairings.get()
    assert (pairing.origin, pairing.added_by, pairing.note) == (Origin.BY_HAND, contact.user, "On s’est parlé.")
    assert client.post(url, {"organization": organization.pk}).status_code == 302
    assert states_of(need) == {S.PROPOSED: 1}


def test_contact_finds_an_organization_by_its_name(contact: RegionalContact) -> None:
    OrganizationFactory(name="Les Ateliers branchés")
    url = reverse("pairings:add", args=[NeedFactory().pk])
    assert "Les Ateliers branchés" in text_of(signed_in(contact.user).get(url, {"q": "ATELIERS BRANCHES"}))


@pytest.mark.parametrize("organization", ["", "x", "99999", "9" * 40])
def test_unknown_organization_is_refused(contact: RegionalContact, organization: str) -> None:
    url = reverse("pairings:add", args=[NeedFactory().pk])
    assert signed_in(contact.user).post(url, {"organization": organization}).status_code == 422


def test_only_contacts_and_editors_add_by_hand() -> None:
    need = NeedFactory()
    url = reverse("pairings:add", args=[need.pk])
    assert need.organization is not None
    assert signed_in(member_of(need.organization)).get(url).status_code == 403
    assert signed_in(member_of(OrganizationFactory())).get(url).status_code == 403
    assert signed_in(UserFactory(editor=True)).get(url).status_code == 200
