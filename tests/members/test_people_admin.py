"""People in the admin: added, given rights, closed, erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from allauth.mfa.totp.internal import auth
from django.contrib.auth.models import Group
from django.urls import reverse

from members.models import User
from tests.factories import SeatFactory, UserFactory

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    """An administrator's browser, second factor installed."""
    administrator = UserFactory(administrator=True)
    auth.TOTP.activate(administrator, "JBSWY3DPEHPK3PXP")
    client.force_login(administrator)
    return client


@pytest.mark.parametrize("ordering", ["", "?ordering=name", "?ordering=-name", "?q=roy"])
def test_people_are_listed(admin: Client, ordering: str) -> None:
    UserFactory(name="Camille Roy")
    page = admin.get(reverse("wagtailusers_users:index") + ordering)
    assert "Camille Roy" in page.content.decode()


def test_person_is_added_without_a_password_and_with_rights(admin: Client) -> None:
    group, _ = Group.objects.get_or_create(name="editors")
    admin.get(reverse("wagtailusers_users:add"))
    answer = admin.post(
        reverse("wagtailusers_users:add"),
        {"email": "Camille@Example.org", "name": "Camille Roy", "lang": "fr", "groups": [group.pk]},
    )
    assert answer.status_code == 302, answer.context["form"].errors
    person = User.objects.get(email="camille@example.org")
    assert not person.has_usable_password()
    assert person.is_editor


def test_person_is_changed_and_closed(admin: Client) -> None:
    person = UserFactory(email="camille@example.org")
    path = reverse("wagtailusers_users:edit", args=[person.pk])
    assert "first_name" not in admin.get(path).content.decode()
    admin.post(path, {"email": person.email, "name": "Camille Roy", "lang": "en"})
    person.refresh_from_db()
    assert (person.name, person.lang, person.is_active) == ("Camille Roy", "en", False)


def test_deleting_erases_and_keeps_the_row(admin: Client) -> None:
    person = UserFactory(email="camille@example.org", name="Camille Roy")
    path = reverse("wagtailusers_users:delete", args=[person.pk])
    assert "pour toujours" in admin.get(path).content.decode()
    admin.post(path)
    person.refresh_from_db()
    assert person.erased_at is not None
    assert person.name == ""


def test_last_owner_is_not_erased_and_the_reason_is_said(admin: Client) -> None:
    seat = SeatFactory()
    answer = admin.post(reverse("wagtailusers_users:delete", args=[seat.user.pk]), follow=True)
    assert seat.organization.name in answer.content.decode()
    seat.user.refresh_from_db()
    assert seat.user.erased_at is None


def test_people_are_not_deleted_by_the_dozen(admin: Client) -> None:
    person = UserFactory()
    path = reverse("wagtail_bulk_action", args=["members", "user", "delete"])
    admin.post(f"{path}?id={person.pk}")
    assert User.objects.filter(pk=person.pk).exists()
