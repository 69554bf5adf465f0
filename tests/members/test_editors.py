"""People with rights: password, second factor, printed codes, and nothing before."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.core import mail
from django.test import Client
from django.urls import reverse

from members.models import User
from tests.factories import UserFactory

if TYPE_CHECKING:
    from django.http import HttpResponse

pytestmark = pytest.mark.django_db
ADDRESS = "gestion@example.org"
PASSWORD = "quatre-mots-pas-courants"
SECRET = "JBSWY3DPEHPK3PXP"


def code_of(secret: str) -> str:
    counter = int(time.time()) // 30
    return str(auth.format_hotp_value(auth.hotp_value(secret, counter)))


@pytest.fixture
def editor() -> User:
    """An editor with a password and no second factor yet."""
    editor = UserFactory(email=ADDRESS, editor=True)
    editor.set_password(PASSWORD)
    editor.save()
    return editor


@pytest.fixture
def guarded(editor: User) -> User:
    """An editor whose second factor is installed."""
    auth.TOTP.activate(editor, SECRET)
    RecoveryCodes.activate(editor)
    return editor


def sign_in(client: Client, **more: str) -> HttpResponse:
    return client.post(  # type: ignore[return-value]
        reverse("account_login"), {"login": ADDRESS, "password": PASSWORD, **more}
    )


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_password_alone_opens_nothing_but_the_way_to_a_second_factor(client: Client, editor: User) -> None:
    sign_in(client)
    assert is_in(client)
    for name in ("home:home", "members:account", "home:dashboard", "wagtailadmin_home"):
        assert client.get(reverse(name))["Location"] == reverse("mfa_activate_totp"), name
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_installing_the_application_opens_the_rest_and_shows_the_printed_codes(
    client: Client,
    editor: User,
    django_capture_on_commit_callbacks: Any,  # noqa: ANN401
) -> None:
    sign_in(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    found = re.search(r"<code>([A-Z2-7]{16,})</code>", page)
    assert found
    assert "data:image" not in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(found[1])})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    codes = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert len(re.findall(r"<li><code>[^<]+</code></li>", codes)) == 10
    assert client.get(reverse("members:account")).status_code == 200
    assert {message.subject for message in mail.outbox} >= {"La double vérification a été installée"}


def test_wrong_first_code_installs_nothing(client: Client, editor: User) -> None:
    sign_in(client)
    client.get(reverse("mfa_activate_totp"))
    page = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "form-errors" in page.content.decode()
    assert not Authenticator.objects.exists()


def test_second_factor_is_asked_before_the_session_opens(client: Client, guarded: User) -> None:
    answer = sign_in(client, next="/gestion/")
    assert answer["Location"].startswith(reverse("mfa_authenticate"))
    assert not is_in(client)
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert wrong.status_code == 200
    assert not is_in(client)
    answer = client.post(reverse("mfa_authenticate"), {"code": code_of(SECRET)})
    assert answer["Location"] == "/gestion/"
    assert is_in(client)
    assert client.session.get_expire_at_browser_close()


def test_printed_code_opens_once(guarded: User) -> None:
    printed = RecoveryCodes(Authenticator.objects.get(type="recovery_codes")).get_unused_codes()[0]
    for is_open in (True, False):
        browser = Client()
        sign_in(browser)
        browser.post(reverse("mfa_authenticate"), {"code": printed})
        assert is_in(browser) is is_open


def test_second_factor_of_an_account_with_rights_stays(client: Client, guarded: User) -> None:
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_of(SECRET)})
    page = client.post(reverse("mfa_deactivate_totp"))
    assert "ne se retire pas" in page.content.decode()
    assert Authenticator.objects.filter(type="totp").exists()


def test_admin_login_is_ours(client: Client) -> None:
    assert client.get("/gestion/login/")["Location"].startswith(reverse("account_login"))
    assert client.post("/gestion/login/", {"username": "x", "password": "y"})["Location"].startswith(
        reverse("account_login")
    )
    assert client.get("/gestion/")["Location"].startswith(reverse("account_login"))


def test_admin_does_not_open_to_an_account_without_second_factor(client: Client) -> None:
    client.force_login(UserFactory(administrator=True))
    assert client.get("/gestion/")["Location"] == reverse("mfa_activate_totp")


def test_member_does_not_get_into_the_admin(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get("/gestion/").status_code == 403


@pytest.mark.parametrize(
    "name", ["mfa_index", "mfa_activate_totp", "account_change_password", "account_reauthenticate"]
)
def test_member_has_neither_password_nor_second_factor(client: Client, name: str) -> None:
    client.force_login(UserFactory())
    assert client.get(reverse(name)).status_code == 403


def test_gaining_rights_ends_the_sessions_opened_by_a_code(client: Client) -> None:
    from django.contrib.auth.models import Group

    from maillage.core.permissions import EDITORS_GROUP

    person = UserFactory()
    client.force_login(person)
    group, _ = Group.objects.get_or_create(name=EDITORS_GROUP)
    User.objects.get(pk=person.pk).groups.add(group)
    assert client.get(reverse("members:account"))["Location"].startswith(reverse("members:sign_in"))


def test_gaining_rights_from_the_groups_side_ends_sessions_too(client: Client) -> None:
    from django.contrib.auth.models import Group

    person = UserFactory()
    client.force_login(person)
    Group.objects.create(name="x").user_set.add(person)
    assert client.get(reverse("members:account")).status_code == 302


def test_becoming_an_administrator_ends_sessions(client: Client) -> None:
    person = UserFactory()
    client.force_login(person)
    User.objects.filter(pk=person.pk).update(is_superuser=True)
    assert client.get(reverse("members:account")).status_code == 302


def test_wrong_password_says_so_once_for_address_and_password(client: Client, editor: User) -> None:
    page = client.post(reverse("account_login"), {"login": ADDRESS, "password": "faux"}).content.decode()
    unknown = client.post(reverse("account_login"), {"login": "x@example.org", "password": "faux"}).content.decode()
    assert "ne vont pas ensemble" in page
    assert "ne vont pas ensemble" in unknown


def test_passwords_are_not_guessed_for_ever(client: Client, editor: User) -> None:
    for _ in range(20):
        client.post(reverse("account_login"), {"login": ADDRESS, "password": "faux"})
    sign_in(client)
    assert not is_in(client)


@pytest.mark.parametrize("target", ["https://mechant.example/", "//mechant.example", "javascript:x"])
def test_next_never_leads_to_another_host(client: Client, guarded: User, target: str) -> None:
    sign_in(client, next=target)
    answer = client.post(reverse("mfa_authenticate"), {"code": code_of(SECRET)})
    assert answer["Location"] == reverse("home:dashboard")


def test_password_is_chosen_by_a_mailed_link(client: Client) -> None:
    UserFactory(email=ADDRESS, editor=True)
    client.post(reverse("account_reset_password"), {"email": ADDRESS})
    message = mail.outbox[0]
    assert message.extra_headers["X-Maillage-Kind"] == "new_password"
    found = re.search(r"http://testserver(\S+)", str(message.body))
    assert found
    shown = client.get(found[1], follow=True)
    assert "<h1>Nouveau mot de passe</h1>" in shown.content.decode()
    here = shown.redirect_chain[-1][0]
    short = client.post(here, {"password1": "court", "password2": "court"})
    assert "form-errors" in short.content.decode()
    client.post(here, {"password1": PASSWORD, "password2": PASSWORD})
    assert User.objects.get(email=ADDRESS).check_password(PASSWORD)
    assert not is_in(client)


def test_link_to_choose_a_password_opens_once(client: Client) -> None:
    test_password_is_chosen_by_a_mailed_link(client)
    found = re.search(r"http://testserver(\S+)", str(mail.outbox[0].body))
    assert found
    assert "plus valable" in client.get(found[1], follow=True).content.decode()


@pytest.mark.parametrize("is_known", [True, False])
def test_no_password_for_members_and_strangers_and_no_word_about_it(client: Client, is_known: bool) -> None:
    if is_known:
        UserFactory(email="membre@example.org")
    answer = client.post(reverse("account_reset_password"), {"email": "membre@example.org"})
    assert answer["Location"] == reverse("account_reset_password_done")
    assert not mail.outbox


def test_pages_of_allauth_that_we_do_not_use_are_absent(client: Client) -> None:
    for path in ("signup/", "email/", "login/code/", "password/set/"):
        assert client.get(f"/compte/{path}").status_code == 404
