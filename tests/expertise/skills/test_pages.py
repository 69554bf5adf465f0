"""The taxonomy's pages: read, propose, review, merge; and the editors' admin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from expertise.organizations.models import OrganizationSkill
from expertise.skills.enums import SkillState
from expertise.skills.folded import write_forms
from expertise.skills.models import Skill, SkillForm
from expertise.skills.services import merge_skill, propose_skill
from tests.factories import OrganizationFactory, SkillFactory, UserFactory

if TYPE_CHECKING:
    from datetime import datetime

    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


def url(name: str, skill: Skill) -> str:
    """Address of one skill's page."""
    return reverse(f"skills:{name}", args=[skill.slug])


@pytest.mark.parametrize("count", [2, 20])
def test_list_takes_the_same_queries_for_many(
    count: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for group in SkillFactory.create_batch(count):
        SkillFactory.create_batch(2, broader=group)
    client.get(reverse("skills:list"))
    with django_assert_num_queries(3):
        client.get(reverse("skills:list"))


def test_a_word_finds_skills_by_synonym_and_part(client: Client) -> None:
    skill = SkillFactory(name="réparation d’ordinateurs", synonyms_fr=["mon portable est mort"])
    write_forms([skill, SkillFactory(name="chorale")])
    page = client.get(reverse("skills:list"), {"q": "portable MORT"}).content.decode()
    assert "réparation" in page
    assert "chorale" not in page


def test_page_shows_who_offers_it(client: Client) -> None:
    skill = SkillFactory(name="hébergement web", synonyms_fr=["serveur"])
    OrganizationSkill.objects.create(tag=skill, content_object=OrganizationFactory(name="Coop du Témis"))
    page = client.get(url("detail", skill)).content.decode()
    assert "Coop du Témis" in page
    assert "serveur" in page


def test_merged_skill_leads_to_the_one_that_stands_for_it(client: Client, now: datetime) -> None:
    old, kept = SkillFactory(), SkillFactory()
    merge_skill(skill=old, into=kept, actor=UserFactory(editor=True), now=now)
    response = client.get(url("detail", old))
    assert (response.status_code, response["Location"]) == (301, url("detail", kept))


def test_proposal_is_hidden_from_others(client: Client, now: datetime) -> None:
    proposer = UserFactory()
    skill = propose_skill(label="sérigraphie", lang="fr", actor=proposer, now=now)
    assert client.get(url("detail", skill)).status_code == 404
    client.force_login(proposer)
    assert client.get(url("detail", skill)).status_code == 200


def test_member_proposes_and_finds_what_exists(client: Client) -> None:
    existing = SkillFactory(name="sérigraphie")
    write_forms([existing])
    client.force_login(UserFactory())
    response = client.post(reverse("skills:propose"), {"label": "SERIGRAPHIE"})
    assert response["Location"] == url("detail", existing)
    client.post(reverse("skills:propose"), {"label": "gravure"})
    assert Skill.objects.get(name="gravure").state == SkillState.PROPOSED
    assert "field-wrong" in client.post(reverse("skills:propose"), {"label": "???"}).content.decode()


def test_editor_accepts_a_proposal(client: Client, now: datetime) -> None:
    skill = propose_skill(label="gravure", lang="fr", actor=UserFactory(), now=now)
    client.force_login(UserFactory(editor=True))
    assert "gravure" in client.get(reverse("skills:proposals")).content.decode()
    client.post(url("accept", skill))
    skill.refresh_from_db()
    assert skill.state == SkillState.ACTIVE
    assert client.post(url("accept", skill)).status_code == 302


@pytest.mark.parametrize("how", ["name", "slug", "address"])
def test_editor_merges_by_name_or_address(how: str, client: Client, now: datetime) -> None:
    kept = SkillFactory(name="sérigraphie")
    write_forms([kept])
    skill = propose_skill(label="impression sur tissu", lang="fr", actor=UserFactory(), now=now)
    client.force_login(UserFactory(editor=True))
    assert client.get(url("review", skill)).status_code == 200
    typed = {"name": "Serigraphie", "slug": kept.slug, "address": f"https://x.example.org{url('detail', kept)}"}[how]
    client.post(url("merge", skill), {"into": typed})
    skill.refresh_from_db()
    assert skill.merged_into == kept


def test_an_ambiguous_or_unknown_name_is_said(client: Client, now: datetime) -> None:
    write_forms([SkillFactory(name="gravure"), SkillFactory(name="gravure")])
    skill = propose_skill(label="burin", lang="fr", actor=UserFactory(), now=now)
    client.force_login(UserFactory(editor=True))
    for typed in ("gravure", "rien de tel", "burin", ""):
        assert "field-wrong" in client.post(url("merge", skill), {"into": typed}).content.decode()
    skill.refresh_from_db()
    assert skill.state == SkillState.PROPOSED


@pytest.mark.parametrize("name", ["review", "accept", "merge"])
def test_members_do_not_settle_skills(name: str, client: Client) -> None:
    skill = SkillFactory(state=SkillState.PROPOSED)
    client.force_login(UserFactory())
    method = client.get if name == "review" else client.post
    assert method(url(name, skill)).status_code == 403
    assert client.get(reverse("skills:proposals")).status_code == 403


@pytest.mark.parametrize("slug", ["proposer", "propositions"])
def test_a_skill_never_hides_a_page_of_ours(slug: str, now: datetime) -> None:
    assert propose_skill(label=slug, lang="fr", actor=UserFactory(), now=now).slug != slug


def test_admin_changes_words_through_the_service(client: Client) -> None:
    from maillage.core import audit

    skill = SkillFactory(name="gravure")
    administrator = UserFactory(administrator=True)
    TOTP.activate(administrator, "JBSWY3DPEHPK3PXP")  # the admin opens to accounts with a second factor only
    client.force_login(administrator)
    edit = reverse("wagtailsnippets_skills_skill:edit", args=[skill.pk])
    assert client.get(edit).status_code == 200
    data = {
        "name": "gravure sur bois",
        "name_en": "wood engraving",
        "synonyms_fr": '["burin"]',
        "synonyms_en": "[]",
        "description_fr": "",
        "description_en": "",
        "broader": "",
    }
    assert client.post(edit, data).status_code == 302
    assert SkillForm.objects.filter(skill=skill, folded="burin").exists()
    assert audit.history(skill).get().verb == "skill.changed"
    assert client.get(reverse("wagtailsnippets_skills_skill:list")).status_code == 200
    assert client.get(reverse("wagtailsnippets_organizations_regionalcontact:add")).status_code == 200
