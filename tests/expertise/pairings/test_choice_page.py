"""The group chooses: side by side, by its mail's link or signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from expertise.needs.enums import NeedState
from expertise.pairings.enums import PairingState as S
from expertise.pairings.models import Pairing
from maillage.core.models import Network
from tests.expertise.pairings.builders import pairing_in, states_of
from tests.expertise.pairings.pages import browser, link, member_of, signed_in, text_of
from tests.factories import NeedFactory, OrganizationFactory, SkillFactory, UserFactory

if TYPE_CHECKING:
    from expertise.needs.models import Need

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network_contact")]


@pytest.fixture
def need() -> Need:
    return NeedFactory(state=NeedState.ANSWERED)


def offered(need: Need, **fields: object) -> Pairing:
    return pairing_in(
        S.OFFERED, need=need, answered_telephone="418 555-0188", answered_address="helper@example.org", **fields
    )


def test_offers_stand_side_by_side_without_contact_data(need: Need) -> None:
    offers = [offered(need, word=f"Mot {number}") for number in range(2)]
    words = text_of(browser().get(link("choose", need)))
    assert "2 offres à regarder" in words
    for offer in offers:
        assert offer.organization.name in words
        assert offer.word in words
    assert "418-555-0188" not in words
    assert "helper@example.org" not in words
    assert "Alex Côté" not in words


def test_choosing_shows_whom_to_call(need: Need) -> None:
    chosen, other = offered(need), offered(need)
    url = link("choose", need)
    answer = browser().post(url, {"pairing": chosen.pk, "action": "choose"})
    assert answer.status_code == 302
    assert states_of(need) == {S.INTRODUCED: 1, S.NOT_CHOSEN: 1}
    words = text_of(browser().get(url))
    assert "418-555-0188" in words
    assert "Alex Côté" in words
    assert other.organization.name not in words.split("Où en est-on?", maxsplit=1)[0]


def test_double_choice_and_stale_pages_change_nothing(need: Need) -> None:
    chosen, other = offered(need), offered(need)
    url = link("choose", need)
    for pairing in (chosen, chosen, other):
        assert browser().post(url, {"pairing": pairing.pk}).status_code == 302
    assert states_of(need) == {S.INTRODUCED: 1, S.NOT_CHOSEN: 1}


def test_offer_may_be_set_aside_and_the_search_goes_on(need: Need) -> None:
    offer = offered(need)
    browser().post(link("choose", need), {"pairing": offer.pk, "action": "set_aside"})
    need.refresh_from_db()
    assert (need.state, states_of(need)) == (NeedState.OPEN, {S.NOT_CHOSEN: 1})


def test_found_elsewhere_settles_the_need(need: Need) -> None:
    offered(need)
    browser().post(link("choose", need), {"action": "found_elsewhere"})
    need.refresh_from_db()
    assert (need.state, states_of(need)) == (NeedState.FULFILLED, {S.SUPERSEDED: 1})


@pytest.mark.parametrize("pairing", ["", "x", "-1", "9" * 30, "²"])
def test_bad_pairing_is_refused_kindly(need: Need, pairing: str) -> None:
    offered(need)
    client = browser()
    page = client.post(link("choose", need), {"pairing": pairing}, follow=True)
    assert page.status_code == 200
    assert "n’est plus là" in text_of(page)


def test_offer_of_another_need_cannot_be_chosen(need: Need) -> None:
    foreign = offered(NeedFactory(state=NeedState.ANSWERED))
    browser().post(link("choose", need), {"pairing": foreign.pk})
    foreign.refresh_from_db()
    assert foreign.state == S.OFFERED


def test_full_organization_is_named_as_such(need: Need) -> None:
    organization = OrganizationFactory()
    offer = offered(need, organization=organization)
    for _ in range(2):
        pairing_in(S.UNDER_WAY, organization=organization)
    page = browser().post(link("choose", need), {"pairing": offer.pk}, follow=True)
    assert "aide déjà autant de groupes" in text_of(page)


def test_looking_changes_nothing_and_asks_for_no_cookie(need: Need) -> None:
    offered(need)
    url, before = link("choose", need), list(Pairing.objects.values())
    for _ in range(3):
        assert not browser().get(url).cookies
    assert list(Pairing.objects.values()) == before


def test_group_chooses_signed_in_and_strangers_do_not(need: Need) -> None:
    offer = offered(need)
    url = reverse("pairings:offers", args=[need.pk])
    assert signed_in(UserFactory()).get(url).status_code == 404
    helper = member_of(offer.organization)
    assert signed_in(helper).get(url).status_code == 403
    assert need.organization is not None
    client = signed_in(member_of(need.organization))
    assert client.get(url).status_code == 200
    client.post(url, {"pairing": offer.pk})
    offer.refresh_from_db()
    assert offer.state == S.INTRODUCED


def test_someone_elses_link_is_refused_when_signed_in(need: Need) -> None:
    offer = offered(need)
    page = signed_in(UserFactory()).post(link("choose", need), {"pairing": offer.pk})
    assert page.status_code == 403
    offer.refresh_from_db()
    assert offer.state == S.OFFERED


def test_need_page_shows_its_offers_to_its_group_only(need: Need) -> None:
    offer = offered(need)
    assert need.organization is not None
    for person, is_shown in (
        (member_of(need.organization), True),
        (UserFactory(editor=True), True),
        (member_of(OrganizationFactory()), False),
        (member_of(offer.organization), False),
    ):
        words = text_of(signed_in(person).get(need.get_absolute_url()))
        assert ("Choisir cette offre" in words) == is_shown


def test_queries_do_not_grow_with_offers() -> None:
    Network.objects.current()  # known from the cache, or the first page would read it
    counts = []
    for number in (2, 20):
        need = NeedFactory(state=NeedState.ANSWERED, places=5)
        for _ in range(number):
            reasons = [{"code": "skill", "weight": 1, "data": {"skill_id": SkillFactory().pk}}]
            offered(need, reasons=reasons)
        url = link("choose", need)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser().get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1]
