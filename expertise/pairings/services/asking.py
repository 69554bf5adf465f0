"""Asking organizations: the row of a wave and its pairings; one named by the group, or added by a human."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models, transaction

from expertise.organizations.models import Organization
from expertise.organizations.querysets import ASKED_STATES
from expertise.pairings import rounds, signals
from expertise.pairings.candidates import Asked, off_limits
from expertise.pairings.clocks import wave_ends
from expertise.pairings.enums import Origin, PairingState as S, Reach
from expertise.pairings.models import Pairing, Wave
from expertise.pairings.services.errors import AlreadyAskedError, NotAskableError
from expertise.pairings.services.introducing import check_takes_offers
from expertise.pairings.services.locks import check_capacity, lock_need
from maillage.core import audit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from expertise.needs.models import Need
    from maillage.core.permissions import Actor
    from members.models import User

# A row that is asked again begins anew; what it said before stays in the audit trail.
BLANK: dict[str, object] = {
    "told_at": None,
    "reminded_at": None,
    "lapses_at": None,
    "answered_at": None,
    "answered_by": None,
    "answered_address": "",
    "answered_name": "",
    "answered_telephone": "",
    "is_answerer_shown": False,
    "word": "",
    "help_kind": "",
    "amount": None,
    "amount_unit": "",
    "is_quote_to_come": False,
    "available_on": None,
    "decline_reason": "",
    "referred_to": None,
    "referred_word": "",
    "referred_by": None,
    "added_by": None,
    "note": "",
    "introduced_at": None,
    "spoken_at": None,
    "group_outcome": "",
    "organization_outcome": "",
    "ended_at": None,
}
ASKED_AGAIN = frozenset({S.LAPSED, S.SUPERSEDED, S.WITHDRAWN, S.UNREACHABLE, S.DECLINED, S.REFERRED})


@transaction.atomic
def propose_by_name(*, need_id: int, organization: Organization, now: datetime) -> Wave:
    """« Demander à cet organisme »: the group named it, it is asked alone before anyone else.

    Raises:
        NeedClosedError, PlacesTakenError: the need looks for nobody.
        NotAskableError: this pair is not to be; AlreadyAskedError: it is asked already.
        OrganizationFullError: it helps as many groups as it can.
    """
    need = lock_need(need_id)
    check_takes_offers(need)
    check_askable(need=need, organization=organization)
    return open_wave(need=need, asked=[Asked(organization.pk)], origin=Origin.BY_NAME, now=now)


@transaction.atomic
def add_by_hand(*, need: Need, organization: Organization, actor: User, now: datetime, note: str = "") -> Wave:
    """A contact or an editor adds an organization, with a word to it.

    Raises: as ``propose_by_name``.
    """
    locked = lock_need(need.pk)
    check_takes_offers(locked)
    check_askable(need=locked, organization=organization)
    facts = {"added_by": actor, "note": note.strip()}
    return open_wave(
        need=locked, asked=[Asked(organization.pk)], origin=Origin.BY_HAND, now=now, actor=actor, facts=facts
    )


def check_askable(*, need: Need, organization: Organization) -> None:
    """Whether this pair may be, under the need's lock; takes the organization's availability.

    Raises:
        NotAskableError: own group, suspended, blocked, unticked, refused for good.
        AlreadyAskedError: it is asked, or has answered, already.
        OrganizationFullError: it helps as many groups as it can.
    """
    if organization.pk in off_limits(need):
        raise NotAskableError
    if not Organization.objects.filter(pk=organization.pk, state__in=ASKED_STATES).exists():
        raise NotAskableError
    row = Pairing.objects.filter(need_id=need.pk, organization_id=organization.pk).first()
    if row is not None and row.state not in ASKED_AGAIN:
        raise AlreadyAskedError
    check_capacity(organization.pk)


def open_wave(
    *,
    need: Need,
    asked: Sequence[Asked],
    origin: Origin,
    now: datetime,
    reach: Reach = Reach.REGION,
    actor: Actor | None = None,
    facts: Mapping[str, object] | None = None,
) -> Wave:
    """Write one wave of a locked need and its pairings, rows of earlier waves reused; one audit entry, one signal.

    Args:
        need: locked.
        asked: who, already checked under the locks.
        origin: how they were found.
        now: the moment.
        reach: how far the search went.
        actor: a human who asked; None: the network.
        facts: further fields of the pairings.
    """
    last = Wave.objects.filter(need_id=need.pk).aggregate(last=models.Max("number"))["last"] or 0
    wave = Wave.objects.create(
        need=need, number=last + 1, origin=origin, reach=reach, proposed_at=now,
        ends_at=wave_ends(asked_at=now, pace=rounds.pace(need)),
    )  # fmt: skip
    common = {**BLANK, **(facts or {}), "wave": wave, "origin": origin, "state": S.PROPOSED, "proposed_at": now}
    _write_rows(need, asked, {**common, "updated_at": now})
    audit.record(
        verb="wave.proposed", subject=wave, now=now, actor=actor, need=need.pk, number=wave.number,
        origin=str(origin), reach=str(reach), organizations=[one.organization_id for one in asked],
    )  # fmt: skip
    signals.wave_proposed.send(sender=Wave, pk=wave.pk, now=now)
    return wave


def _write_rows(need: Need, asked: Sequence[Asked], common: Mapping[str, object]) -> None:
    rows = Pairing.objects.select_for_update(of=("self",)).filter(need_id=need.pk)
    known = {row.organization_id: row for row in rows.order_by("pk")}
    fresh = []
    for one in asked:
        row = known.get(one.organization_id) or Pairing(need=need, organization_id=one.organization_id)
        values = {**common, "score": one.score, "reasons": list(one.reasons)}
        for name, value in values.items():
            setattr(row, name, value)
        if row.pk:
            row.save(update_fields=list(values))
        else:
            fresh.append(row)
    Pairing.objects.bulk_create(fresh)
