"""Pairings in every state, and what is needed to answer one."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from expertise.needs.enums import NeedState
from expertise.needs.models import NeedSkill
from expertise.organizations.enums import HelpKind
from expertise.organizations.models import OrganizationSkill
from expertise.pairings import signals
from expertise.pairings.enums import DeclineReason, PairingState as S
from expertise.pairings.services import AnswerFacts, OfferFacts
from maillage.core.models import AuditEntry
from tests.factories import MOMENT, NeedFactory, OrganizationFactory, PairingFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from expertise.needs.models import Need
    from expertise.organizations.models import Organization
    from expertise.pairings.models import Pairing
    from expertise.skills.models import Skill

OFFER = OfferFacts(word="Disponibles dès jeudi.", help_kind=HelpKind.VOLUNTEER)
ANSWER = AnswerFacts(name="Alex Côté", telephone="819 555-0155", address="alex@example.org")
NEED_STATES = {
    S.OFFERED: NeedState.ANSWERED,
    S.INTRODUCED: NeedState.UNDER_WAY,
    S.UNDER_WAY: NeedState.UNDER_WAY,
    S.HELPED: NeedState.UNDER_WAY,
}
_ANSWERED = {"answered_at": MOMENT, "answered_name": "Alex Côté", "help_kind": HelpKind.VOLUNTEER}
_INTRODUCED = {**_ANSWERED, "introduced_at": MOMENT}
_FIELDS: dict[str, dict[str, Any]] = {
    S.OFFERED: _ANSWERED,
    S.WITHDRAWN: {**_ANSWERED, "ended_at": MOMENT},
    S.NOT_CHOSEN: {**_ANSWERED, "ended_at": MOMENT},
    S.INTRODUCED: _INTRODUCED,
    S.UNDER_WAY: _INTRODUCED,
    S.HELPED: {**_INTRODUCED, "ended_at": MOMENT},
    S.NOT_HELPED: {**_INTRODUCED, "ended_at": MOMENT},
    S.DECLINED: {"answered_at": MOMENT, "decline_reason": DeclineReason.NOT_NOW, "ended_at": MOMENT},
    S.REFERRED: {"answered_at": MOMENT, "ended_at": MOMENT},
    S.LAPSED: {"ended_at": MOMENT},
    S.SUPERSEDED: {"ended_at": MOMENT},
    S.UNREACHABLE: {"told_at": None, "ended_at": MOMENT},
}
SIGNALS = {name: value for name, value in vars(signals).items() if name.startswith(("pairing_", "wave_", "contact_"))}


def pairing_in(state: str, **fields: Any) -> Pairing:  # noqa: ANN401  fields of any model
    """A pairing in a state, valid as the database has it; its need is in the state that goes with it.

    A place more than the need fills keeps the place of an ended pairing from deciding the outcome.
    """
    need = fields.pop("need", None) or NeedFactory(state=NEED_STATES.get(S(state), NeedState.OPEN), places=2)
    return PairingFactory(need=need, state=state, **{**_FIELDS.get(state, {}), **fields})


@contextmanager
def heard() -> Iterator[Counter[str]]:
    """Count the signals of this room by name."""
    counted: Counter[str] = Counter()
    receivers = {}
    for name, signal in SIGNALS.items():

        def count(name: str = name, **_: object) -> None:
            counted[name] += 1

        receivers[name] = count
        signal.connect(count, weak=False)
    try:
        yield counted
    finally:
        for name, receiver in receivers.items():
            SIGNALS[name].disconnect(receiver)


def verbs_of(pairing: Pairing) -> list[str]:
    """The audit entries of a pairing, oldest first."""
    entries = AuditEntry.objects.filter(object_type="pairings.pairing", object_id=pairing.pk)
    return list(entries.order_by("at", "pk").values_list("verb", flat=True))


def skilled(count: int, skill: Skill, **fields: Any) -> list[Organization]:  # noqa: ANN401  fields of the model
    """Organizations that hold a skill: who a need for it is proposed to."""
    organizations = [OrganizationFactory(**fields) for _ in range(count)]
    for organization in organizations:
        OrganizationSkill.objects.create(tag=skill, content_object=organization, confirmed_at=MOMENT)
    return organizations


def need_for(skill: Skill, **fields: Any) -> Need:  # noqa: ANN401  fields of the model
    """An open need that asks for a skill."""
    need: Need = NeedFactory(**fields)
    NeedSkill.objects.create(tag=skill, content_object=need)
    return need


def states_of(need: Need) -> Counter[str]:
    """How many pairings of a need are in each state."""
    return Counter(need.pairings.values_list("state", flat=True))
