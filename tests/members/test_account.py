"""A person's account: what they say of themselves, on their own devices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from members import services
from members.enums import ConsentKind
from members.models import Consent, User
from tests.factories import UserFactory

if TYPE_CHECKING:
    from datetime import datetime

pytestmark = pytest.mark.django_db
GOOD = {"name": "Camille Roy", "telephone": "819 555-0142", "lang": "en", "is_name_shown": "on"}


def test_person_changes_what_the_network_knows_of_them(client: Client) -> None:
    person = UserFactory()
    client.force_login(person)
    client.post(reverse("members:account"), GOOD)
    person.refresh_from_db()
    assert (person.name, person.telephone, person.lang, person.is_name_shown) == (
        "Camille Roy",
        "819 555-0142",
        "en",
        True,
    )


def test_showing_the_name_is_a_consent_that_can_be_taken_back(client: Client) -> None:
    person = UserFactory()
    client.force_login(person)
    client.post(reverse("members:account"), GOOD)
    shown = Consent.objects.given(address=person.email, kind=ConsentKind.NAME_SHOWN)
    assert shown.exists()
    client.post(reverse("members:account"), {**GOOD, "is_name_shown": ""})
    assert not shown.all().exists()
    assert Consent.objects.filter(kind=ConsentKind.NAME_SHOWN).exists()


@pytest.mark.parametrize(
    ("field", "value"), [("telephone", "555"), ("lang", "de"), ("name", "x" * 200), ("name", "a\x00b")]
)
def test_wrong_value_is_said_at_its_field_and_kept(client: Client, field: str, value: str) -> None:
    person = UserFactory(name="Avant")
    client.force_login(person)
    page = client.post(reverse("members:account"), {**GOOD, field: value})
    assert page.status_code == 200
    assert "form-errors" in page.content.decode()
    person.refresh_from_db()
    assert person.name == "Avant"


def test_markup_in_a_name_is_text(client: Client) -> None:
    client.force_login(UserFactory())
    client.post(reverse("members:account"), {**GOOD, "name": "<script>alert(1)</script>\r\nBcc: x"})
    page = client.get(reverse("members:account")).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Bcc: x" in page


def test_leaving_all_other_devices_keeps_this_one() -> None:
    person = UserFactory()
    here, there = Client(), Client()
    here.force_login(person)
    there.force_login(person)
    assert here.get(reverse("members:end_sessions")).status_code == 405
    here.post(reverse("members:end_sessions"))
    assert here.get(reverse("members:account")).status_code == 200
    assert there.get(reverse("members:account")).status_code == 302


def test_account_is_found_whatever_the_case_and_made_once(now: datetime) -> None:
    first = services.find_or_create_user(address="Camille@Example.org", lang="en", now=now)
    again = services.find_or_create_user(address=" camille@example.ORG", lang="fr", now=now)
    assert first == again
    assert (first.email, first.lang) == ("camille@example.org", "en")
    assert User.objects.count() == 1


def test_first_of_two_consents_stands(now: datetime) -> None:
    first = services.give_consent(address="A@example.org", kind=ConsentKind.REQUESTS, source="file 2026-11", now=now)
    again = services.give_consent(address="a@example.org", kind=ConsentKind.REQUESTS, source="form", now=now)
    assert first == again
    assert services.withdraw_consent(address="a@example.org", kind=ConsentKind.REQUESTS, now=now)
    assert not services.withdraw_consent(address="a@example.org", kind=ConsentKind.REQUESTS, now=now)
    assert services.give_consent(address="a@example.org", kind=ConsentKind.REQUESTS, source="form", now=now) != first
