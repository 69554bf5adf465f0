"""The taxonomy: proposed, accepted, changed, merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from expertise.needs.models import NeedSkill
from expertise.organizations.models import OrganizationSkill
from expertise.skills.enums import SkillState
from expertise.skills.models import Skill, SkillForm
from expertise.skills.selectors import forget_vocabulary, skill_named, vocabulary
from expertise.skills.services import (
    LabelError,
    SelfMergeError,
    WrongSkillStateError,
    accept_skill,
    change_skill,
    merge_skill,
    propose_skill,
)
from maillage.core import audit
from tests.factories import NeedFactory, OrganizationFactory, SkillFactory, UserFactory

if TYPE_CHECKING:
    from datetime import datetime

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_vocabulary() -> None:
    forget_vocabulary()


def test_proposal_is_seen_by_its_proposer_and_editors(now: datetime) -> None:
    actor = UserFactory()
    skill = propose_skill(label="  Réparation de\ttrottinettes ", lang="fr", actor=actor, now=now)
    assert (skill.name, skill.state, skill.proposed_by) == ("Réparation de trottinettes", SkillState.PROPOSED, actor)
    assert Skill.objects.visible_to(actor).contains(skill)
    assert Skill.objects.visible_to(UserFactory(editor=True)).contains(skill)
    assert not Skill.objects.visible_to(UserFactory()).contains(skill)


def test_proposing_what_exists_under_another_writing_finds_it(now: datetime) -> None:
    skill = SkillFactory(name="hébergement web")
    change_skill(skill=skill, actor=UserFactory(editor=True), now=now, synonyms_fr=["Hébergeur"])
    actor = UserFactory()
    assert propose_skill(label="HEBERGEMENT WEB", lang="fr", actor=actor, now=now) == skill
    assert propose_skill(label="hébergeur", lang="en", actor=actor, now=now) == skill
    assert Skill.objects.count() == 1


@pytest.mark.parametrize("label", ["", "   ", "!!!", "\x00\x07", "a" * 256, "\u200b"])
def test_a_label_needs_words(label: str, now: datetime) -> None:
    with pytest.raises(LabelError):
        propose_skill(label=label, lang="fr", actor=UserFactory(), now=now)
    assert not Skill.objects.exists()


def test_accepted_proposal_is_everyones_and_only_once(now: datetime) -> None:
    editor = UserFactory(editor=True)
    skill = propose_skill(label="sérigraphie", lang="fr", actor=UserFactory(), now=now)
    accept_skill(skill=skill, actor=editor, now=now)
    assert Skill.objects.active().contains(skill)
    assert [entry.verb for entry in audit.history(skill)] == ["skill.proposed", "skill.accepted"]
    with pytest.raises(WrongSkillStateError):
        accept_skill(skill=skill, actor=editor, now=now)


def test_merging_moves_every_through_row_without_doubles(now: datetime) -> None:
    old, kept = SkillFactory(), SkillFactory()
    both, alone = OrganizationFactory.create_batch(2)
    OrganizationSkill.objects.create(tag=old, content_object=both, confirmed_at=now)
    OrganizationSkill.objects.create(tag=kept, content_object=both)
    OrganizationSkill.objects.create(tag=old, content_object=alone)
    need = NeedFactory(organization=alone)
    NeedSkill.objects.create(tag=old, content_object=need)
    merge_skill(skill=old, into=kept, actor=UserFactory(editor=True), now=now)
    assert list(both.organization_skills.values_list("tag", "confirmed_at")) == [(kept.pk, now)]
    assert [row.tag for row in alone.organization_skills.all()] == [kept]
    assert [row.tag for row in need.need_skills.all()] == [kept]
    old.refresh_from_db()
    assert (old.state, old.merged_into) == (SkillState.MERGED, kept)


def test_words_of_a_merged_skill_lead_to_the_kept_one(now: datetime) -> None:
    editor = UserFactory(editor=True)
    old = SkillFactory(name="cyber-sécurité", name_en="cyber security", synonyms_fr=["antivirus"])
    kept = SkillFactory(name="sécurité informatique", synonyms_fr=["Antivirus"])
    merge_skill(skill=old, into=kept, actor=editor, now=now)
    kept.refresh_from_db()
    assert kept.synonyms_fr == ["Antivirus", "cyber-sécurité"]
    assert skill_named("Cyber-sécurité", UserFactory()) == kept
    assert not SkillForm.objects.filter(skill=old).exists()


def test_merges_and_narrower_skills_follow_without_a_circle(now: datetime) -> None:
    editor = UserFactory(editor=True)
    above = SkillFactory()
    old = SkillFactory(broader=above)
    middle = SkillFactory(broader=old)
    kept = SkillFactory(broader=middle)
    earlier = SkillFactory(state=SkillState.MERGED, merged_into=old)
    merge_skill(skill=old, into=kept, actor=editor, now=now)
    for skill in (middle, kept, earlier):
        skill.refresh_from_db()
    assert (middle.broader, kept.broader, earlier.merged_into) == (kept, above, kept)


def test_what_cannot_be_merged(now: datetime) -> None:
    editor = UserFactory(editor=True)
    skill, other = SkillFactory.create_batch(2)
    with pytest.raises(SelfMergeError):
        merge_skill(skill=skill, into=skill, actor=editor, now=now)
    with pytest.raises(WrongSkillStateError):
        merge_skill(skill=skill, into=SkillFactory(state=SkillState.PROPOSED), actor=editor, now=now)
    merge_skill(skill=skill, into=other, actor=editor, now=now)
    with pytest.raises(WrongSkillStateError):
        merge_skill(skill=skill, into=other, actor=editor, now=now)
    with pytest.raises(WrongSkillStateError):
        change_skill(skill=skill, actor=editor, now=now, name="retour")


def test_vocabulary_is_built_again_only_when_a_skill_changes(now: datetime) -> None:
    skill = SkillFactory(name="réseau sans fil")
    first = vocabulary()
    assert vocabulary() is first
    change_skill(skill=skill, actor=UserFactory(editor=True), now=now, synonyms_fr=["Wi-Fi"])
    second = vocabulary()
    assert second is not first
    assert second.labels[0].fr_synonyms == ("Wi-Fi",)
    propose_skill(label="pas encore acceptée", lang="fr", actor=UserFactory(), now=now)
    assert vocabulary() is second
