"""From the mail on: the clock starts once, one reminder while it matters, no lapse before its time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from expertise.needs.enums import NeedState
from expertise.pairings import services
from expertise.pairings.enums import PairingState as S, Reach
from expertise.pairings.models import Wave
from tests.expertise.pairings.builders import heard, pairing_in
from tests.factories import NeedFactory, PairingFactory

if TYPE_CHECKING:
    from datetime import datetime


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network_contact")]


def test_told_starts_the_clock_once_and_gives_a_late_mail_its_time(now: datetime) -> None:
    wave = Wave.objects.create(need=NeedFactory(), number=1, reach=Reach.REGION, proposed_at=now, ends_at=now)
    pairing = PairingFactory(need=wave.need, wave=wave, told_at=None)
    with heard() as signals:
        services.record_told(pairing_id=pairing.pk, now=now)
        services.record_told(pairing_id=pairing.pk, now=now + timedelta(hours=1))
    pairing.refresh_from_db()
    wave.refresh_from_db()
    assert signals == {"pairing_told": 1}
    assert pairing.told_at == now
    assert pairing.lapses_at == wave.ends_at > now


def test_reminder_matters_once_and_only_while_it_does(now: datetime) -> None:
    pairing = PairingFactory(told_at=None)
    assert not services.remind_pairing(pairing_id=pairing.pk, now=now)
    services.record_told(pairing_id=pairing.pk, now=now)
    assert services.remind_pairing(pairing_id=pairing.pk, now=now)
    assert not services.remind_pairing(pairing_id=pairing.pk, now=now)
    answered = pairing_in(S.OFFERED)
    assert not services.remind_pairing(pairing_id=answered.pk, now=now)
    ended = PairingFactory(need__state=NeedState.WITHDRAWN)
    assert not services.remind_pairing(pairing_id=ended.pk, now=now)


def test_lapse_before_its_time_does_nothing(now: datetime) -> None:
    pairing = PairingFactory(told_at=None)
    services.record_told(pairing_id=pairing.pk, now=now)
    services.lapse_pairing(pairing_id=pairing.pk, now=now + timedelta(days=1))
    pairing.refresh_from_db()
    assert pairing.state == S.PROPOSED
