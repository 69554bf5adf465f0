"""The list of skills of an organization, and its exceptions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from expertise.organizations.services import (
    SkillTerms,
    TooManyError,
    UnknownSkillError,
    set_organization_skills,
)
from expertise.organizations.services.skills import MAX_SKILLS
from expertise.skills.enums import SkillState
from expertise.skills.models import Skill
from expertise.skills.services import merge_skill, propose_skill
from expertise.skills.tagging import NotASkillError
from tests.factories import OrganizationFactory, SeatFactory, SkillFactory, UserFactory

if TYPE_CHECKING:
    from collections import Counter
    from datetime import datetime

pytestmark = pytest.mark.django_db


def test_saving_the_list_confirms_it_and_drops_the_rest(now: datetime, heard: Counter[str]) -> None:
    organization = OrganizationFactory()
    kept, dropped, added = SkillFactory.create_batch(3)
    actor = UserFactory()
    set_organization_skills(organization=organization, skills=[kept, dropped], actor=actor, now=now)
    later = now + timedelta(days=30)
    set_organization_skills(organization=organization, skills=[kept, added], actor=actor, now=later)
    rows = organization.organization_skills.all()
    assert {row.tag for row in rows} == {kept, added}
    assert {row.confirmed_at for row in rows} == {later}
    assert heard == {"organization_changed": 2}


def test_an_organization_without_skills_is_a_full_member(now: datetime) -> None:
    organization = OrganizationFactory()
    set_organization_skills(
        organization=organization, skills=SkillFactory.create_batch(2), actor=UserFactory(), now=now
    )
    set_organization_skills(organization=organization, skills=[], actor=UserFactory(), now=now)
    assert not organization.organization_skills.exists()


def test_exceptions_are_kept_until_they_are_set_anew(now: datetime) -> None:
    organization, skill = OrganizationFactory(), SkillFactory()
    terms = {skill.pk: SkillTerms(help_kinds=["market"], served_regions=["09"])}
    set_organization_skills(organization=organization, skills=[skill], actor=UserFactory(), now=now, terms=terms)
    set_organization_skills(organization=organization, skills=[skill], actor=UserFactory(), now=now)
    row = organization.organization_skills.get()
    assert (row.help_kinds, row.served_regions) == (["market"], ["09"])
    set_organization_skills(organization=organization, skills=[skill], actor=UserFactory(), now=now, terms={})
    row.refresh_from_db()
    assert (row.help_kinds, row.served_regions) == (None, None)


def test_a_merged_skill_counts_as_the_one_that_stands_for_it(now: datetime) -> None:
    organization, old, kept = OrganizationFactory(), SkillFactory(), SkillFactory()
    merge_skill(skill=old, into=kept, actor=UserFactory(editor=True), now=now)
    old.refresh_from_db()
    set_organization_skills(organization=organization, skills=[old, kept], actor=UserFactory(), now=now)
    assert organization.organization_skills.get().tag == kept


def test_a_proposal_works_at_once_for_its_proposer_only(now: datetime) -> None:
    seat = SeatFactory()
    skill = propose_skill(label="réparation de trottinettes", lang="fr", actor=seat.user, now=now)
    set_organization_skills(organization=seat.organization, skills=[skill], actor=seat.user, now=now)
    assert seat.organization.organization_skills.get().tag == skill
    stranger = SeatFactory()
    with pytest.raises(UnknownSkillError):
        set_organization_skills(organization=stranger.organization, skills=[skill], actor=stranger.user, now=now)


def test_nobody_ticks_every_box(now: datetime) -> None:
    skills = Skill.objects.bulk_create(
        Skill(name=f"s{n}", slug=f"s{n}", source="t", source_id=str(n), state=SkillState.ACTIVE)
        for n in range(MAX_SKILLS + 1)
    )
    with pytest.raises(TooManyError):
        set_organization_skills(organization=OrganizationFactory(), skills=skills, actor=UserFactory(), now=now)


def test_words_never_become_tags_by_themselves() -> None:
    organization = OrganizationFactory()
    with pytest.raises(NotASkillError):
        organization.skills.add("hébergement web")
    organization.skills.add(SkillFactory())
    assert organization.organization_skills.count() == 1
