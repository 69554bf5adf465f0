"""The directory: filters with true counts, words without accents, addresses that can be shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.urls import reverse

from expertise.organizations.directory import Choice, facets, fitting, listed
from expertise.organizations.enums import OrganizationKind, OrganizationState
from expertise.organizations.models import Organization, OrganizationSkill
from expertise.skills.folded import write_forms
from tests.factories import OrganizationFactory, SkillFactory, UserFactory

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
ANYONE = AnonymousUser()


def names(query: str) -> list[str]:
    """Names of what a query string finds, in order."""
    return [organization.name for organization in listed(ANYONE, Choice.of(QueryDict(query)))]


def test_values_of_one_filter_widen_and_filters_narrow() -> None:
    OrganizationFactory(name="A", region="08", help_kinds=["volunteer"])
    OrganizationFactory(name="B", region="09", help_kinds=["market"])
    OrganizationFactory(name="C", region="01", help_kinds=["volunteer"])
    assert names("region=08&region=09") == ["A", "B"]
    assert names("region=08&region=09&aide=volunteer") == ["A"]
    assert names("aide=market&aide=volunteer") == ["A", "B", "C"]


def test_every_filter_finds_its_own() -> None:
    coop = OrganizationFactory(name="Coop", is_cooperative=True, kind=OrganizationKind.SOCIAL_ECONOMY, languages=["en"])
    both = OrganizationFactory(name="Deux", kind=OrganizationKind.BOTH, is_remote=False, languages=["fr"])
    away = OrganizationFactory(name="Loin", region=None, area="Lyon", languages=["fr", "en"])
    skill = SkillFactory(slug="reseau")
    OrganizationSkill.objects.create(tag=skill, content_object=both)
    assert names("kind=cooperative") == [coop.name]
    assert names("kind=social_economy") == ["Coop", "Deux"]
    assert names("kind=community") == ["Deux", "Loin"]
    assert names("lang=en") == ["Coop", "Loin"]
    assert names("remote=1") == ["Coop", "Loin"]
    assert names("region=hors-quebec") == [away.name]
    assert names("skill=reseau") == ["Deux"]


def test_counts_are_what_a_click_would_leave() -> None:
    skill = SkillFactory()
    for region, kinds in (("08", ["volunteer"]), ("08", ["market"]), ("09", ["volunteer", "market"])):
        organization = OrganizationFactory(region=region, help_kinds=kinds)
        OrganizationSkill.objects.create(tag=skill, content_object=organization)
    OrganizationFactory(region="09", help_kinds=[])
    choice = Choice.of(QueryDict("region=08"))
    for facet in facets(ANYONE, choice):
        for option in facet.options:
            clicked = Choice.of(QueryDict(f"{choice.without(facet.name).query_string}&{facet.name}={option.value}"))
            assert fitting(Organization.objects.listed(), clicked).count() == option.count, (facet.name, option)
    regions = {option.value: option.count for option in facets(ANYONE, choice)[1].options}
    assert regions == {"08": 2, "09": 2}


@pytest.mark.parametrize("query", ["réparation", "REPARATION", "reparation ordinateur", "l’ordinateur", "Rouyn"])
def test_words_find_descriptions_and_places_without_accents(query: str) -> None:
    OrganizationFactory(name="Trouvé", description="Réparation d’ordinateurs", municipality="Rouyn-Noranda")
    OrganizationFactory(name="Autre", description="Chorale", municipality="Gaspé")
    assert names(f"q={query}") == ["Trouvé"]


def test_words_find_skills_by_their_synonyms() -> None:
    skill = SkillFactory(name="hébergement web", synonyms_fr=["serveur de site"])
    write_forms([skill])
    OrganizationSkill.objects.create(tag=skill, content_object=OrganizationFactory(name="Hôte"))
    OrganizationFactory(name="Autre")
    assert names("q=serveur") == ["Hôte"]


def test_members_come_before_unclaimed_ones_and_accents_sort_as_letters() -> None:
    OrganizationFactory(name="Abeille", unclaimed=True)
    for name in ("Zèbre", "Étoile", "Dune"):
        OrganizationFactory(name=name)
    assert names("") == ["Dune", "Étoile", "Zèbre", "Abeille"]


@pytest.mark.parametrize("state", [OrganizationState.SUSPENDED, OrganizationState.REMOVED])
def test_what_left_the_network_is_not_listed(state: OrganizationState) -> None:
    OrganizationFactory(state=state)
    assert names("") == []
    assert all(not facet.options for facet in facets(ANYONE, Choice()))


@pytest.mark.parametrize(
    "query",
    [
        "region=99&aide=gratis&kind=x&lang=zz&remote=2",
        "skill=rien",
        "q=%00%27%22%25_",
        f"q={'a' * 5000}",
        "page=-1",
        "page=10000000000",
        "page=abc",
        "skill=%00",
        "&".join(f"skill=s{n}" for n in range(500)),
        "q=%F0%9F%98%80",
    ],
)
def test_whatever_is_asked_is_answered_by_a_page(client: Client, query: str) -> None:
    OrganizationFactory()
    assert client.get(f"{reverse('organizations:list')}?{query}").status_code == 200


def test_unknown_values_are_dropped_and_equal_choices_have_equal_addresses() -> None:
    one = Choice.of(QueryDict("region=09&region=08&region=99"))
    other = Choice.of(QueryDict("region=08&region=09"))
    assert one == other
    assert one.query_string == "region=08&region=09"


def test_empty_page_says_which_filter_to_lift(client: Client) -> None:
    OrganizationFactory(region="08")
    page = client.get(f"{reverse('organizations:list')}?region=08&q=zzzz").content.decode()
    assert '<a href="?region=08">' in page
    assert reverse("needs:write") in page


@pytest.mark.parametrize("count", [2, 20])
def test_list_takes_the_same_queries_for_many(
    count: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for organization in OrganizationFactory.create_batch(count):
        for skill in SkillFactory.create_batch(2):
            OrganizationSkill.objects.create(tag=skill, content_object=organization)
    client.get(reverse("organizations:list"))
    with django_assert_num_queries(10):
        client.get(reverse("organizations:list"))


def test_page_shows_no_address_and_hides_what_is_hidden(client: Client) -> None:
    organization = OrganizationFactory(
        shared_address="secret@example.org", telephone="418 555-0199", is_municipality_hidden=True, municipality="Gaspé"
    )
    page = client.get(organization.get_absolute_url()).content.decode()
    for hidden in ("secret@example.org", "555-0199", "Gaspé"):
        assert hidden not in page


def test_region_contact_reads_the_telephone(client: Client) -> None:
    from tests.factories import RegionalContactFactory

    organization = OrganizationFactory(telephone="418 555-0199", region="08")
    contact = RegionalContactFactory(region="08")
    client.force_login(contact.user)
    assert "555-0199" in client.get(organization.get_absolute_url()).content.decode()


@pytest.mark.parametrize("count", [2, 20])
def test_detail_takes_the_same_queries_for_many_skills(
    count: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    organization = OrganizationFactory()
    for skill in SkillFactory.create_batch(count):
        OrganizationSkill.objects.create(tag=skill, content_object=organization)
    client.get(organization.get_absolute_url())
    with django_assert_num_queries(4):
        client.get(organization.get_absolute_url())


def test_suspended_page_is_for_its_own_people_and_editors(client: Client) -> None:
    organization = OrganizationFactory(suspended=True)
    assert client.get(organization.get_absolute_url()).status_code == 404
    client.force_login(UserFactory(editor=True))
    assert client.get(organization.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("count", [2, 20])
def test_skill_page_takes_the_same_queries_for_many_organizations(
    count: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    skill = SkillFactory()
    for organization in OrganizationFactory.create_batch(count):
        OrganizationSkill.objects.create(tag=skill, content_object=organization)
    url = reverse("skills:detail", args=[skill.slug])
    client.get(url)
    with django_assert_num_queries(6):
        assert client.get(url).content.decode().count("card-title") == count
