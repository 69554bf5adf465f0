"""Every transition, legal and illegal: each action tried from each state."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from expertise.pairings import services
from expertise.pairings.enums import DeclineReason, Outcome, PairingState as S, Side
from tests.expertise.pairings.builders import ANSWER, OFFER, heard, pairing_in, verbs_of
from tests.factories import UserFactory

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from expertise.pairings.models import Pairing

    Action = Callable[[Pairing, datetime], object]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network_contact")]

ASKED = (S.PROPOSED, S.LAPSED)
HELPING = (S.INTRODUCED, S.UNDER_WAY)


def _volunteer(pairing: Pairing, now: datetime) -> object:
    return services.volunteer(
        need=pairing.need, organization=pairing.organization, facts=OFFER, answer=ANSWER, actor=UserFactory(), now=now
    )


def _lapse(pairing: Pairing, now: datetime) -> object:
    type(pairing).objects.filter(pk=pairing.pk).update(lapses_at=now)
    return services.lapse_pairing(pairing_id=pairing.pk, now=now)


def _unreachable(pairing: Pairing, now: datetime) -> object:
    type(pairing).objects.filter(pk=pairing.pk).update(told_at=None)
    return services.mark_unreachable(pairing_id=pairing.pk, now=now)


def _outcome(side: Side, outcome: Outcome) -> Action:
    return lambda pairing, now: services.record_outcome(pairing=pairing, side=side, outcome=outcome, now=now)


ACTIONS: dict[str, Action] = {
    "offer": lambda p, now: services.offer(pairing=p, facts=OFFER, answer=ANSWER, now=now),
    "volunteer": _volunteer,
    "decline": lambda p, now: services.decline(pairing=p, reason=DeclineReason.NO_ROOM, answer=ANSWER, now=now),
    "refer": lambda p, now: services.refer(pairing=p, organization=None, word="La Coop", answer=ANSWER, now=now),
    "withdraw": lambda p, now: services.withdraw_offer(pairing=p, now=now),
    "choose": lambda p, now: services.choose(pairing=p, now=now),
    "set_aside": lambda p, now: services.set_aside(pairing=p, now=now),
    "lapse": _lapse,
    "unreachable": _unreachable,
    "spoken": lambda p, now: services.record_spoken(pairing=p, side=Side.GROUP, has_spoken=True, now=now),
    "group_helped": _outcome(Side.GROUP, Outcome.HELPED),
    "group_not_helped": _outcome(Side.GROUP, Outcome.NOT_HELPED),
    "organization_not_helped": _outcome(Side.ORGANIZATION, Outcome.NOT_HELPED),
    "ongoing": _outcome(Side.ORGANIZATION, Outcome.ONGOING),
}
LEGAL: dict[tuple[str, str], str] = {
    **{("offer", state): S.OFFERED for state in ASKED},
    **{
        ("volunteer", state): S.OFFERED
        for state in (*ASKED, S.SUPERSEDED, S.WITHDRAWN, S.DECLINED, S.REFERRED, S.UNREACHABLE)
    },
    **{("decline", state): S.DECLINED for state in ASKED},
    **{("refer", state): S.REFERRED for state in ASKED},
    ("withdraw", S.OFFERED): S.WITHDRAWN,
    ("choose", S.OFFERED): S.INTRODUCED,
    ("set_aside", S.OFFERED): S.NOT_CHOSEN,
    ("lapse", S.PROPOSED): S.LAPSED,
    ("unreachable", S.PROPOSED): S.UNREACHABLE,
    ("spoken", S.INTRODUCED): S.UNDER_WAY,
    **{("group_helped", state): S.HELPED for state in HELPING},
    **{("group_not_helped", state): S.NOT_HELPED for state in HELPING},
    **{("organization_not_helped", state): S.NOT_HELPED for state in HELPING},
    ("ongoing", S.INTRODUCED): S.UNDER_WAY,
}
SIGNAL_OF = {
    S.OFFERED: "pairing_offered", S.DECLINED: "pairing_declined", S.REFERRED: "pairing_referred",
    S.LAPSED: "pairing_lapsed", S.UNREACHABLE: "pairing_unreachable", S.WITHDRAWN: "pairing_withdrawn",
    S.INTRODUCED: "pairing_introduced", S.NOT_CHOSEN: "pairing_not_chosen", S.UNDER_WAY: "pairing_under_way",
    S.HELPED: "pairing_helped", S.NOT_HELPED: "pairing_not_helped",
}  # fmt: skip
CASES = [(action, state) for action in ACTIONS for state in S.values]


@pytest.mark.parametrize(("action", "state"), CASES, ids=[f"{action}-{state}" for action, state in CASES])
def test_each_action_from_each_state(action: str, state: str, now: datetime) -> None:
    pairing = pairing_in(state)
    later = now + timedelta(hours=1)
    target = LEGAL.get((action, state))
    with heard() as signals:
        try:
            ACTIONS[action](pairing, later)
        except services.PairingError:
            assert target is None, "a legal transition was refused"
    pairing.refresh_from_db()
    assert pairing.state == (target or state)
    moved = {name: count for name, count in signals.items() if name.startswith("pairing_")}
    if target is None:
        assert moved == {}
        assert not set(verbs_of(pairing)) - {"pairing.told_outcome"}
    else:
        assert moved == {SIGNAL_OF[S(target)]: 1}
        verbs = [verb for verb in verbs_of(pairing) if verb != "pairing.told_outcome"]
        assert verbs == [SIGNAL_OF[S(target)].replace("_", ".", 1)]
    assert (pairing.ended_at is not None) == (pairing.state not in (S.PROPOSED, S.OFFERED, *HELPING))


def test_declining_for_good_closes_the_pair(now: datetime) -> None:
    pairing = pairing_in(S.DECLINED, decline_reason=DeclineReason.NOT_OUR_SKILL)
    with pytest.raises(services.NotAskableError):
        _volunteer(pairing, now)


def test_unknown_reason_side_and_outcome_are_refused(now: datetime) -> None:
    with pytest.raises(ValueError, match="because"):
        services.decline(pairing=pairing_in(S.PROPOSED), reason="because", answer=ANSWER, now=now)
    introduced = pairing_in(S.INTRODUCED)
    with pytest.raises(ValueError, match="nobody"):
        services.record_outcome(pairing=introduced, side="nobody", outcome=Outcome.HELPED, now=now)
    with pytest.raises(ValueError, match="great"):
        services.record_outcome(pairing=introduced, side=Side.GROUP, outcome="great", now=now)
