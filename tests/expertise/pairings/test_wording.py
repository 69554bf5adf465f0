"""Words: reasons, terms, answers and the steps of a need, in both languages."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from expertise.needs.enums import NeedState, When
from expertise.pairings import reasons, services, timeline, wording
from expertise.pairings.enums import ContactTaskReason, DeclineReason, PairingState as S
from expertise.pairings.models import Pairing
from tests.expertise.pairings.builders import ANSWER, OFFER, need_for, pairing_in, skilled
from tests.factories import NeedFactory, OrganizationFactory, SkillFactory

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.needs.models import Need

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network_contact")]
NB = "\u00a0"


def reason(code: str, **data: object) -> dict[str, object]:
    return {"code": code, "weight": 0.1, "data": data}


@time_machine.travel("2026-11-24T14:12:00Z", tick=False)
def test_reasons_are_said_in_both_languages() -> None:
    skill = SkillFactory(name="hébergement web", name_en="web hosting")
    broader = SkillFactory(name="sites web", name_en="websites")
    stored = [
        reason("skill", skill_id=skill.pk, confirmed_on="2026-08-03"),
        reason("skill", skill_id=skill.pk, confirmed_on="2024-08-03"),
        reason("broader_skill", skill_id=broader.pk, asked_id=skill.pk),
        reason("words", words="site, codes", ref=""),
        reason("guide", words="site", ref="Reprendre son domaine"),
        reason("help", words="site", ref=""),
        reason("region", region="08"),
        reason("neighbour", region="07"),
        reason("remote"),
        reason("distance_km", distance_km=40),
    ]
    assert reasons.sentences(stored) == [
        "hébergement web, confirmé en août",
        f"hébergement web, confirmé en août{' '}2024",
        "sites web (proche de hébergement web)",
        f"la fiche parle de{NB}: site, codes",
        f"a écrit «{NB}Reprendre son domaine{NB}»",
        "a aidé une demande semblable",
        "dans votre région",
        "dans une région voisine, Outaouais",
        "à distance",
        "à 40 km",
    ]
    with translation.override("en"):
        assert reasons.sentences(stored)[:1] == ["web hosting, confirmed in August"]
        assert reasons.sentences(stored)[4:] == [
            "wrote “Reprendre son domaine”",
            "helped with a similar request",
            "in your region",
            "in a neighbouring region, Outaouais",
            "remotely",
            "40 km away",
        ]


def test_reasons_that_lead_nowhere_any_more_are_left_out() -> None:
    assert reasons.sentences([reason("skill", skill_id=987654), reason("magic"), {"code": "words", "data": {}}]) == []


def test_reasons_of_many_cost_one_query() -> None:
    many = [[reason("skill", skill_id=SkillFactory().pk)] for _ in range(20)]
    with CaptureQueriesContext(connection) as queries:
        assert len(reasons.sentences_of(many)) == 20
    assert len(queries) == 1


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"help_kind": ""}, ""),
        ({"help_kind": "volunteer"}, "Gratuit"),
        (
            {"help_kind": "solidarity", "amount": Decimal(45), "amount_unit": "hour"},
            f"Tarif solidaire, 45{NB}$ l’heure",
        ),
        (
            {"help_kind": "market", "amount": Decimal("1234.5"), "amount_unit": "total"},
            f"Tarif courant, 1{NB}234,50{NB}$ en tout",
        ),
        ({"help_kind": "market", "is_quote_to_come": True}, "Tarif courant, soumission à venir"),
    ],
)  # fmt: skip
def test_terms_of_an_offer(fields: dict[str, object], expected: str) -> None:
    assert wording.terms(Pairing(**fields)) == expected


def test_day_of_an_offer(now: datetime) -> None:
    assert wording.available_from(Pairing(), now) == "dès maintenant"
    assert wording.available_from(Pairing(available_on=date(2026, 11, 24)), now) == "dès maintenant"
    assert wording.available_from(Pairing(available_on=date(2026, 11, 26)), now) == f"à partir du jeudi 26{NB}novembre"


def test_moment_is_said_as_people_say_it(now: datetime) -> None:
    assert wording.recent_moment(now, now) == f"aujourd’hui à 9{NB}h{NB}12"
    assert wording.recent_moment(now, now + timedelta(days=3)) == f"mardi à 9{NB}h{NB}12"
    assert wording.recent_moment(now, now + timedelta(days=9)) == f"le mardi 24{NB}novembre à 9{NB}h{NB}12"
    with translation.override("en"):
        assert wording.recent_moment(now, now + timedelta(days=3)) == f"Tuesday at 9:12{NB}a.m."


# Where are we?


def labels(need: Need, now: datetime, state: str | None = None) -> list[str]:
    need.refresh_from_db()
    return [step.label for step in timeline.timeline(need, now) if state in (None, step.state)]


def test_steps_follow_the_whole_way(now: datetime) -> None:
    skill = SkillFactory()
    skilled(3, skill)
    need = need_for(skill)
    assert labels(need, now) == [
        "Demande publiée", "Nous cherchons qui peut aider", "Sans offre, votre personne-ressource prend le relais",
        "À vous de choisir parmi les offres", "Mise en contact",
    ]  # fmt: skip
    services.propose_wave(need_id=need.pk, now=now)
    assert labels(need, now, "done") == ["Demande publiée", "3 organismes consultés"]
    assert labels(need, now, "now") == ["Nous attendons les réponses"]
    first, second, third = need.pairings.order_by("pk")
    services.offer(pairing=first, facts=OFFER, answer=ANSWER, now=now)
    services.offer(pairing=second, facts=OFFER, answer=ANSWER, now=now)
    services.decline(pairing=third, reason=DeclineReason.NO_ROOM, answer=ANSWER, now=now)
    assert labels(need, now, "done")[-1] == f"2 offres, 1 «{NB}pas cette fois{NB}»"
    assert labels(need, now, "now") == ["À vous de choisir"]
    services.choose(pairing=first, now=now)
    assert labels(need, now, "done")[-1] == f"Mise en contact avec {first.organization.name}"
    services.record_outcome(pairing=first, side="group", outcome="helped", now=now)
    assert labels(need, now)[-1] == "Demande réglée"


def test_steps_say_what_comes_next_and_when(now: datetime) -> None:
    skill = SkillFactory()
    skilled(3, skill)
    need = need_for(skill)
    wave = services.propose_wave(need_id=need.pk, now=now)
    assert wave is not None
    (current,) = [step for step in timeline.timeline(need, now) if step.state == "now"]
    assert current.at == wave.ends_at
    assert "régions voisines" in current.note


def test_steps_of_a_need_left_to_its_contact_name_and_number(now: datetime) -> None:
    need = NeedFactory()
    services.name_contact(need_id=need.pk, reason=ContactTaskReason.NO_CANDIDATE, now=now)
    need.refresh_from_db()
    (current,) = [step for step in timeline.timeline(need, now) if step.state == "now"]
    assert f"819{NB}555-0100" in current.note


@pytest.mark.parametrize("state", list(NeedState.values))
def test_every_state_has_steps_in_both_languages(state: str, now: datetime) -> None:
    contact = services.calls.RegionalContact.objects.get()  # type: ignore[attr-defined]  # a module of the package
    opened_at = None if state in ("draft", "held") else now
    need = NeedFactory(state=state, opened_at=opened_at, contact=contact, when=When.TODAY)
    for lang in ("fr", "en"):
        with translation.override(lang):
            if state != NeedState.DRAFT:
                assert timeline.timeline(need, now)


def test_queries_of_the_steps_do_not_grow(now: datetime) -> None:
    counts = []
    for number in (2, 20):
        need = NeedFactory(state=NeedState.ANSWERED, places=5)
        for _ in range(number):
            pairing_in(S.OFFERED, need=need)
            pairing_in(S.REFERRED, need=need, referred_to=OrganizationFactory())
        with CaptureQueriesContext(connection) as queries:
            timeline.timeline(need, now)
        counts.append(len(queries))
    assert counts[0] == counts[1]
