"""« Tout est-il encore exact? »: once a year, by an editor or by the network itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from expertise.organizations import services, signals
from expertise.organizations.models import Organization
from expertise.organizations.services.confirming import asks_by_itself_at, to_confirm
from maillage.core.models import AuditEntry
from tests.factories import OrganizationFactory, SeatFactory, UserFactory

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)
DAY = timedelta(days=1)


def said(at: datetime, **fields: object) -> Organization:
    """An organization with an owner, which last confirmed what it says then."""
    organization = OrganizationFactory(created_at=at, confirmed_at=at, **fields)
    SeatFactory(organization=organization)
    return organization


def asked() -> int:
    return AuditEntry.objects.filter(verb="organization.confirmation_asked").count()


def test_editor_asks_once_with_one_entry_and_one_signal(now: datetime) -> None:
    organization, heard = said(now - YEAR - DAY), []

    def hear(pk: int, **_: object) -> None:
        heard.append(pk)

    signals.organization_confirmation_asked.connect(hear)
    editor = UserFactory(editor=True)
    services.ask_confirmation(organization=organization, actor=editor, now=now)
    with pytest.raises(services.WrongStateError):
        services.ask_confirmation(organization=organization, actor=editor, now=now)
    assert heard == [organization.pk]
    assert AuditEntry.objects.get(verb="organization.confirmation_asked").actor == editor


def test_those_that_need_no_question_are_not_asked(now: datetime) -> None:
    for organization in (
        said(now - YEAR + DAY),
        said(now - 2 * YEAR, state="suspended"),
        said(now - 2 * YEAR, state="unclaimed"),
        OrganizationFactory(created_at=now - 2 * YEAR),  # nobody would read it
    ):
        with pytest.raises(services.WrongStateError):
            services.ask_confirmation(organization=organization, now=now)
    assert services.ask_overdue(now=now) == asked() == 0


def test_confirming_ends_the_waiting_for_a_year(now: datetime) -> None:
    organization = said(now - 2 * YEAR)
    services.confirm_organization(organization=organization, actor=UserFactory(), now=now)
    assert not to_confirm(now + YEAR).exists()
    assert to_confirm(now + YEAR + DAY).get() == organization


def test_network_asks_by_itself_two_weeks_after_it_was_left_to_editors(now: datetime) -> None:
    said(now - YEAR - 13 * DAY)
    assert services.ask_overdue(now=now) == 0
    assert services.ask_overdue(now=now + DAY) == 1
    assert services.ask_overdue(now=now + DAY) == 0
    assert AuditEntry.objects.get(verb="organization.confirmation_asked").actor is None


def test_network_asks_on_the_day_that_the_page_names_at_whatever_hour(now: datetime) -> None:
    said(now - YEAR - DAY)
    names = asks_by_itself_at(to_confirm(now).get())
    assert names == now + 13 * DAY
    midnight = names.replace(hour=5, minute=1)  # 0:01 there
    assert services.ask_overdue(now=midnight - timedelta(minutes=2)) == 0
    assert services.ask_overdue(now=midnight) == 1


def test_silence_is_asked_again_once_a_season(now: datetime, settings: SettingsWrapper) -> None:
    organization = said(now - 2 * YEAR)
    services.ask_confirmation(organization=organization, now=now)
    season = timedelta(days=settings.CONFIRMATION_AGAIN_AFTER_DAYS)
    assert not to_confirm(now + season).exists()
    later = to_confirm(now + season + DAY).get()
    assert asks_by_itself_at(later) == now + season + timedelta(days=settings.CONFIRMATION_LEFT_TO_EDITORS_DAYS)


def test_a_day_asks_a_few_the_longest_silent_first(now: datetime, settings: SettingsWrapper) -> None:
    settings.CONFIRMATIONS_A_DAY = 2
    silent = [said(now - 2 * YEAR - number * DAY) for number in range(3)]
    assert services.ask_overdue(now=now) == 2
    assert to_confirm(now).get() == silent[0]
    assert services.ask_overdue(now=now + DAY) == 1
    assert asked() == Organization.objects.count() == 3
