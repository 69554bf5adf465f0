"""The index lives beside the database: found again, refreshed by what changes, never trusted when damaged."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine

from expertise.matching import Index, Vocabulary
from expertise.organizations.models import OrganizationSkill
from expertise.organizations.services import set_organization_skills, suspend_organization, update_organization
from expertise.pairings.candidates import rank_candidates
from expertise.pairings.enums import PairingState, Reach
from expertise.pairings.known import forget_index, index
from expertise.skills.selectors import forget_vocabulary
from expertise.skills.services import change_skill
from tasks.models import Job
from tasks.worker import run_job
from tests.factories import NeedFactory, OrganizationFactory, PairingFactory, SkillFactory, UserFactory

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from expertise.needs.models import Need

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: SettingsWrapper, tmp_path: Path) -> Path:
    settings.MATCHING_FOLDER = tmp_path / "matching"
    return tmp_path / "matching"


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was built, in order."""
    found: list[str] = []
    for kind in (Index, Vocabulary):
        real = kind.build
        name = kind.__name__
        monkeypatch.setattr(
            kind, "build", lambda *args, _real=real, _name=name, **more: found.append(_name) or _real(*args, **more)
        )
    return found


def new_process() -> None:
    forget_index()
    forget_vocabulary()


def found(need: Need, now: datetime) -> list[int]:
    return [one.organization_id for one in rank_candidates(need=need, now=now, reach=Reach.BROADER, limit=5)]


def test_another_process_reads_what_the_first_one_built(now: datetime, built: list[str], folder: Path) -> None:
    helper = OrganizationFactory(description="réparation de trottinettes")
    need = NeedFactory(text="Nos trottinettes sont en panne")
    first = found(need, now)
    assert first == [helper.pk]
    new_process()
    assert found(need, now) == first
    assert built == ["Vocabulary", "Index"]
    assert {path.name for path in folder.iterdir()} >= {"vocabulary.arrays", "index.arrays"}


@pytest.mark.parametrize("name", ["vocabulary.arrays", "index.arrays"])
def test_truncated_file_is_built_anew(name: str, now: datetime, folder: Path) -> None:
    helper = OrganizationFactory(description="réparation de trottinettes")
    need = NeedFactory(text="Nos trottinettes sont en panne")
    found(need, now)
    (folder / name).write_bytes((folder / name).read_bytes()[:-9])
    new_process()
    assert found(need, now) == [helper.pk]


def test_what_changed_a_moment_ago_counts_in_every_process(now: datetime) -> None:
    editor = UserFactory(editor=True)
    helper = OrganizationFactory(description="")
    skill = SkillFactory(name="trottinettes")
    need = NeedFactory(text="Nos trottinettes sont en panne")
    assert found(need, now) == []
    update_organization(
        organization=helper, actor=editor, now=now + timedelta(seconds=1), description="trottinettes à réparer"
    )
    assert found(need, now) == [helper.pk]
    update_organization(organization=helper, actor=editor, now=now + timedelta(seconds=2), description="")
    assert found(need, now) == []
    set_organization_skills(organization=helper, skills=[skill], actor=editor, now=now + timedelta(seconds=3))
    assert found(need, now) == [helper.pk]
    change_skill(skill=skill, actor=editor, now=now, name="patinettes")
    assert found(need, now) == []
    change_skill(skill=skill, actor=editor, now=now, synonyms_fr=["trottinette"])
    assert found(need, now) == [helper.pk]
    suspend_organization(organization=helper, actor=editor, now=now + timedelta(seconds=4))
    assert found(need, now) == []


def test_need_that_was_helped_speaks_for_who_helped(now: datetime) -> None:
    helper = OrganizationFactory(description="")
    pairing = PairingFactory(
        organization=helper, need=NeedFactory(text="Nos trottinettes sont en panne"), state=PairingState.PROPOSED
    )
    need = NeedFactory(text="Une trottinette en panne")
    assert found(need, now) == []
    type(pairing).objects.filter(pk=pairing.pk).update(state=PairingState.HELPED)
    assert found(need, now) == [helper.pk]


def test_changes_of_some_seconds_are_one_job_that_writes_the_file(
    now: datetime, built: list[str], folder: Path
) -> None:
    editor = UserFactory(editor=True)
    need = NeedFactory(text="Une trottinette en panne")
    OrganizationFactory.create_batch(3)
    helpers = OrganizationFactory.create_batch(3, description="")
    for helper in helpers:
        update_organization(organization=helper, actor=editor, now=now, description="trottinettes")
    job = Job.objects.get(kind="index_matching")
    assert now < job.due_at <= now + timedelta(seconds=10)
    with time_machine.travel(job.due_at, tick=False):
        run_job(job.pk)
    job.refresh_from_db()
    assert job.state == "done"
    assert built == ["Vocabulary", "Index"]
    new_process()
    assert set(found(need, now)) == {helper.pk for helper in helpers}
    assert built == ["Vocabulary", "Index"]


def test_removed_skill_row_changes_the_index(now: datetime) -> None:
    helper, skill = OrganizationFactory(), SkillFactory()
    row = OrganizationSkill.objects.create(tag=skill, content_object=helper)
    before = index(now=now).version
    row.delete()
    assert index(now=now).version != before
