"""The pages of signing in: alike for every address, on two devices, never to another host."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from members.models import SignInCode, User
from members.signals import signed_in
from tests.factories import RegionalContactFactory, UserFactory
from tests.members.conftest import code_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse

pytestmark = pytest.mark.django_db
ADDRESS = "camille@example.org"


@pytest.fixture
def arrivals() -> Iterator[list[dict[str, Any]]]:
    heard: list[dict[str, Any]] = []

    def hear(**facts: Any) -> None:  # noqa: ANN401  a signal's own arguments
        heard.append(facts)

    signed_in.connect(hear)
    yield heard
    signed_in.disconnect(hear)


def ask(client: Client, address: str = ADDRESS, **more: str) -> HttpResponse:
    return client.post(reverse("members:sign_in"), {"address": address, **more})  # type: ignore[return-value]


def enter(client: Client, typed: str, address: str = ADDRESS, **more: str) -> HttpResponse:
    return client.post(  # type: ignore[return-value]
        reverse("members:sign_in_code"), {"address": address, "typed": typed, **more}
    )


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_way_from_address_to_account(client: Client, arrivals: list[dict[str, Any]]) -> None:
    assert ask(client)["Location"] == reverse("members:sign_in_code")
    page = client.get(reverse("members:sign_in_code"))
    assert ADDRESS in page.content.decode()
    answer = enter(client, code_in(mail.outbox[0]))
    assert answer["Location"] == reverse("home:dashboard")
    assert [fact["pk"] for fact in arrivals] == [User.objects.get(email=ADDRESS).pk]
    assert arrivals[0]["address"] == ADDRESS


def test_code_entered_on_another_device_goes_where_it_was_asked_from(client: Client) -> None:
    ask(client, next="/demandes/")
    other = Client()
    page = other.get(reverse("members:sign_in_code"))
    assert 'type="email"' in page.content.decode()
    assert enter(other, code_in(mail.outbox[0]))["Location"] == "/demandes/"
    assert is_in(other)
    assert not is_in(client)


def test_known_unknown_limited_and_trapped_get_the_same_answer(client: Client, settings: Any) -> None:  # noqa: ANN401
    UserFactory(email="connue@example.org")
    UserFactory(email="gestion@example.org", administrator=True)
    answers = set()
    for address in ("connue@example.org", "inconnue@example.org", "gestion@example.org"):
        browser = Client()
        answer = ask(browser, address)
        page = browser.get(answer["Location"]).content.decode().replace(address, "…")
        answers.add((answer.status_code, answer["Location"], len(page)))
    settings.SIGN_IN_MAILS_PER_ADDRESS_AND_HOUR = 1
    sent = len(mail.outbox)
    browser = Client()
    answer = ask(browser, "connue@example.org")
    page = browser.get(answer["Location"]).content.decode().replace("connue@example.org", "…")
    answers.add((answer.status_code, answer["Location"], len(page)))
    assert len(mail.outbox) == sent
    assert len(answers) == 1


def test_known_and_unknown_take_the_same_queries(client: Client, django_assert_num_queries: Any) -> None:  # noqa: ANN401
    UserFactory(email="connue@example.org")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    ask(client, "chauffe@example.org")
    for address in ("connue@example.org", "inconnue@example.org"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ask(Client(), address)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_trapped_program_gets_no_mail_and_no_row(client: Client) -> None:
    answer = ask(client, reponse_libre="https://spam.example")
    assert answer["Location"] == reverse("members:sign_in_code")
    assert not mail.outbox
    assert not SignInCode.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["", "camille", "camille@example.org\nBcc: x@example.org", "a@b\r\nSubject: x", "x" * 260 + "@example.org"],
)
def test_address_that_is_none_is_said_at_its_field(client: Client, address: str) -> None:
    page = ask(client, address)
    assert page.status_code == 200
    assert "form-errors" in page.content.decode()
    assert not mail.outbox


@pytest.mark.parametrize(
    "target",
    [
        "https://mechant.example/",
        "//mechant.example",
        "javascript:alert(1)",
        "\\\\mechant.example",
        "/\\mechant.example",
        "/" + "x" * 600,
        "relatif/",
        "/a\nSet-Cookie: b=c",
    ],
)
def test_next_never_leads_to_another_host(client: Client, target: str) -> None:
    ask(client, next=target)
    assert enter(client, code_in(mail.outbox[0]))["Location"] == reverse("home:dashboard")


def test_wrong_code_says_how_many_tries_are_left_and_keeps_the_address(client: Client) -> None:
    ask(client)
    right = code_in(mail.outbox[0]).replace("\u00a0", "")
    page = enter(client, f"{(int(right) + 1) % 10**6:06d}").content.decode()
    assert "4 essais" in page
    assert ADDRESS in page


@pytest.mark.parametrize("typed", ["", "12", "1234567", "abcdef", "٤٨٢٩١٣"])
def test_what_cannot_be_a_code_costs_no_try(client: Client, typed: str) -> None:
    ask(client)
    assert enter(client, typed).status_code == 200
    assert SignInCode.objects.get().tries == 0


def test_own_device_stays_ninety_days_and_another_until_the_browser_closes() -> None:
    own, shared = Client(), Client()
    ask(own)
    answer = enter(own, code_in(mail.outbox[-1]), is_own_device="on")
    assert answer.cookies["sessionid"]["max-age"] == 90 * 24 * 3600
    ask(shared)
    answer = enter(shared, code_in(mail.outbox[-1]))
    assert answer.cookies["sessionid"]["max-age"] == ""


def test_session_key_changes_and_keeps_what_was_begun(client: Client, arrivals: list[dict[str, Any]]) -> None:
    ask(client)
    session = client.session
    session["draft"] = 42
    session.save()
    before = session.session_key
    enter(client, code_in(mail.outbox[0]))
    assert client.session.session_key != before
    assert client.session["draft"] == 42
    assert arrivals[0]["session"]["draft"] == 42
    assert "members.attempt" not in client.session


def test_someone_signed_in_is_led_on(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get(reverse("members:sign_in"), {"next": "/guides/"})["Location"] == "/guides/"
    assert client.get(reverse("members:sign_in_code"))["Location"] == reverse("home:dashboard")


def test_signing_out_takes_a_post(client: Client) -> None:
    client.force_login(UserFactory())
    assert client.get(reverse("members:sign_out")).status_code == 405
    assert is_in(client)
    client.post(reverse("members:sign_out"))
    assert not is_in(client)


def test_pages_are_not_kept_by_caches(client: Client) -> None:
    assert "no-store" in client.get(reverse("members:sign_in"))["Cache-Control"]


def test_get_changes_nothing(client: Client) -> None:
    client.get(reverse("members:sign_in"), {"address": ADDRESS})
    client.get(reverse("members:sign_in_code"), {"address": ADDRESS, "typed": "123456"})
    assert not SignInCode.objects.exists()
    assert not mail.outbox


def test_old_address_of_the_form_can_be_replaced_on_the_code_page(client: Client) -> None:
    ask(client)
    ask(Client(), "autre@example.org")
    assert is_in(client) is False
    enter(client, code_in(mail.outbox[1]), "autre@example.org")
    assert is_in(client)


def test_who_receives_nothing_finds_a_person_to_call(client: Client) -> None:
    RegionalContactFactory(user__name="Dominique Roy", telephone="819 555-0177")
    ask(client)
    page = client.get(reverse("members:sign_in_code")).content.decode()
    assert "Dominique Roy" in page
    assert "tel:+1-819-555-0177" in page


@pytest.mark.parametrize("name", ["members:sign_in", "members:sign_in_code"])
def test_asking_pages_take_few_queries(client: Client, django_assert_max_num_queries: Any, name: str) -> None:  # noqa: ANN401
    with django_assert_max_num_queries(3):
        client.get(reverse(name))
