"""« Où en est-on? »: what was done, what is awaited, what comes next and when, in plain words and dates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, ngettext

from expertise.needs.enums import NeedState
from expertise.needs.selectors import contact_of
from expertise.pairings import clocks, rounds
from expertise.pairings.enums import Origin, PairingState as S, Reach
from expertise.pairings.introductions import INTRODUCED_STATES
from maillage.core.formats import telephone_parts

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from expertise.needs.models import Need
    from expertise.pairings.models import Pairing, Wave

DONE, NOW, NEXT = "done", "now", "next"
SEARCHING = (NeedState.OPEN, NeedState.UNANSWERED)


@dataclass(frozen=True, slots=True)
class Step:
    """One line, as ``components/steps.html`` draws it; ``state`` is ``done``, ``now`` or ``next``."""

    label: str
    state: str
    at: datetime | None = None
    note: str = ""


def timeline(need: Need, now: datetime) -> list[Step]:
    """Steps of a need that was published, oldest first; a fixed number of queries whatever its length.

    It names who was asked: for the group, its contact and editors only.
    """
    waves = list(need.waves.order_by("number"))
    pairings = list(need.pairings.select_related("organization", "referred_to").order_by("answered_at", "pk"))
    if need.opened_at is None:
        return [Step(_("Demande écrite"), DONE, need.created_at), *_ahead(need, waves, pairings, now)]
    past = [Step(_("Demande publiée"), DONE, need.opened_at), *(_wave_step(wave, pairings) for wave in waves)]
    past += [*_volunteers(pairings), *_answers(pairings), *_introductions(pairings)]
    return [*sorted(past, key=lambda step: step.at or now), *_ahead(need, waves, pairings, now)]


def _wave_step(wave: Wave, pairings: list[Pairing]) -> Step:
    names = _names(pairing for pairing in pairings if pairing.wave_id == wave.pk)
    reach = "" if wave.origin != Origin.MATCHED or wave.reach == Reach.REGION else str(Reach(wave.reach).label)
    origins = {
        Origin.BY_NAME: _("Organisme que vous avez nommé"),
        Origin.BY_HAND: _("Organisme ajouté par la personne-ressource"),
        Origin.REFERRED: _("Organisme recommandé"),
    }
    count = sum(pairing.wave_id == wave.pk for pairing in pairings)
    label = ngettext("%(count)s organisme consulté", "%(count)s organismes consultés", count) % {"count": count}
    if wave.origin in origins:
        label = origins[Origin(wave.origin)]
    elif not count:
        label = _("Organismes consultés")
    return Step(label, DONE, wave.proposed_at, "; ".join(part for part in (names, reach) if part))


def _volunteers(pairings: list[Pairing]) -> list[Step]:
    found = [pairing for pairing in pairings if pairing.origin == Origin.VOLUNTEERED and pairing.answered_at]
    return [
        Step(_("%(name)s s’est proposé") % {"name": pairing.organization.shown_name}, DONE, pairing.answered_at)
        for pairing in found
    ]


def _answers(pairings: list[Pairing]) -> list[Step]:
    """« 2 offres, 1 « pas cette fois » », with who said what."""
    said = [_said(pairing) for pairing in pairings]
    counted = Counter(kind for kind, _note in said if kind)
    labels = {
        "offer": ngettext("%(count)s offre", "%(count)s offres", counted["offer"]),
        "no": ngettext("%(count)s « pas cette fois »", "%(count)s « pas cette fois »", counted["no"]),
        "someone": ngettext("%(count)s recommandation", "%(count)s recommandations", counted["someone"]),
        "silence": ngettext("%(count)s sans réponse", "%(count)s sans réponse", counted["silence"]),
    }
    label = ", ".join(text % {"count": counted[kind]} for kind, text in labels.items() if counted[kind])
    if not label:
        return []
    moments = [pairing.answered_at or pairing.ended_at for pairing in pairings if _said(pairing)[0]]
    at = max((moment for moment in moments if moment is not None), default=None)
    return [Step(label, DONE, at, "; ".join(note for _kind, note in said if note))]


def _said(pairing: Pairing) -> tuple[str, str]:
    """What kind of answer a pairing is, and in words; offers have their own cards and need none."""
    name = pairing.organization.shown_name
    if pairing.help_kind:
        is_back = pairing.state == S.WITHDRAWN
        return "offer", _("%(name)s a retiré son offre") % {"name": name} if is_back else ""
    if pairing.state == S.DECLINED:
        return "no", f"{name}, {pairing.get_decline_reason_display().lower()}"
    if pairing.state == S.REFERRED:
        someone = pairing.referred_to.shown_name if pairing.referred_to else pairing.referred_word.replace("\n", ", ")
        return "someone", _("%(name)s recommande %(someone)s") % {"name": name, "someone": someone}
    if pairing.state in (S.LAPSED, S.UNREACHABLE):
        return "silence", ""
    return "", ""


def _introductions(pairings: list[Pairing]) -> list[Step]:
    return [
        Step(
            _("Mise en contact avec %(name)s") % {"name": pairing.organization.shown_name}, DONE, pairing.introduced_at
        )
        for pairing in pairings
        if pairing.state in INTRODUCED_STATES and pairing.introduced_at is not None
    ]


def _ahead(need: Need, waves: list[Wave], pairings: list[Pairing], now: datetime) -> list[Step]:
    """What people wait for now, and what follows."""
    state = NeedState(need.state)
    if state == NeedState.HELD:
        note = _("C’est votre première demande : quelqu’un vérifie que c’est bien vous.")
        return [
            Step(_("Une personne du réseau lit votre demande"), NOW, note=note),
            Step(_("Des organismes sont consultés"), NEXT),
        ]
    if state == NeedState.OPEN:
        return [*_searching(need, waves, pairings, now), *_to_come()]
    if state == NeedState.ANSWERED:
        return [_to_choose(need, pairings, now), Step(_("Mise en contact"), NEXT, note=_("aussitôt après"))]
    if state == NeedState.UNDER_WAY:
        return _under_way(need, pairings)
    if state == NeedState.UNANSWERED:
        return [_with_contact(need, now), *_to_come()]
    ended = {
        NeedState.FULFILLED: _("Demande réglée"),
        NeedState.CLOSED_UNKNOWN: _("Fermée sans nouvelles"),
        NeedState.WITHDRAWN: _("Demande retirée"),
    }
    return [Step(ended[state], DONE, need.ended_at)]


def _to_come() -> list[Step]:
    return [Step(_("À vous de choisir parmi les offres"), NEXT), Step(_("Mise en contact"), NEXT)]


def _searching(need: Need, waves: list[Wave], pairings: list[Pairing], now: datetime) -> list[Step]:
    pace = rounds.pace(need)
    due = clocks.contact_due(opened_at=rounds.searching_since(need), pace=pace)
    steps = []
    if not waves:
        steps.append(Step(_("Nous cherchons qui peut aider"), NOW, note=_("Quelques secondes, d’habitude.")))
    elif any(pairing.state == S.PROPOSED for pairing in pairings) and waves[-1].ends_at > now:
        label = _("Nous attendons les réponses")
        steps.append(Step(label, NOW, waves[-1].ends_at, _widening(waves)))
    else:
        steps.append(Step(_("Nous consultons d’autres organismes"), NOW))
    if not pace.is_urgent and due > now:
        steps.append(Step(_("Sans offre, votre personne-ressource prend le relais"), NEXT, due))
    return steps


def _widening(waves: list[Wave]) -> str:
    """What happens at the end of the last wave, if nobody offers."""
    reaches = [wave.reach for wave in waves if wave.origin == Origin.MATCHED]
    sentences = {
        None: _("Ensuite, d’autres organismes de la région."),
        Reach.REGION: _("Ensuite, d’autres organismes, dans les régions voisines et à distance."),
        Reach.NEIGHBOURS: _("Ensuite, d’autres organismes, parmi des compétences plus larges."),
        Reach.BROADER: _("Ensuite, votre personne-ressource."),
    }
    return sentences[Reach(reaches[-1]) if reaches else None]


def _to_choose(need: Need, pairings: list[Pairing], now: datetime) -> Step:
    waiting = [p.answered_at for p in pairings if p.state == S.OFFERED and p.answered_at is not None]
    due = clocks.choice_reminder_due(offered_at=min(waiting), pace=rounds.pace(need)) if waiting else None
    return Step(_("À vous de choisir"), NOW, due if due is not None and due > now else None)


def _with_contact(need: Need, now: datetime) -> Step:
    contact = contact_of(need, now)
    label = _("Votre personne-ressource cherche avec vous")
    if contact is None:
        return Step(label, NOW)
    values = {"name": contact.name, "telephone": telephone_parts(contact.telephone)[0]}
    return Step(label, NOW, note=_("%(name)s vous appelle. Vous pouvez aussi l’appeler au %(telephone)s.") % values)


def _under_way(need: Need, pairings: list[Pairing]) -> list[Step]:
    moments = [p.introduced_at for p in pairings if p.state in INTRODUCED_STATES and p.introduced_at is not None]
    if not moments:
        return []
    due = clocks.outcome_due(introduced_at=max(moments), pace=rounds.pace(need), time=1)
    return [
        Step(_("Vous vous parlez et convenez de la suite"), NOW),
        Step(_("Nous vous demandons comment cela s’est terminé"), NEXT, due),
    ]


def _names(pairings: Iterable[Pairing]) -> str:
    return ", ".join(pairing.organization.shown_name for pairing in pairings)
