"""« Vous êtes-vous parlé? » and « comment cela s’est-il terminé? »: one press, from either side's mail."""

from __future__ import annotations

import pytest
from django.urls import reverse

from expertise.needs.enums import NeedState
from expertise.pairings.enums import PairingState as S
from expertise.pairings.models import Pairing
from tests.expertise.pairings.builders import pairing_in
from tests.expertise.pairings.pages import browser, link, signed_in, text_of
from tests.factories import NeedFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network_contact")]


@pytest.fixture
def pairing() -> Pairing:
    return pairing_in(S.INTRODUCED, need=NeedFactory(state=NeedState.UNDER_WAY), answered_telephone="418 555-0188")


@pytest.mark.parametrize(("side", "other"), [("group", "418-555-0188"), ("organization", "819-555-0142")])
def test_question_shows_whom_to_call(pairing: Pairing, side: str, other: str) -> None:
    words = text_of(browser().get(link("spoken", pairing, side=side)))
    assert "Avez-vous parlé à" in words
    assert other in words


@pytest.mark.parametrize(("said", "state"), [("yes", S.UNDER_WAY), ("no", S.INTRODUCED)])
def test_spoken_is_noted(pairing: Pairing, said: str, state: str) -> None:
    page = browser().post(link("spoken", pairing, side="group"), {"answer": said})
    pairing.refresh_from_db()
    assert page.status_code == 200
    assert pairing.state == state
    assert "Merci" in text_of(page)


@pytest.mark.parametrize(
    ("side", "said", "state"),
    [
        ("group", "helped", S.HELPED),
        ("group", "ongoing", S.UNDER_WAY),
        ("group", "not_helped", S.NOT_HELPED),
        ("organization", "helped", S.UNDER_WAY),
        ("organization", "not_helped", S.NOT_HELPED),
    ],
)
def test_outcome_is_noted(pairing: Pairing, side: str, said: str, state: str) -> None:
    page = browser().post(link("outcome", pairing, side=side), {"answer": said})
    pairing.refresh_from_db()
    assert page.status_code == 200
    assert pairing.state == state


def test_second_press_is_thanked_and_changes_nothing(pairing: Pairing) -> None:
    url = link("outcome", pairing, side="group")
    for said in ("helped", "not_helped"):
        assert browser().post(url, {"answer": said}).status_code == 200
    pairing.refresh_from_db()
    assert pairing.state == S.HELPED


@pytest.mark.parametrize("purpose", ["spoken", "outcome"])
@pytest.mark.parametrize("typed", [{}, {"answer": "under_way"}, {"answer": "<script>"}])
def test_unknown_answer_shows_the_question(pairing: Pairing, purpose: str, typed: dict[str, str]) -> None:
    page = browser().post(link(purpose, pairing, side="group"), typed)
    pairing.refresh_from_db()
    assert page.status_code == 200
    assert 'name="answer"' in text_of(page)
    assert pairing.state == S.INTRODUCED


@pytest.mark.parametrize("data", [{}, {"side": "nobody"}, {"side": None}])
def test_link_without_a_side_opens_nothing(pairing: Pairing, data: dict[str, object]) -> None:
    assert browser().get(link("spoken", pairing, **data)).status_code == 404


def test_ended_introduction_says_so(pairing: Pairing) -> None:
    Pairing.objects.update(state=S.WITHDRAWN)
    page = browser().post(link("spoken", pairing, side="group"), {"answer": "yes"})
    assert page.status_code == 409
    assert "terminée" in text_of(page)


def test_someone_elses_link_is_refused_when_signed_in(pairing: Pairing) -> None:
    page = signed_in(UserFactory()).post(link("outcome", pairing, side="group"), {"answer": "helped"})
    assert page.status_code == 403
    pairing.refresh_from_db()
    assert pairing.state == S.INTRODUCED


def test_looking_changes_nothing(pairing: Pairing) -> None:
    before = Pairing.objects.values().get()
    for purpose in ("spoken", "outcome"):
        assert not browser().get(link(purpose, pairing, side="group")).cookies
    assert Pairing.objects.values().get() == before


def test_link_of_nothing_opens_nothing() -> None:
    assert browser().get(reverse("pairings:outcome_by_token", args=["x"])).status_code == 404
