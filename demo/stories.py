"""What became of the demo's needs, told through the same services as real ones, some days ago."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from expertise.needs.enums import NeedState
from expertise.needs.models import Need
from expertise.needs.services import publish_imported
from expertise.organizations.enums import HelpKind
from expertise.pairings.enums import ContactTaskReason, PairingState
from expertise.pairings.services import (
    AnswerFacts,
    OfferFacts,
    choose,
    name_contact,
    offer,
    propose_wave,
    record_outcome,
    record_spoken,
    record_told,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from expertise.pairings.models import Pairing

FILE = Path(__file__).parent / "needs.jsonl"
WORDS = {
    "fr": (
        "On a vu la même chose chez deux autres groupes cette année. On peut vous appeler dès demain matin.",
        "Ça nous fait plaisir : première heure gratuite, puis on regarde ensemble ce qui reste.",
    ),
    "en": ("We have been there ourselves. We can call you tomorrow morning.", "Happy to help: the first hour is free."),
}


def tell_stories(*, source: str, now: datetime) -> int:
    """Bring every imported draft to where its story says; return how many needs moved."""
    moved = 0
    for row in map(json.loads, FILE.read_text(encoding="utf-8").splitlines()):
        need = Need.objects.filter(source=source, source_id=row["id"], state=NeedState.DRAFT).first()
        if need is not None:
            _tell(need, row["story"], now - timedelta(days=row["days_ago"], hours=2))
            moved += 1
    return moved


def _tell(need: Need, story: str, began_at: datetime) -> None:
    publish_imported(need=need, now=began_at)
    if story == "unanswered":
        name_contact(need_id=need.pk, reason=ContactTaskReason.NO_CANDIDATE, now=began_at + timedelta(hours=1))
        return
    pairings = list(_asked(need, began_at + timedelta(minutes=1)))
    if story == "open" or not pairings:
        return
    answered_at = began_at + timedelta(hours=4)
    for pairing, word in zip(pairings, WORDS[need.lang], strict=False):
        # A group that takes the first answer is in contact by now: the others are told that it has found.
        if _fresh(pairing).state == PairingState.PROPOSED:
            _offer(pairing, word, answered_at)
            answered_at += timedelta(hours=2)
    chosen_at = answered_at + timedelta(hours=3)
    if story in {"introduced", "fulfilled"} and _fresh(pairings[0]).state == PairingState.OFFERED:
        choose(pairing=_fresh(pairings[0]), actor=need.author, now=chosen_at)
    if story == "fulfilled":
        record_spoken(pairing=_fresh(pairings[0]), side="group", has_spoken=True, now=chosen_at + timedelta(days=1))
        for side in ("group", "organization"):
            record_outcome(pairing=_fresh(pairings[0]), side=side, outcome="helped", now=chosen_at + timedelta(days=4))


def _asked(need: Need, now: datetime) -> Iterator[Pairing]:
    wave = propose_wave(need_id=need.pk, now=now)
    if wave is None:
        return
    for pairing in wave.pairings.select_related("organization").order_by("-score", "pk"):
        record_told(pairing_id=pairing.pk, now=now + timedelta(minutes=1))
        yield pairing


def _offer(pairing: Pairing, word: str, now: datetime) -> None:
    organization = pairing.organization
    kind = organization.help_kinds[0] if organization.help_kinds else HelpKind.VOLUNTEER.value
    seat = organization.seats.receiving().select_related("user").order_by("pk").first()
    answer = AnswerFacts(
        name=seat.user.name if seat is not None and seat.user is not None else organization.name,
        telephone=organization.telephone,
        is_shown=True,
    )
    is_quote = kind == HelpKind.MARKET
    offer(
        pairing=_fresh(pairing),
        facts=OfferFacts(word=word, help_kind=kind, is_quote_to_come=is_quote),
        answer=answer,
        now=now,
    )


def _fresh(pairing: Pairing) -> Pairing:
    return type(pairing).objects.get(pk=pairing.pk)
