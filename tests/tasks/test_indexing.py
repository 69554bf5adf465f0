"""What changes is found as it is now, through rows of the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from expertise.organizations.services import suspend_organization, update_organization
from expertise.organizations.signals import organizations_imported
from expertise.skills.services import change_skill
from search.selectors import Query, search
from tasks.models import Job
from tasks.worker import run_job
from tests.factories import OrganizationFactory, SkillFactory, UserFactory

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    return [document.title for document in search(Query(text), AnonymousUser()).documents]


@pytest.fixture(autouse=True)
def _moment(now: datetime) -> Iterator[None]:
    """Rows of the test's moment are due."""
    with time_machine.travel(now, tick=False):
        yield


def run_indexing() -> None:
    for pk in Job.objects.filter(kind__startswith="index_document", state="pending").values_list("pk", flat=True):
        run_job(pk)


def test_changed_then_suspended_organization_follows(now: datetime) -> None:
    editor = UserFactory(editor=True)
    organization = OrganizationFactory(name="Passage")
    update_organization(organization=organization, actor=editor, now=now, description="imprimantes et scanneurs")
    run_indexing()
    assert found("imprimante") == ["Passage"]
    suspend_organization(organization=organization, actor=editor, now=now)
    run_indexing()
    assert found("imprimante") == []


def test_new_name_of_a_skill_reaches_those_who_hold_it(now: datetime) -> None:
    organization = OrganizationFactory(name="Poste verte")
    skill = SkillFactory(name="courriel")
    organization.skills.add(skill)
    change_skill(skill=skill, actor=UserFactory(editor=True), now=now, synonyms_fr=["bidule magique"])
    run_indexing()
    assert found("bidule magique") == ["Poste verte"]


def test_imported_batch_is_one_row(now: datetime) -> None:
    pks = [OrganizationFactory(description="chaloupes").pk for _ in range(3)]
    organizations_imported.send(sender=type(OrganizationFactory.build()), pks=pks, now=now)
    assert Job.objects.filter(kind="index_documents").count() == 1
    run_indexing()
    assert len(found("chaloupe")) == 3
