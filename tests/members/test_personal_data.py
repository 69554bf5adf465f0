"""The registry: no field is forgotten, everything leaves in the file, nothing stays that should not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from expertise.needs.enums import NeedState
from expertise.organizations.enums import SeatRole, SeatState
from expertise.organizations.models import Seat
from members import personal_data, services
from members.enums import ConsentKind
from members.models import Consent, Preference, User
from members.personal_data import Erase, declare, declare_impersonal
from members.personal_data_page import page
from tests.factories import (
    NeedFactory,
    OrganizationFactory,
    PairingFactory,
    RegionalContactFactory,
    SeatFactory,
    UserFactory,
)

if TYPE_CHECKING:
    from datetime import datetime

    from django.test import Client

ROOMS = ("maillage.", "members", "expertise.", "wiki", "search", "tasks", "community")
TEXTS = (models.CharField, models.TextField, models.JSONField, models.GenericIPAddressField)


def our_text_fields() -> list[tuple[type[models.Model], str]]:
    return [
        (model, field.name)
        for config in apps.get_app_configs()
        if config.name.startswith(ROOMS)
        for model in config.get_models()
        for field in model._meta.local_fields
        if isinstance(field, TEXTS)
    ]


@pytest.mark.parametrize(("model", "name"), our_text_fields(), ids=lambda value: getattr(value, "__name__", value))
def test_every_text_field_is_declared_once(model: type[models.Model], name: str) -> None:
    holding = personal_data.holding_of(model)
    assert (name in holding.fields) + (name in holding.impersonal) == 1, (
        f"declare {model._meta.label}.{name} in its room's personal_data module"
    )


def test_page_of_personal_data_is_up_to_date() -> None:
    written = Path(__file__).parents[2] / "docs/personal-data.md"
    assert written.read_text() == page(), "run: python manage.py personal_data"


def test_personal_rows_can_be_found() -> None:
    lost = [h.model._meta.label for h in personal_data.holdings() if h.fields and h.rows is None]
    assert lost == ["core.Network"]  # a person named by law, who has no account


def test_declaration_without_reason_or_of_no_field_is_refused() -> None:
    with pytest.raises(ValueError, match="say why"):
        declare(User, "name", purpose="x", retention="x", erase=Erase.KEEP)
    with pytest.raises(ValueError, match="replacement"):
        declare(User, "name", purpose="x", retention="x", erase=Erase.REPLACE)
    with pytest.raises(models.fields.exceptions.FieldDoesNotExist):
        declare_impersonal(User, "nom")


@pytest.fixture
def person(now: datetime) -> User:
    """A member who asked, answered, agreed and chose."""
    person = UserFactory(email="sacha@example.org", name="Sacha Fortier", telephone="418 555-0199")
    SeatFactory(user=person, role=SeatRole.MEMBER)
    NeedFactory(author=person, state=NeedState.FULFILLED, contact_name="Sacha Fortier", telephone="418 555-0199")
    PairingFactory(offered=True, answered_by=person, answered_name="Sacha Fortier", answered_address=person.email)
    services.give_consent(address=person.email, kind=ConsentKind.TERMS, source="sign_in", now=now)
    services.stop_kind(address=person.email, kind="digest", now=now)
    return person


@pytest.mark.django_db
def test_export_holds_everything_of_the_person_and_nothing_of_others(person: User, now: datetime) -> None:
    other = UserFactory(email="autre@example.org", name="Autre Personne")
    NeedFactory(author=other, contact_name="Autre Personne")
    text = json.dumps(services.export_person(person=person, now=now), ensure_ascii=False)
    data = json.loads(text)["data"]
    assert data["members.User"]["rows"][0]["email"] == "sacha@example.org"
    assert data["needs.Need"]["rows"][0]["contact_name"] == "Sacha Fortier"
    assert data["pairings.Pairing"]["rows"][0]["answered_name"] == "Sacha Fortier"
    assert {"members.Consent", "members.Preference", "organizations.Seat"} <= set(data)
    assert "Autre Personne" not in text
    assert "password" not in data["members.User"]["rows"][0]


@pytest.mark.django_db
def test_erasure_leaves_no_trace_of_who_it_was(person: User, now: datetime) -> None:
    services.erase_person(person=person, now=now)
    kept = [
        (model._meta.label, name)
        for model, name in our_text_fields()
        if (model, name) != (Consent, "address")
        for value in model._default_manager.values_list(name, flat=True)
        if any(word in str(value) for word in ("sacha", "Sacha", "555-0199"))
    ]
    assert kept == []
    person.refresh_from_db()
    assert (person.is_active, person.erased_at) == (False, now)
    assert not Preference.objects.exists()
    assert Consent.objects.filter(address="sacha@example.org").exists()


@pytest.mark.django_db
def test_erasure_ends_seats_and_lets_the_address_begin_anew(person: User, now: datetime) -> None:
    services.erase_person(person=person, now=now)
    assert not Seat.objects.filter(user=person).exclude(state=SeatState.ENDED).exists()
    again = services.find_or_create_user(address="sacha@example.org", lang="fr", now=now)
    assert again.pk != person.pk


@pytest.mark.django_db
def test_last_owner_names_another_first(now: datetime) -> None:
    seat = SeatFactory()
    with pytest.raises(services.SomethingToSettleError) as refused:
        services.erase_person(person=seat.user, now=now)
    assert seat.organization.name in str(refused.value.obstacles[0].text)
    SeatFactory(organization=seat.organization)
    services.erase_person(person=seat.user, now=now)


@pytest.mark.django_db
def test_regional_contact_is_replaced_first(now: datetime) -> None:
    contact = RegionalContactFactory()
    with pytest.raises(services.SomethingToSettleError):
        services.erase_person(person=contact.user, now=now)


@pytest.mark.django_db
def test_account_with_rights_loses_them_first(now: datetime) -> None:
    with pytest.raises(services.RightsHeldError):
        services.erase_person(person=UserFactory(editor=True), now=now)


@pytest.mark.django_db
def test_export_is_a_file_given_to_a_post_only(client: Client) -> None:
    client.force_login(UserFactory(email="sacha@example.org"))
    assert client.get(reverse("members:export")).status_code == 405
    answer = client.post(reverse("members:export"))
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.json()["account"] == "sacha@example.org"
    assert "private" in answer["Cache-Control"]


@pytest.mark.django_db
def test_erasing_takes_a_confirmation_and_ends_the_session(client: Client) -> None:
    person = UserFactory()
    client.force_login(person)
    assert client.get(reverse("members:erase")).status_code == 200
    person.refresh_from_db()
    assert person.erased_at is None
    client.post(reverse("members:erase"))
    person.refresh_from_db()
    assert person.erased_at is not None
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_page_says_what_is_in_the_way(client: Client) -> None:
    seat = SeatFactory(organization=OrganizationFactory(name="Coop du Témis"))
    client.force_login(seat.user)
    page_text = client.get(reverse("members:erase")).content.decode()
    assert "Coop du Témis" in page_text
    assert "Effacer pour toujours" not in page_text
    client.post(reverse("members:erase"))
    seat.user.refresh_from_db()
    assert seat.user.erased_at is None


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["members:export", "members:erase", "members:account", "members:preferences"])
def test_strangers_are_led_to_sign_in(client: Client, name: str) -> None:
    answer: Any = client.post(reverse(name))
    assert answer["Location"].startswith(reverse("members:sign_in"))
