"""Preferences: three choices, by account or by link; one click stops a kind, one click brings it back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from maillage.core.models import ActionToken, Network
from maillage.core.models.tokens import derive
from maillage.core.tokens import LinkSpec, issue
from members import services
from members.enums import Rhythm
from members.models import Preference
from members.signals import kind_restored, kind_stopped
from tests.factories import UserFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db
ADDRESS = "bureau@example.org"
MOMENT = datetime(2026, 11, 24, 14, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _on_that_tuesday() -> Iterator[None]:
    with time_machine.travel(MOMENT, tick=False):
        yield


@pytest.fixture
def signals() -> Iterator[list[str]]:
    heard: list[str] = []

    def hear(signal: Any, address: str, kind: str, **_facts: Any) -> None:  # noqa: ANN401  a signal's arguments
        name = "stopped" if signal is kind_stopped else "restored"
        heard.append(f"{name} {kind} {address}")

    kind_stopped.connect(hear)
    kind_restored.connect(hear)
    yield heard
    kind_stopped.disconnect(hear)
    kind_restored.disconnect(hear)


def link(purpose: str, **data: object) -> str:
    network = Network.objects.create(name="Maillage")
    spec = LinkSpec(purpose=purpose, subject=network, data=data)
    issue(message_id="<1@maillage.example>", link=spec, address=ADDRESS, now=MOMENT)
    return derive("<1@maillage.example>", purpose)


def path_of(purpose: str) -> str:
    names = {"unsubscribe": "members:unsubscribe", "preferences": "members:preferences_by_token"}
    return reverse(names[purpose], args=[link(purpose, kind="digest")])


def test_mail_program_stops_a_kind_with_one_post_without_cookie_or_token_of_forms(signals: list[str]) -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(path_of("unsubscribe"), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert Preference.objects.of(ADDRESS).stopped_kinds == ["digest"]
    assert signals == [f"stopped digest {ADDRESS}"]


def test_reading_the_page_stops_nothing(client: Client) -> None:
    path = path_of("unsubscribe")
    for method in (client.get, client.head):
        assert method(path).status_code == 200
    assert not Preference.objects.exists()


def test_one_click_undoes_it(client: Client, signals: list[str]) -> None:
    path = path_of("unsubscribe")
    page = client.post(path).content.decode()
    assert 'name="undo"' in page
    assert ADDRESS in page
    client.post(path, {"undo": "1"})
    assert Preference.objects.of(ADDRESS).stopped_kinds == []
    assert signals == [f"stopped digest {ADDRESS}", f"restored digest {ADDRESS}"]


def test_stopping_twice_tells_once(client: Client, signals: list[str]) -> None:
    path = path_of("unsubscribe")
    client.post(path)
    client.post(path)
    assert len(signals) == 1


@pytest.mark.parametrize("name", ["members:unsubscribe", "members:preferences_by_token"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_unknown_link_says_so_and_changes_nothing(client: Client, name: str, method: str) -> None:
    answer = getattr(client, method)(reverse(name, args=["x" * 43]))
    assert answer.status_code == 410
    assert not Preference.objects.exists()


def test_expired_or_revoked_link_says_so(client: Client) -> None:
    path = path_of("unsubscribe")
    ActionToken.objects.update(expires_at=MOMENT)
    assert client.post(path).status_code == 410
    ActionToken.objects.update(expires_at=MOMENT + timedelta(days=1), revoked_at=MOMENT)
    assert client.post(path).status_code == 410


def test_link_for_one_purpose_does_not_serve_another(client: Client) -> None:
    token = link("preferences", kind="digest")
    assert client.post(reverse("members:unsubscribe", args=[token])).status_code == 410


def test_link_chooses_without_signing_in() -> None:
    browser = Client(enforce_csrf_checks=True)
    path = path_of("preferences")
    assert browser.get(path).status_code == 200
    assert not Preference.objects.exists()
    browser.post(path, {"rhythm": Rhythm.WEEKLY, "lang": "en", "paused_on": "2026-12-24"})
    chosen = Preference.objects.of(ADDRESS)
    assert (chosen.rhythm, chosen.lang) == (Rhythm.WEEKLY, "en")
    assert chosen.paused_until == datetime(2026, 12, 24, 5, 0, tzinfo=UTC)
    assert "_auth_user_id" not in browser.session


def test_person_signed_in_chooses_for_their_own_address(client: Client) -> None:
    client.force_login(UserFactory(email="camille@example.org"))
    client.post(reverse("members:preferences"), {"rhythm": Rhythm.OWN_ONLY, "lang": ""})
    assert Preference.objects.of("camille@example.org").rhythm == Rhythm.OWN_ONLY


def test_stopped_kinds_come_again_when_unticked_and_nothing_else_is_stopped(client: Client) -> None:
    services.stop_kind(address=ADDRESS, kind="digest", now=MOMENT)
    services.stop_kind(address=ADDRESS, kind="news", now=MOMENT)
    path = path_of("preferences")
    assert "still_stopped" in client.get(path).content.decode()
    client.post(path, {"rhythm": Rhythm.AT_ONCE, "lang": "", "still_stopped": ["news"]})
    assert Preference.objects.of(ADDRESS).stopped_kinds == ["news"]
    answer = client.post(path, {"rhythm": Rhythm.AT_ONCE, "lang": "", "still_stopped": ["news", "other"]})
    assert answer.status_code == 200
    assert Preference.objects.of(ADDRESS).stopped_kinds == ["news"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"rhythm": "jamais"},
        {"rhythm": ""},
        {"rhythm": "weekly", "lang": "de"},
        {"rhythm": "weekly", "paused_on": "2026-11-24"},
        {"rhythm": "weekly", "paused_on": "2029-01-01"},
        {"rhythm": "weekly", "paused_on": "demain"},
    ],
)
def test_wrong_choice_is_said_at_its_field_and_changes_nothing(client: Client, wrong: dict[str, str]) -> None:
    page = client.post(path_of("preferences"), wrong)
    assert page.status_code == 200
    assert "form-errors" in page.content.decode()
    assert not Preference.objects.exists()


def test_error_in_the_fold_opens_it(client: Client) -> None:
    page = client.post(path_of("preferences"), {"rhythm": "weekly", "paused_on": "demain"}).content.decode()
    assert '<details class="fold" open>' in page


def test_pages_say_the_same_in_english(client: Client) -> None:
    client.force_login(UserFactory())
    page = client.get("/en/account/preferences/").content.decode()
    assert "Once a week" in page
    assert "Une fois par semaine" not in page
