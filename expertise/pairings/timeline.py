"""« Où en est-on? »: what was done, what is awaited, what comes next and when, in plain words and dates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, ngettext

from expertise.needs.enums import NeedState
from expertise.pairings import clocks, rounds
from expertise.pairings.enums import PairingState as S

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.needs.models import Need
    from expertise.pairings.models import Pairing, Wave

ANSWERED_NO = frozenset({S.DECLINED, S.REFERRED, S.WITHDRAWN})
IN_TOUCH = frozenset({S.INTRODUCED, S.UNDER_WAY, S.HELPED, S.NOT_HELPED})


@dataclass(frozen=True, slots=True)
class Step:
    """One line, as ``components/steps.html`` draws it; ``state`` is ``done``, ``now`` or ``next``."""

    label: str
    state: str
    at: datetime | None = None
    note: str = ""


def timeline(need: Need, now: datetime) -> list[Step]:
    """Steps of a need that was published, oldest first; three queries whatever its length."""
    waves = list(need.waves.order_by("number"))
    pairings = list(need.pairings.select_related("organization").order_by("proposed_at", "pk"))
    steps = [Step(_("Demande publiée"), "done", need.opened_at)]
    steps += [_wave_step(wave, pairings) for wave in waves]
    steps += _answers(pairings)
    steps += [
        Step(_("Mise en contact avec %(name)s") % {"name": pairing.organization.name}, "done", pairing.introduced_at)
        for pairing in pairings
        if pairing.state in IN_TOUCH
    ]
    return [*steps, *_ahead(need, waves, pairings, now)]


def _wave_step(wave: Wave, pairings: list[Pairing]) -> Step:
    asked = [pairing.organization.name for pairing in pairings if pairing.wave_id == wave.pk]
    label = ngettext("%(count)d organisme consulté", "%(count)d organismes consultés", len(asked)) % {
        "count": len(asked)
    }
    return Step(label, "done", wave.proposed_at, ", ".join(asked))


def _answers(pairings: list[Pairing]) -> list[Step]:
    yes = [pairing for pairing in pairings if pairing.help_kind and pairing.answered_at]
    no = [pairing for pairing in pairings if pairing.state in ANSWERED_NO]
    steps = []
    if yes:
        label = ngettext("%(count)d offre reçue", "%(count)d offres reçues", len(yes)) % {"count": len(yes)}
        steps.append(Step(label, "done", max(p.answered_at for p in yes if p.answered_at)))
    if no:
        label = ngettext(
            "%(count)d «\u00a0pas cette fois\u00a0»", "%(count)d «\u00a0pas cette fois\u00a0»", len(no)
        ) % {"count": len(no)}
        moments = [p.answered_at for p in no if p.answered_at]
        steps.append(Step(label, "done", max(moments) if moments else None))
    return steps


def _ahead(need: Need, waves: list[Wave], pairings: list[Pairing], now: datetime) -> list[Step]:
    """What people wait for now, and what follows."""
    state = NeedState(need.state)
    if state == NeedState.HELD:
        return [
            Step(_("Une personne du réseau lit votre demande"), "now"),
            Step(_("Puis des organismes sont consultés"), "next"),
        ]
    if state == NeedState.OPEN:
        return _searching(need, waves, pairings, now)
    if state == NeedState.ANSWERED:
        return [Step(_("À vous de choisir"), "now"), Step(_("Mise en contact, aussitôt après"), "next")]
    if state == NeedState.UNDER_WAY:
        return _under_way(need, pairings)
    if state == NeedState.UNANSWERED:
        return [Step(_("Votre personne-ressource cherche avec vous et vous appelle"), "now")]
    ended = {
        NeedState.FULFILLED: _("Réglé"),
        NeedState.CLOSED_UNKNOWN: _("Fermée sans nouvelles"),
        NeedState.WITHDRAWN: _("Retirée"),
    }
    return [Step(ended[state], "done", need.ended_at)]


def _searching(need: Need, waves: list[Wave], pairings: list[Pairing], now: datetime) -> list[Step]:
    if not waves:
        return [Step(_("Nous cherchons qui peut aider"), "now", note=_("Quelques secondes, d’habitude."))]
    is_waiting = any(pairing.state == S.PROPOSED for pairing in pairings)
    steps = []
    if is_waiting:
        steps.append(Step(_("Réponses attendues, au plus tard"), "now", waves[-1].ends_at))
        steps.append(Step(_("Sinon, d’autres organismes sont consultés"), "next"))
    else:
        steps.append(Step(_("D’autres organismes vont être consultés"), "now"))
    pace = rounds.pace(need)
    if not pace.is_urgent:
        due = clocks.contact_due(opened_at=rounds.began_at(need), pace=pace)
        if due > now:
            steps.append(Step(_("Sans offre, votre personne-ressource prend le relais"), "next", due))
    return steps


def _under_way(need: Need, pairings: list[Pairing]) -> list[Step]:
    introduced = [pairing.introduced_at for pairing in pairings if pairing.state in IN_TOUCH and pairing.introduced_at]
    if not introduced:
        return []
    pace, since = rounds.pace(need), max(introduced)
    return [
        Step(_("Vous vous parlez et convenez de la suite"), "now"),
        Step(
            _("Nous demandons comment ça s’est terminé"),
            "next",
            clocks.outcome_due(introduced_at=since, pace=pace, time=1),
        ),
    ]
