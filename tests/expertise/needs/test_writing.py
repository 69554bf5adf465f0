"""Writing a need by anyone: the words of the home page's box, the draft, the code, bad input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.urls import reverse

from expertise.needs.enums import Audience, NeedState, When
from expertise.needs.models import Need
from expertise.needs.views import writing
from expertise.skills.folded import write_forms
from expertise.skills.selectors import forget_vocabulary
from tests.factories import OrganizationFactory, SeatFactory, SkillFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse
    from django.test import Client

    from expertise.skills.models import Skill

pytestmark = pytest.mark.django_db

WORDS = "Notre site ne marche plus, on a perdu le nom de domaine."


@pytest.fixture
def domain() -> Iterator[Skill]:
    """A skill that the words call for."""
    forget_vocabulary()
    skill = SkillFactory(name="nom de domaine", name_en="domain name", synonyms_fr=["adresse du site"])
    others = [SkillFactory(name=name) for name in ("comptabilité", "imprimante", "sécurité du courriel", "vidéo")]
    write_forms([skill, *others])
    yield skill
    forget_vocabulary()


def typed(**changes: object) -> dict[str, Any]:
    """The form as a person sends it."""
    return {
        "text": WORDS,
        "when": When.WEEK,
        "telephone": "819 555-0142",
        "email": "camille@example.org",
        "mode": "either",
        "help_kinds": ["volunteer"],
        "languages": ["fr"],
        "lang": "fr",
        "audience": Audience.MEMBERS,
        "places": "1",
        "region": "08",
        "form_key": "cle-1",
        "shown_skills": "",
        "action": "save",
    } | changes


def save(client: Client, **changes: object) -> HttpResponse:
    return client.post(reverse("needs:save"), typed(**changes))  # type: ignore[return-value]


def test_words_of_the_home_page_fill_the_form_and_write_nothing(client: Client, domain: Skill) -> None:
    page = client.post(reverse("needs:write"), {"texte": WORDS})
    form = page.context["form"]
    assert (page.status_code, form["text"].value()) == (200, WORDS)
    assert form["skills"].value() == [domain.pk]
    assert Need.objects.count() == 0
    assert f'value="{domain.pk}"' in page.content.decode()


def test_box_needs_no_token_but_saving_does(client: Client) -> None:
    from django.test import Client as StrictClient

    strict = StrictClient(enforce_csrf_checks=True)
    assert strict.post(reverse("needs:write"), {"text": WORDS}).status_code == 200
    assert strict.post(reverse("needs:save"), typed()).status_code == 403


def test_empty_form_opens_and_keeps_its_key(client: Client) -> None:
    page = client.get(reverse("needs:write"))
    assert page.status_code == 200
    assert len(page.context["form"]["form_key"].value()) == 32


def test_anonymous_draft_waits_for_its_address_and_a_code_leaves(client: Client, domain: Skill) -> None:
    answer = save(client, email="Camille@Example.org")
    need = Need.objects.get()
    assert (need.state, need.author, need.draft_address) == (NeedState.DRAFT, None, "camille@example.org")
    assert [skill.pk for skill in need.skills.all()] == [domain.pk]
    assert need.need_skills.get().is_suggested
    assert answer["Location"] == reverse("members:sign_in_code")


def test_second_press_of_the_button_makes_no_second_row(client: Client) -> None:
    save(client)
    save(client, text=WORDS + " Vite.")
    assert Need.objects.get().text.endswith("Vite.")


def test_suggestion_that_was_unticked_stays_out(client: Client, domain: Skill) -> None:
    save(client, shown_skills=str(domain.pk), skills=[])
    assert not Need.objects.get().skills.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", "   "),
        ("text", "a" * 50_000),
        ("text", "abc\x00def"),
        ("when", "hier"),
        ("telephone", "12"),
        ("telephone", "819 555-0142\r\nBcc: x@example.org"),
        ("email", "pas une adresse"),
        ("email", "a@example.org\r\nBcc: b@example.org"),
        ("skills", ["999999"]),
        ("skills", ["abc"]),
        ("region", "99"),
        ("needed_on", "2020-01-01"),
        ("needed_on", "demain"),
        ("needed_on", "2999-01-01"),
        ("mode", "x"),
        ("help_kinds", ["x"]),
        ("languages", ["xx"]),
        ("audience", "x"),
        ("places", "6"),
        ("places", "-1"),
        ("lang", "xx"),
    ],
)
def test_bad_input_is_said_at_its_field_and_keeps_what_was_typed(client: Client, field: str, value: object) -> None:
    page = save(client, **{field: value})
    form = page.context["form"]  # type: ignore[attr-defined]
    assert page.status_code == 200
    assert field in form.errors
    assert Need.objects.count() == 0
    if field != "text":
        assert WORDS in page.content.decode().replace("&#x27;", "'")
    elif len(str(value)) > 5000:
        assert str(value) in page.content.decode()


def test_markup_is_shown_as_written_never_run(client: Client) -> None:
    page = save(client, text="<script>alert(1)</script>", telephone="")
    assert "<script>alert(1)" not in page.content.decode()
    assert "&lt;script&gt;alert(1)" in page.content.decode()


def test_text_search_offers_skills_without_writing(client: Client, domain: Skill) -> None:
    page = save(client, action="find", skill_search="domaine", text="")
    assert list(page.context["form"].offered) == [domain.pk]  # type: ignore[attr-defined]
    assert page.context["is_fold_open"]  # type: ignore[attr-defined]
    assert Need.objects.count() == 0


def test_search_that_finds_nothing_says_so(client: Client, domain: Skill) -> None:
    page = save(client, action="find", skill_search="zzzz")
    assert "Aucune compétence de ce nom" in page.content.decode()


def test_member_of_one_organization_goes_straight_to_the_last_page(client: Client) -> None:
    seat = SeatFactory()
    client.force_login(seat.user)
    answer = client.post(reverse("needs:save"), typed())
    need = Need.objects.get()
    assert (need.author, need.organization) == (seat.user, seat.organization)
    assert (need.contact_name, need.municipality) == (seat.user.name, seat.organization.municipality)
    assert answer["Location"] == reverse("needs:review", args=[need.pk])


def test_asking_by_name_keeps_the_organization(client: Client) -> None:
    asked = OrganizationFactory(name="Coop du Témis")
    page = client.get(reverse("needs:write"), {"organisme": asked.slug})
    assert "Demander à Coop du Témis" in page.content.decode()
    save(client, organisme=asked.slug)
    assert Need.objects.get().asked_organization == asked


def test_unknown_organization_to_ask_is_not_found(client: Client) -> None:
    assert client.get(reverse("needs:write"), {"organisme": "nulle-part"}).status_code == 404


def test_form_of_a_published_need_sends_to_the_list(client: Client) -> None:
    seat = SeatFactory()
    client.force_login(seat.user)
    client.post(reverse("needs:save"), typed())
    need = Need.objects.get()
    Need.objects.update(state=NeedState.OPEN, opened_at=need.created_at)
    answer = client.post(reverse("needs:save"), typed(text="autre"))
    need.refresh_from_db()
    assert (need.text, answer["Location"]) == (WORDS, reverse("needs:list"))


def test_draft_survives_on_another_device(client: Client) -> None:
    save(client)
    need = Need.objects.get()
    seat = SeatFactory(user__email="camille@example.org")
    from django.test import Client as OtherDevice

    other = OtherDevice()
    assert other.get(reverse("needs:edit", args=[need.pk])).status_code == 404
    other.force_login(seat.user)
    page = other.get(reverse("needs:edit", args=[need.pk]))
    assert page.context["form"]["text"].value() == WORDS


def test_draft_of_another_address_is_not_found(client: Client) -> None:
    save(client)
    need = Need.objects.get()
    from django.test import Client as OtherDevice

    other = OtherDevice()
    other.force_login(SeatFactory().user)
    assert other.get(reverse("needs:group", args=[need.pk])).status_code == 404


def test_no_mail_leaves_for_an_invalid_form(client: Client) -> None:
    save(client, text="")
    assert mail.outbox == []


def test_address_of_a_page_shown_again_leads_to_the_form(client: Client) -> None:
    assert client.get(reverse("needs:save"))["Location"] == reverse("needs:write")


def test_too_many_drafts_from_one_network_are_refused_in_words(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "DRAFTS_PER_NETWORK_AND_HOUR", 1)
    save(client)
    page = save(client, form_key="cle-2")
    assert "Réessayez dans une heure" in page.content.decode()
    assert WORDS in page.content.decode()
    assert Need.objects.count() == 1


def test_word_left_in_the_search_box_is_searched(client: Client, domain: Skill) -> None:
    page = save(client, skill_search="domaine")
    assert list(page.context["form"].offered) == [domain.pk]  # type: ignore[attr-defined]
    assert Need.objects.count() == 0
