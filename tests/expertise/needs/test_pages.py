"""The pages from the draft to the published need, and what each reader finds on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client as Browser
from django.urls import reverse

from expertise.needs.enums import Audience, NeedState as S
from expertise.needs.models import Need
from expertise.organizations.enums import SeatState
from expertise.organizations.models import Organization, Seat
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
    from django.test import Client

    from members.models import User

pytestmark = pytest.mark.django_db

GROUP = {
    "name": "Maison des jeunes de Matane",
    "municipality": "Matane",
    "region": "01",
    "contact_name": "Camille Roy",
    "telephone": "418 555-0142",
}


def signed_in(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def draft_of(user: User, **facts: object) -> Need:
    need: Need = NeedFactory(draft=True, **({"author": user, "organization": None} | facts))
    return need


def test_group_page_asks_who_is_not_signed_in_to_sign_in(client: Client) -> None:
    draft = draft_of(UserFactory())
    url = reverse("needs:group", args=[draft.pk])
    assert client.get(url)["Location"].startswith(reverse("members:sign_in"))


def test_new_group_is_made_once_and_becomes_the_authors() -> None:
    user = UserFactory()
    draft = draft_of(user)
    browser, url = signed_in(user), reverse("needs:group", args=[draft.pk])
    for _ in range(2):
        answer = browser.post(url, GROUP)
        assert answer["Location"] == reverse("needs:review", args=[draft.pk])
    draft.refresh_from_db()
    made = Organization.objects.get(name=GROUP["name"])
    assert (draft.organization, draft.municipality, draft.region) == (made, "Matane", "01")
    assert Seat.objects.get(organization=made).user == user


def test_name_of_a_known_group_asks_which_one_then_asks_for_a_seat() -> None:
    known = OrganizationFactory(name="Maison des jeunes de Matane", slug="maison-des-jeunes-de-matane")
    user = UserFactory()
    draft = draft_of(user)
    browser, url = signed_in(user), reverse("needs:group", args=[draft.pk])
    page = browser.post(url, GROUP)
    assert "existing" in page.context["form"].errors
    assert known.name in page.content.decode()
    browser.post(url, GROUP | {"existing": str(known.pk)})
    draft.refresh_from_db()
    assert draft.organization == known
    assert Seat.objects.get(user=user).state == SeatState.ASKED
    page = browser.get(reverse("needs:review", args=[draft.pk]))
    assert "aura confirmé que vous en faites partie" in page.content.decode()


def test_group_of_the_same_name_can_be_made_when_it_is_another() -> None:
    OrganizationFactory(name="Maison des jeunes de Matane", slug="maison-des-jeunes-de-matane")
    user = UserFactory()
    draft = draft_of(user)
    signed_in(user).post(reverse("needs:group", args=[draft.pk]), GROUP | {"existing": "none"})
    assert Organization.objects.filter(name=GROUP["name"]).count() == 2


def test_member_chooses_one_of_their_groups() -> None:
    seat = SeatFactory()
    SeatFactory(user=seat.user)
    draft = draft_of(seat.user)
    browser, url = signed_in(seat.user), reverse("needs:group", args=[draft.pk])
    assert browser.get(url).status_code == 200
    data = GROUP | {"name": "", "organization": str(seat.organization_id)}
    browser.post(url, data)
    draft.refresh_from_db()
    assert draft.organization == seat.organization


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "Maison\r\nBcc: x@example.org"),
        ("municipality", ""),
        ("region", ""),
        ("region", "99"),
        ("contact_name", "Camille\nRoy"),
        ("telephone", "abc"),
        ("organization", "999999"),
    ],
)
def test_bad_fact_is_said_at_its_field(field: str, value: str) -> None:
    user = UserFactory() if field != "organization" else SeatFactory().user
    draft = draft_of(user)
    page = signed_in(user).post(reverse("needs:group", args=[draft.pk]), GROUP | {field: value})
    assert field in page.context["form"].errors
    draft.refresh_from_db()
    assert draft.organization is None


def test_review_says_who_could_be_asked_what_they_read_and_who_sees_it() -> None:
    seat = SeatFactory()
    OrganizationFactory(name="Coop numérique du Témis", description="Site web, hébergement, codes perdus")
    draft = draft_of(seat.user, organization=seat.organization)
    page = signed_in(seat.user).get(reverse("needs:review", args=[draft.pk])).content.decode()
    for words in (draft.text, "Qui pourrait vous aider", "Qui verra quoi", "Dominique Lafleur", "Publier"):
        assert words in page


def test_review_without_skill_leads_to_other_doors() -> None:
    seat = SeatFactory()
    draft = draft_of(seat.user, organization=seat.organization)
    page = signed_in(seat.user).get(reverse("needs:review", args=[draft.pk])).content.decode()
    assert "voici d’autres portes" in page
    assert "/pages/autres-portes/" in page


def test_review_shows_a_colleagues_same_need() -> None:
    seat = SeatFactory()
    other = NeedFactory(organization=seat.organization, opened_at=MOMENT)
    draft = draft_of(seat.user, organization=seat.organization)
    page = signed_in(seat.user).get(reverse("needs:review", args=[draft.pk]))
    assert page.context["same"] in ([other], [])  # the week is counted from today
    assert page.status_code == 200


def test_publishing_keeps_unticked_organizations_out_and_a_second_press_changes_nothing() -> None:
    seat = SeatFactory()
    kept, unticked = OrganizationFactory.create_batch(2)
    draft = draft_of(seat.user, organization=seat.organization)
    browser, url = signed_in(seat.user), reverse("needs:publish", args=[draft.pk])
    data = {"shown": [kept.pk, unticked.pk], "asked": [kept.pk]}
    for _ in range(2):
        assert browser.post(url, data)["Location"] == draft.get_absolute_url()
    draft.refresh_from_db()
    assert draft.state == S.OPEN
    assert [row.organization for row in draft.exclusions.all()] == [unticked]


def test_fourth_need_is_refused_in_words_and_the_draft_kept() -> None:
    seat = SeatFactory()
    NeedFactory.create_batch(3, organization=seat.organization)
    draft = draft_of(seat.user, organization=seat.organization)
    browser = signed_in(seat.user)
    page = browser.post(reverse("needs:publish", args=[draft.pk]), follow=True)
    assert "a déjà 3 demandes ouvertes" in page.content.decode()
    draft.refresh_from_db()
    assert draft.state == S.DRAFT


def test_nobody_else_publishes_or_throws_away_a_draft() -> None:
    draft = draft_of(UserFactory(), organization=OrganizationFactory())
    browser = signed_in(SeatFactory().user)
    for name in ("publish", "discard", "edit"):
        assert browser.post(reverse(f"needs:{name}", args=[draft.pk])).status_code == 404
    draft.refresh_from_db()
    assert draft.state == S.DRAFT


def test_draft_is_thrown_away_by_its_author() -> None:
    user = UserFactory()
    draft = draft_of(user)
    signed_in(user).post(reverse("needs:discard", args=[draft.pk]))
    assert not Need.objects.exists()


@pytest.mark.parametrize("name", ["withdraw", "reopen", "found_elsewhere", "publish", "discard"])
def test_get_changes_nothing(name: str) -> None:
    seat = SeatFactory()
    need = NeedFactory(organization=seat.organization, author=seat.user)
    assert signed_in(seat.user).get(reverse(f"needs:{name}", args=[need.pk])).status_code == 405
    need.refresh_from_db()
    assert need.state == S.OPEN


def test_group_withdraws_reopens_and_settles() -> None:
    seat = SeatFactory()
    need = NeedFactory(organization=seat.organization)
    browser = signed_in(seat.user)
    for name, state in (("withdraw", S.WITHDRAWN), ("reopen", S.OPEN), ("found_elsewhere", S.FULFILLED)):
        assert browser.post(reverse(f"needs:{name}", args=[need.pk])).status_code == 302
        need.refresh_from_db()
        assert need.state == state


def test_others_decide_nothing() -> None:
    need = NeedFactory()
    browser = signed_in(SeatFactory().user)
    for name in ("withdraw", "reopen", "found_elsewhere"):
        assert browser.post(reverse(f"needs:{name}", args=[need.pk])).status_code == 403


def test_decision_that_comes_too_late_is_said_in_words() -> None:
    seat = SeatFactory()
    need = NeedFactory(organization=seat.organization, state=S.WITHDRAWN, ended_at=MOMENT)
    page = signed_in(seat.user).post(reverse("needs:withdraw", args=[need.pk]), follow=True)
    assert "ce n’est plus possible" in page.content.decode()


SECRETS = ("Camille Roy", "819 555-0142", "Groupe secret")


def shown_to(user: User | None, need: Need) -> str:
    browser = signed_in(user) if user is not None else Browser()
    answer = browser.get(need.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def test_contact_data_never_leave_the_group_and_its_contact() -> None:
    need = NeedFactory(organization__name="Groupe secret", audience=Audience.EVERYONE)
    asked = SeatFactory()
    PairingFactory(need=need, organization=asked.organization)
    for user in (None, UserFactory(), SeatFactory().user, asked.user):
        page = shown_to(user, need)
        assert need.text in page
        assert not [secret for secret in SECRETS if secret in page]
    for user in (SeatFactory(organization=need.organization).user, RegionalContactFactory(region="08").user):
        assert all(secret in shown_to(user, need) for secret in SECRETS)


def test_public_page_shows_region_and_month_only() -> None:
    need = NeedFactory(audience=Audience.EVERYONE)
    page = shown_to(None, need)
    assert "Abitibi-Témiscamingue" in page
    assert "Novembre 2026" in page
    assert "Rouyn-Noranda" not in page
    assert "24 novembre" not in page


def test_member_may_help_from_the_page_and_the_group_may_not() -> None:
    need = NeedFactory()
    assert "Je peux aider" in shown_to(SeatFactory().user, need)
    assert "Je peux aider" not in shown_to(SeatFactory(organization=need.organization).user, need)


def test_asked_organization_finds_the_way_to_its_answer() -> None:
    need, seat = NeedFactory(audience=Audience.ASKED), SeatFactory()
    pairing = PairingFactory(need=need, organization=seat.organization)
    assert reverse("pairings:answer_member", args=[pairing.pk]) in shown_to(seat.user, need)


def test_need_that_one_may_not_see_is_not_found() -> None:
    need = NeedFactory(audience=Audience.ASKED)
    assert signed_in(SeatFactory().user).get(need.get_absolute_url()).status_code == 404


def test_english_pages_are_english() -> None:
    need = NeedFactory(audience=Audience.EVERYONE)
    page = Browser().get(f"/en/requests/{need.pk}/").content.decode()
    assert "Report this request" in page
    assert "Signaler" not in page


def test_caller_is_written_down_with_their_group_and_published_at_once() -> None:
    contact = RegionalContactFactory(region="08").user
    browser, url = signed_in(contact), reverse("needs:telephone")
    data = GROUP | {
        "text": "L’imprimante prend pas le Wi-Fi",
        "when": "week",
        "mode": "either",
        "audience": "members",
        "lang": "fr",
        "form_key": "appel-1",
    }
    for _ in range(2):
        answer = browser.post(url, data)
    need = Need.objects.get()
    assert answer["Location"] == reverse("needs:review", args=[need.pk])
    assert (need.entered_by, need.author, need.contact_name) == (contact, None, "Camille Roy")
    assert need.organization is not None
    assert not need.organization.seats.exists()
    browser.post(reverse("needs:publish", args=[need.pk]))
    need.refresh_from_db()
    assert need.state == S.OPEN


def test_caller_of_a_known_group() -> None:
    contact = RegionalContactFactory(region="08").user
    known = OrganizationFactory(name=GROUP["name"], slug="maison-des-jeunes-de-matane")
    data = GROUP | {"text": "x", "when": "week", "mode": "either", "audience": "members", "lang": "fr"}
    browser, url = signed_in(contact), reverse("needs:telephone")
    assert "existing" in browser.post(url, data).context["form"].errors
    browser.post(url, data | {"existing": str(known.pk)})
    assert Need.objects.get().organization == known


def test_members_take_no_calls() -> None:
    assert signed_in(SeatFactory().user).get(reverse("needs:telephone")).status_code == 403
