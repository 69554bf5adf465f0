"""A wave ranks first and writes last: nothing slow happens while rows are locked, and nothing twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.template.base import Template

from expertise.matching import Index
from expertise.pairings import candidates, services
from expertise.pairings.enums import DeclineReason
from tasks.models import Job
from tests.expertise.pairings.builders import ANSWER, OFFER, need_for, skilled
from tests.factories import OrganizationFactory, SkillFactory

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.needs.models import Need
    from expertise.pairings.models import Wave
    from expertise.skills.models import Skill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network_contact")]


@pytest.fixture
def skill() -> Skill:
    return SkillFactory(name="hébergement web", name_en="web hosting")


def propose(need: Need, now: datetime) -> Wave | None:
    return services.propose_wave(need_id=need.pk, now=now)


@pytest.mark.django_db(transaction=True)
def test_ranking_happens_before_the_transaction(skill: Skill, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    skilled(3, skill)
    need = need_for(skill)
    seen: list[bool] = []
    for name in ("rank", "profiles", "index"):
        real = getattr(candidates, name)

        def watched(*args: object, real: object = real, **kwargs: object) -> object:
            seen.append(connection.in_atomic_block)
            return real(*args, **kwargs)  # type: ignore[operator]

        monkeypatch.setattr(candidates, name, watched)
    assert propose(need, now) is not None
    assert seen
    assert not any(seen)


@pytest.mark.django_db(transaction=True)
def test_no_service_renders(skill: Skill, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []
    monkeypatch.setattr(Template, "render", lambda self, _context: rendered.append(self.name) or "")
    skilled(3, skill)
    need = need_for(skill)
    propose(need, now)
    first, second, _ = need.pairings.order_by("pk")
    services.record_told(pairing_id=first.pk, now=now)
    services.offer(pairing=first, facts=OFFER, answer=ANSWER, now=now)
    services.decline(pairing=second, reason=DeclineReason.NOT_NOW, answer=ANSWER, now=now)
    services.choose(pairing=first, now=now)
    services.record_outcome(pairing=first, side="group", outcome="helped", now=now)
    assert Job.objects.filter(kind__startswith="compose:").exists(), "the mails are rows to be written later"
    assert rendered == []


@pytest.mark.django_db(transaction=True)
def test_wave_refuses_to_be_proposed_inside_a_transaction(skill: Skill, now: datetime) -> None:
    skilled(3, skill)
    need = need_for(skill)
    with transaction.atomic(), pytest.raises(RuntimeError):
        propose(need, now)


def test_index_is_built_once_for_the_same_profiles(
    skill: Skill, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    skilled(3, skill)
    built: list[object] = []
    real = Index.build
    monkeypatch.setattr(Index, "build", lambda *args, **before: built.append(args) or real(*args, **before))
    group = OrganizationFactory()
    for _ in range(3):
        propose(need_for(skill, organization=group), now)
    assert len(built) == 1
    skilled(1, skill)
    propose(need_for(skill, organization=group), now)
    assert len(built) == 2
