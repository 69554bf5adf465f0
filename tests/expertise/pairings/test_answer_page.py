"""The answer page: three doors behind a mail's link, or signed in; the first answer stands; nothing leaks before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from expertise.needs.enums import NeedState
from expertise.pairings.enums import DeclineReason, PairingState as S
from expertise.pairings.models import Pairing
from maillage.core.models import ActionToken, AuditEntry
from tests.expertise.pairings.builders import pairing_in
from tests.expertise.pairings.pages import OFFERED, browser, link, member_of, signed_in, text_of
from tests.factories import NeedFactory, OrganizationFactory, PairingFactory, UserFactory

if TYPE_CHECKING:
    from expertise.needs.models import Need

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network_contact")]
SECRETS = ("819 555-0142", "Camille Roy")


def secrets_of(need: Need) -> tuple[str, ...]:
    assert need.author is not None
    assert need.organization is not None
    return (*SECRETS, "819-555-0142", need.author.email, need.author.name, f"{need.organization.name}<")


def test_page_shows_the_need_its_reasons_and_three_doors() -> None:
    pairing = PairingFactory(reasons=[{"code": "region", "weight": 0.1, "data": {"region": "08"}}])
    page = browser().get(link("answer", pairing))
    words = text_of(page)
    assert page.status_code == 200
    for said in (
        "un ancien bénévole qui avait les codes", "dans votre région", "Je peux aider", "Pas cette fois",
        "Je connais quelqu’un", "Rouyn-Noranda",
    ):  # fmt: skip
        assert said in words


def test_contact_data_are_not_shown_before_an_introduction() -> None:
    for state in (S.PROPOSED, S.OFFERED, S.DECLINED, S.NOT_CHOSEN, S.SUPERSEDED, S.LAPSED):
        pairing = pairing_in(state)
        words = text_of(browser().get(link("answer", pairing)))
        assert not [secret for secret in secrets_of(pairing.need) if secret in words]


def test_contact_data_are_shown_once_introduced() -> None:
    pairing = pairing_in(S.INTRODUCED)
    words = text_of(browser().get(link("answer", pairing)))
    assert "Camille Roy" in words
    assert "819-555-0142" in words


def test_looking_changes_nothing_and_asks_for_no_cookie() -> None:
    pairing = PairingFactory()
    url, before = link("answer", pairing), Pairing.objects.values().get()
    for method in ("get", "head"):
        for _ in range(3):
            answer = getattr(browser(), method)(url)
            assert answer.status_code == 200
            assert not answer.cookies
    assert Pairing.objects.values().get() == before
    assert not AuditEntry.objects.exists()
    assert not ActionToken.objects.filter(used_at__isnull=False).exists()


def test_offer_is_made_by_one_press_without_any_cookie() -> None:
    pairing = PairingFactory()
    page = browser().post(link("answer", pairing), OFFERED)
    pairing.refresh_from_db()
    assert page.status_code == 200
    assert (pairing.state, pairing.answered_name, pairing.answered_address) == (
        S.OFFERED, "Alex Côté", "alex@example.org",
    )  # fmt: skip
    assert "Merci" in text_of(page)


def test_second_press_keeps_the_first_answer_and_says_so() -> None:
    pairing = PairingFactory()
    url = link("answer", pairing)
    browser().post(url, OFFERED)
    page = browser().post(url, {**OFFERED, "word": "Autre chose"})
    pairing.refresh_from_db()
    assert page.status_code == 409
    assert pairing.word == "Disponibles dès jeudi."
    assert "Vous avez répondu oui" in text_of(page)
    assert Pairing.objects.count() == 1


@pytest.mark.parametrize(("is_shown", "expected"), [(False, "Une personne de votre équipe"), (True, "Alex Côté")])
def test_colleague_reads_the_answer_and_the_name_only_if_permitted(is_shown: bool, expected: str) -> None:
    pairing = PairingFactory()
    browser().post(link("answer", pairing), OFFERED | ({"is_shown": "on"} if is_shown else {}))
    words = text_of(browser().get(link("answer", pairing, address="dominique@example.org")))
    assert f"{expected} a répondu oui aujourd’hui à" in words
    assert ("Alex Côté" in words) == is_shown


def test_refusal_keeps_its_reason_and_offers_to_mend_the_profile() -> None:
    pairing = PairingFactory()
    page = browser().post(link("answer", pairing), {"action": "decline", "reason": DeclineReason.NOT_OUR_REGION})
    pairing.refresh_from_db()
    assert (pairing.state, pairing.decline_reason) == (S.DECLINED, DeclineReason.NOT_OUR_REGION)
    assert reverse("organizations:edit", args=[pairing.organization.slug]) in text_of(page)


def test_recommendation_of_an_organization_of_the_network_is_confirmed_once() -> None:
    pairing, friend = PairingFactory(), OrganizationFactory(name="Coop numérique du Témis")
    url = link("answer", pairing)
    typed = {"action": "refer", "someone": "numerique du temis", "name": "Alex"}
    page = browser().post(url, typed)
    assert page.status_code == 422
    assert "Coop numérique du Témis" in text_of(page)
    browser().post(url, {**typed, "organization": friend.pk})
    pairing.refresh_from_db()
    assert (pairing.state, pairing.referred_to) == (S.REFERRED, friend)
    assert Pairing.objects.get(organization=friend).referred_by == pairing


def test_recommendation_of_someone_else_is_kept_in_words() -> None:
    pairing = PairingFactory()
    browser().post(
        link("answer", pairing), {"action": "refer", "someone": "Ma voisine, 819 555-0199", "name": "Alex", "word": "!"}
    )
    pairing.refresh_from_db()
    assert (pairing.state, pairing.referred_to, pairing.referred_word) == (
        S.REFERRED, None, "Ma voisine, 819 555-0199\n!",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "offer_name"),
        ({"name": "Alex\nBcc: x@example.org"}, "offer_name"),
        ({"telephone": "123"}, "offer_telephone"),
        ({"telephone": ""}, "offer_telephone"),
        ({"help_kind": "gold"}, "offer_help_kind"),
        ({"help_kind": "market"}, "offer_amount"),
        ({"help_kind": "market", "amount": "beaucoup"}, "offer_amount"),
        ({"help_kind": "market", "amount": "-1"}, "offer_amount"),
        ({"help_kind": "market", "amount": "99999999999"}, "offer_amount"),
        ({"help_kind": "volunteer", "amount": "10"}, "offer_amount"),
        ({"available_on": "demain"}, "offer_available_on"),
        ({"available_on": "2001-01-01"}, "offer_available_on"),
        ({"word": "x" * 2001}, "offer_word"),
    ],
)
def test_bad_offer_is_refused_at_its_field_and_keeps_what_was_typed(change: dict[str, str], field: str) -> None:
    pairing = PairingFactory()
    page = browser().post(link("answer", pairing), {**OFFERED, **change})
    words = text_of(page)
    pairing.refresh_from_db()
    assert page.status_code == 422
    assert f'id="{field}_error"' in words
    assert ("Disponibles dès jeudi." in words) or "word" in change
    assert pairing.state == S.PROPOSED


def test_html_in_a_word_is_shown_as_written() -> None:
    pairing = PairingFactory()
    url = link("answer", pairing)
    browser().post(url, {**OFFERED, "word": "<script>alert(1)</script>"})
    assert "<script>alert" not in text_of(browser().get(url))


@pytest.mark.parametrize("typed", [{}, {"action": "explode"}, {"action": ["offer", "decline"]}])
def test_unknown_action_shows_the_page(typed: dict[str, object]) -> None:
    pairing = PairingFactory()
    assert browser().post(link("answer", pairing), typed).status_code in (200, 422)
    pairing.refresh_from_db()
    assert pairing.state == S.PROPOSED


def test_unknown_link_says_so() -> None:
    page = browser().get(reverse("pairings:answer", args=["x" * 43]))
    assert page.status_code == 404
    assert "Nous ne reconnaissons pas ce lien" in text_of(page)


def test_link_for_something_else_opens_nothing() -> None:
    url = link("choose", NeedFactory())
    token = url.rstrip("/").rsplit("/", 1)[1]
    assert browser().get(reverse("pairings:answer", args=[token])).status_code == 404


def test_expired_and_replaced_links_say_which() -> None:
    pairing = PairingFactory()
    old = link("answer", pairing, now=timezone.now() - timedelta(days=365))
    page = browser().post(old, OFFERED)
    assert page.status_code == 410
    assert "Ce lien a expiré" in text_of(page)
    replaced = link("answer", pairing, address="dominique@example.org")
    ActionToken.objects.update(revoked_at=timezone.now())
    page = browser().post(replaced, OFFERED)
    assert page.status_code == 410
    assert "Ce lien a été remplacé" in text_of(page)
    pairing.refresh_from_db()
    assert pairing.state == S.PROPOSED


def test_someone_else_who_is_signed_in_is_told_whose_link_it_is() -> None:
    pairing = PairingFactory()
    url = link("answer", pairing)
    stranger = UserFactory()
    page = signed_in(stranger).post(url, OFFERED)
    assert page.status_code == 403
    assert "envoyé à quelqu’un d’autre" in text_of(page)
    assert stranger.email in text_of(page)
    assert signed_in(member_of(pairing.organization)).get(url).status_code == 200
    pairing.refresh_from_db()
    assert pairing.state == S.PROPOSED


@pytest.mark.parametrize("state", [NeedState.FULFILLED, NeedState.WITHDRAWN])
def test_closed_need_thanks_without_a_form(state: str) -> None:
    pairing = pairing_in(S.SUPERSEDED, need=NeedFactory(state=state))
    words = text_of(browser().get(link("answer", pairing)))
    assert "n’attend plus votre réponse" in words
    assert 'name="help_kind"' not in words


def test_offer_that_comes_after_the_places_are_taken_is_told_why() -> None:
    need = NeedFactory(state=NeedState.UNDER_WAY)
    pairing_in(S.INTRODUCED, need=need)
    pairing = pairing_in(S.LAPSED, need=need)
    page = browser().post(link("answer", pairing), OFFERED)
    assert page.status_code == 409
    assert "Le groupe a trouvé entre-temps" in text_of(page)


def test_organization_at_its_limit_is_told_how_to_raise_it() -> None:
    organization = OrganizationFactory()
    for _ in range(2):
        pairing_in(S.UNDER_WAY, organization=organization)
    page = browser().post(link("answer", PairingFactory(organization=organization)), OFFERED)
    assert page.status_code == 409
    assert "disponibilités" in text_of(page)


def test_first_answer_shows_whom_to_call_at_once() -> None:
    pairing = PairingFactory(need__is_first_answer=True)
    words = text_of(browser().post(link("answer", pairing), OFFERED))
    assert "Camille Roy" in words
    assert "819-555-0142" in words


def test_page_is_written_in_english_too() -> None:
    pairing = PairingFactory()
    token = link("answer", pairing).rstrip("/").rsplit("/", 1)[1]
    page = browser().get(f"/en/pairings/answer/{token}/")
    assert page.status_code == 200
    assert "Can you help?" in text_of(page)


def test_member_answers_signed_in_with_their_own_name_filled_in() -> None:
    pairing = PairingFactory()
    user = member_of(pairing.organization)
    client = signed_in(user)
    url = reverse("pairings:answer_member", args=[pairing.pk])
    assert user.name in text_of(client.get(url))
    client.post(url, OFFERED)
    pairing.refresh_from_db()
    assert (pairing.state, pairing.answered_by) == (S.OFFERED, user)


def test_strangers_do_not_see_the_member_page() -> None:
    pairing = PairingFactory()
    url = reverse("pairings:answer_member", args=[pairing.pk])
    assert browser().get(url).status_code == 302
    assert signed_in(UserFactory()).get(url).status_code == 404
    group = member_of(pairing.need.organization)
    assert signed_in(group).post(url, OFFERED).status_code == 403
