"""« À faire »: needs that wait for a human, and what is said of them is true."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from expertise.needs.enums import NeedState
from expertise.pairings import services, todo
from expertise.pairings.enums import ContactTaskState
from expertise.pairings.models import ContactTask
from maillage.core.formats import day_text
from tests.factories import NeedFactory, PairingFactory, RegionalContactFactory
from tests.home import waiting_needs as needs

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from expertise.needs.models import Need
    from expertise.organizations.models import RegionalContact
    from maillage.core.todo import Row

pytestmark = pytest.mark.django_db
LONG = timedelta(days=12)


@pytest.fixture
def contact() -> RegionalContact:
    """The network's own, after whom nobody comes."""
    found: RegionalContact = RegionalContactFactory(user__name="Luce Gagné")
    return found


def row_of(now: datetime) -> Row:
    waiting = todo.at_risk(now, 20)
    assert waiting.count == len(waiting.rows) == 1
    return waiting.rows[0]


@pytest.mark.parametrize(
    ("make", "label", "fallback"),
    [
        (needs.unanswered, "Consulter un organisme", "Sans geste, l’appel reste à Luce Gagné."),
        (needs.urgent, "Consulter d’autres organismes", "Sans geste, la recherche continue "),
        (needs.stopped, "Consulter d’autres organismes", "Sans geste, personne d’autre n’est consulté."),
        (needs.unchosen, "Voir les offres", "Sans geste, qui a offert de l’aide attend encore."),
        (needs.uncalled, "Consulter un organisme", "Sans geste, l’appel reste à Luce Gagné."),
    ],
)
def test_need_in_trouble_has_its_button_and_says_what_happens(
    contact: RegionalContact,
    now: datetime,
    make: Callable[[RegionalContact, datetime], Need],
    label: str,
    fallback: str,
) -> None:
    need = make(contact, now - LONG)
    row = row_of(now)
    assert (row.title, row.since) == (need.title, now - LONG)
    assert row.button is not None
    assert row.button.label == label
    assert row.fallback.startswith(fallback)
    assert row.second is None


def test_needs_that_go_their_way_are_not_in_trouble(contact: RegionalContact, now: datetime) -> None:
    running = NeedFactory(opened_at=now - LONG)
    needs.wave(running, proposed_at=now - LONG, ends_at=now + LONG)
    needs.stopped(contact, now - timedelta(minutes=30))
    needs.unchosen(contact, now - timedelta(days=3))
    needs.uncalled(contact, now - timedelta(days=4))
    for state in (NeedState.DRAFT, NeedState.FULFILLED, NeedState.WITHDRAWN):
        needs.call(NeedFactory(state=state), contact, now - LONG)
    assert todo.at_risk(now, 20).count == 0


def test_search_whose_last_answer_came_a_moment_ago_is_not_stopped(contact: RegionalContact, now: datetime) -> None:
    need = NeedFactory(opened_at=now - LONG, updated_at=now - LONG)
    PairingFactory(need=need, state="declined", decline_reason="not_now", answered_at=now, updated_at=now)
    assert todo.at_risk(now, 20).count == 0
    assert todo.at_risk(now + timedelta(hours=2), 20).count == 1


def test_reopened_search_has_its_hour_too(contact: RegionalContact, now: datetime) -> None:
    need = needs.stopped(contact, now - LONG)
    need.updated_at = now
    need.save()
    assert todo.at_risk(now, 20).count == 0


def test_call_passes_on_to_whom_and_when_the_row_says(contact: RegionalContact, now: datetime) -> None:
    regional = RegionalContactFactory(region="08", user__name="Alex Côté")
    need = needs.unanswered(regional, now)
    row = row_of(now)
    due = now + timedelta(days=3)
    assert row.fallback == f"Sans geste, l’appel passe à Luce Gagné le {day_text(due, today=now.date())}."
    assert row.second is not None
    assert row.second.label == "Passer l’appel à Luce Gagné"
    passed = services.pass_on(task_id=need.contact_tasks.get().pk, now=due)
    assert passed is not None
    assert passed.contact == contact


def test_deputy_who_is_back_by_then_is_the_one_named(contact: RegionalContact, now: datetime) -> None:
    regional = RegionalContactFactory(region="08")
    RegionalContactFactory(
        region="08", position=2, user__name="Ève Roy", absent_from=now.date(), absent_until=now.date()
    )
    needs.unanswered(regional, now)
    row = row_of(now)
    assert "passe à Ève Roy" in row.fallback
    assert row.second is not None
    assert row.second.label == "Passer l’appel à Luce Gagné"


def test_call_that_its_clock_left_behind_stays(contact: RegionalContact, now: datetime) -> None:
    regional = RegionalContactFactory(region="08", user__name="Alex Côté")
    needs.unanswered(regional, now - LONG)
    assert row_of(now).fallback == "Sans geste, l’appel reste à Alex Côté."


def test_need_whose_call_was_made_promises_no_other(contact: RegionalContact, now: datetime) -> None:
    needs.unanswered(contact, now - LONG)
    ContactTask.objects.update(state=ContactTaskState.DONE, ended_at=now)
    assert row_of(now).fallback == "Sans geste, aucun autre appel n’est prévu."


def test_held_need_without_a_call_says_that_it_stays(contact: RegionalContact, now: datetime) -> None:
    NeedFactory(held=True)
    (row,) = todo.held(now, 20).rows
    assert row.fallback == "Sans geste, la demande ne part pas."
    assert row.button is not None
    assert row.button.label == "Laisser partir"


def test_held_need_says_to_whom_its_call_passes(contact: RegionalContact, now: datetime) -> None:
    regional = RegionalContactFactory(region="08")
    needs.call(NeedFactory(held=True), regional, now)
    (row,) = todo.held(now, 20).rows
    assert row.since == now
    assert "l’appel passe à Luce Gagné le" in row.fallback
