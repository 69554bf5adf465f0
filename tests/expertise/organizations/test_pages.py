"""Pages that an organization’s people keep, and who may open them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from expertise.organizations.enums import OrganizationState, SeatRole, SeatState
from expertise.organizations.models import Organization, OrganizationSkill, Seat
from expertise.skills.enums import SkillState
from expertise.skills.folded import write_forms
from expertise.skills.models import Skill
from tests.factories import OrganizationFactory, SeatFactory, SkillFactory, UserFactory

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
FACTS = {"name": "Maison des voisins", "kind": "community", "region": "08", "telephone": "819 555-0142"}


@pytest.fixture
def owner(client: Client) -> Seat:
    """A signed-in owner."""
    seat = SeatFactory()
    client.force_login(seat.user)
    return seat


def url(name: str, organization: Organization, *more: object) -> str:
    """Address of a page of one organization."""
    return reverse(f"organizations:{name}", args=[organization.slug, *more])


def test_creating_leads_to_the_skills(client: Client) -> None:
    client.force_login(UserFactory())
    response = client.post(reverse("organizations:create"), FACTS)
    organization = Organization.objects.get()
    assert response.url == url("skills", organization)  # type: ignore[attr-defined]
    assert (organization.name, organization.region) == ("Maison des voisins", "08")


def test_the_same_name_in_the_same_region_is_shown_before_it_is_doubled(client: Client) -> None:
    OrganizationFactory(name="La Maison des Voisins", region="08")
    client.force_login(UserFactory())
    page = client.post(reverse("organizations:create"), FACTS).content.decode()
    assert "La Maison des Voisins" in page
    assert 'value="Maison des voisins"' in page
    assert Organization.objects.count() == 1
    client.post(reverse("organizations:create"), {**FACTS, "is_another": "1"})
    assert Organization.objects.count() == 2


@pytest.mark.parametrize(
    "facts",
    [
        {**FACTS, "name": ""},
        {**FACTS, "name": "!!!"},
        {**FACTS, "name": "a" * 256},
        {**FACTS, "region": "99"},
        {**FACTS, "telephone": "12"},
        {**FACTS, "kind": "bank"},
        {**FACTS, "name": "nul\x00octet"},
    ],
)
def test_bad_facts_are_said_at_their_field_and_nothing_is_written(client: Client, facts: dict[str, str]) -> None:
    client.force_login(UserFactory())
    response = client.post(reverse("organizations:create"), facts)
    assert response.status_code == 200
    assert "field-wrong" in response.content.decode()
    assert not Organization.objects.exists()


def test_html_in_a_text_stays_text(client: Client, owner: Seat) -> None:
    data = {**FACTS, "name": "<b>Gras</b>", "lang": "fr", "description": "<script>alert(1)</script>"}
    client.post(url("edit", owner.organization), data)
    page = client.get(owner.organization.get_absolute_url()).content.decode()
    assert "<b>Gras" not in page
    assert "<script>alert" not in page


def test_editing_keeps_what_was_typed_when_something_is_wrong(client: Client, owner: Seat) -> None:
    data = {**FACTS, "lang": "fr", "shared_address": "pas une adresse", "description": "Mes mots"}
    page = client.post(url("edit", owner.organization), data).content.decode()
    assert "Mes mots" in page
    owner.organization.refresh_from_db()
    assert owner.organization.shared_address == ""


def test_editing_writes_every_fact(client: Client, owner: Seat) -> None:
    data = {
        **FACTS,
        "lang": "en",
        "help_kinds": ["volunteer", "market"],
        "languages": ["en"],
        "served_regions": ["08", "10"],
        "max_distance_km": "80",
        "website": "voisins.example.org",
        "shared_address": "info@voisins.example.org",
    }
    response = client.post(url("edit", owner.organization), data)
    assert response.status_code == 302
    organization = owner.organization
    organization.refresh_from_db()
    assert (organization.help_kinds, organization.languages) == (["volunteer", "market"], ["en"])
    assert (organization.served_regions, organization.max_distance_km) == (["10"], 80)
    assert (organization.website, organization.is_remote) == ("https://voisins.example.org", False)


def test_confirming_is_one_click(client: Client, owner: Seat) -> None:
    OrganizationSkill.objects.create(tag=SkillFactory(), content_object=owner.organization)
    assert client.get(url("confirm", owner.organization)).status_code == 405
    client.post(url("confirm", owner.organization))
    assert owner.organization.organization_skills.get().confirmed_at is not None


def test_looking_for_a_skill_keeps_every_tick(client: Client, owner: Seat) -> None:
    held, found = SkillFactory(name="imprimantes"), SkillFactory(name="réseau sans fil")
    write_forms([held, found])
    data = {"skill": [held.pk], "shown": [held.pk], "words": "reseau", "look": "1"}
    page = client.post(url("skills", owner.organization), data).content.decode()
    assert f'value="{held.pk}" checked' in page
    assert "réseau sans fil" in page
    assert not owner.organization.organization_skills.exists()


def test_saving_the_list_writes_ticks_and_exceptions(client: Client, owner: Seat) -> None:
    one, two = SkillFactory.create_batch(2)
    OrganizationSkill.objects.create(tag=two, content_object=owner.organization)
    data = {
        "skill": [one.pk],
        "shown": [one.pk, two.pk],
        f"other-{one.pk}": "1",
        f"help-{one.pk}": ["market"],
        f"region-{one.pk}": ["09"],
        "save": "1",
    }
    client.post(url("skills", owner.organization), data)
    row = owner.organization.organization_skills.get()
    assert (row.tag, row.help_kinds, row.served_regions) == (one, ["market"], ["09"])


def test_a_missing_skill_is_proposed_on_the_spot_and_works_at_once(client: Client, owner: Seat) -> None:
    page = client.post(url("skills", owner.organization), {"words": "Sérigraphie", "propose": "1"}).content.decode()
    skill = Skill.objects.get()
    assert (skill.state, skill.proposed_by) == (SkillState.PROPOSED, owner.user)
    assert f'value="{skill.pk}" checked' in page
    client.post(url("skills", owner.organization), {"skill": [skill.pk], "shown": [skill.pk], "new": [skill.pk]})
    assert owner.organization.organization_skills.get().tag == skill


def test_unknown_skills_in_a_form_are_dropped(client: Client, owner: Seat) -> None:
    stranger = SkillFactory(state=SkillState.PROPOSED)
    data = {"skill": ["999999", "abc", "-1", "9" * 40, str(stranger.pk)], "save": "1"}
    assert client.post(url("skills", owner.organization), data).status_code == 302
    assert not owner.organization.organization_skills.exists()


def test_owner_runs_the_team_from_one_page(client: Client, owner: Seat) -> None:
    organization = owner.organization
    asked = SeatFactory(organization=organization, state=SeatState.ASKED, member=True, receives_requests=False)
    client.post(url("seat_decide", organization, asked.pk), {"answer": "yes"})
    asked.refresh_from_db()
    assert asked.state == SeatState.ACTIVE
    prefix = f"seat{asked.pk}"
    client.post(url("seat", organization, asked.pk), {f"{prefix}-role": "owner", f"{prefix}-receives_requests": "on"})
    asked.refresh_from_db()
    assert (asked.role, asked.receives_requests) == (SeatRole.OWNER, True)
    client.post(url("team", organization), {"address": "n@example.org", "role": "member"})
    invited = organization.seats.get(state=SeatState.INVITED)
    client.post(url("seat_decide", organization, invited.pk), {"answer": "no"})
    client.post(url("seat_end", organization, owner.pk))
    owner.refresh_from_db()
    invited.refresh_from_db()
    assert (owner.state, invited.state) == (SeatState.ENDED, SeatState.ENDED)


def test_last_owner_reads_why_they_cannot_leave(client: Client, owner: Seat) -> None:
    response = client.post(url("seat_end", owner.organization, owner.pk), follow=True)
    assert "Nommez d’abord" in response.content.decode()
    owner.refresh_from_db()
    assert owner.state == SeatState.ACTIVE


@pytest.mark.parametrize("count", [2, 20])
def test_team_takes_the_same_queries_for_many(
    count: int, client: Client, owner: Seat, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        SeatFactory(organization=owner.organization, member=True)
        SeatFactory(organization=owner.organization, member=True, state=SeatState.ASKED)
    with django_assert_num_queries(8):
        client.get(url("team", owner.organization))


def test_availability_is_three_short_forms(client: Client, owner: Seat) -> None:
    organization, other = owner.organization, OrganizationFactory()
    client.post(url("capacity", organization), {"capacity": "5"})
    client.post(url("period_add", organization), {"starts_on": "2099-12-20", "ends_on": "2100-01-04"})
    client.post(url("block", organization), {"slug": f"https://example.org{other.get_absolute_url()}?x=1"})
    organization.availability.refresh_from_db()
    assert organization.availability.capacity == 5
    period, row = organization.availability.closed_periods.get(), organization.blocks.get()
    assert row.blocked == other
    client.post(url("period_remove", organization, period.pk))
    client.post(url("unblock", organization, row.pk))
    assert not organization.availability.closed_periods.exists()
    assert not organization.blocks.exists()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("capacity", {"capacity": "1000000"}),
        ("capacity", {"capacity": "x"}),
        ("period_add", {"starts_on": "2099-12-20", "ends_on": "2099-12-01"}),
        ("period_add", {"starts_on": "2001-01-01", "ends_on": "2001-01-02"}),
        ("period_add", {"starts_on": "demain", "ends_on": ""}),
        ("block", {"slug": "inconnu"}),
        ("block", {"slug": "///"}),
    ],
)
def test_bad_availability_is_said_at_its_field(client: Client, owner: Seat, name: str, data: dict[str, str]) -> None:
    response = client.post(url(name, owner.organization), data)
    assert response.status_code == 200
    assert "field-wrong" in response.content.decode()


PAGES = {
    "edit": {"owner", "editor"},
    "skills": {"owner", "member", "editor"},
    "availability": {"owner", "member", "editor"},
    "team": {"owner", "member", "editor"},
    "state": {"editor"},
    "join": {"owner", "member", "stranger", "editor"},
}


@pytest.mark.parametrize("role", ["anonymous", "stranger", "member", "owner", "editor"])
@pytest.mark.parametrize("page", list(PAGES))
def test_who_opens_which_page(page: str, role: str, client: Client) -> None:
    organization = OrganizationFactory()
    people = {
        "stranger": SeatFactory().user,
        "member": SeatFactory(organization=organization, member=True).user,
        "owner": SeatFactory(organization=organization).user,
        "editor": UserFactory(editor=True),
    }
    if role != "anonymous":
        client.force_login(people[role])
    response = client.get(url(page, organization))
    expected = 302 if role == "anonymous" else 200 if role in PAGES[page] else 403
    assert response.status_code == expected


POSTS = ("capacity", "period_add", "block", "confirm", "team", "edit", "state")


@pytest.mark.parametrize("page", POSTS)
def test_strangers_change_nothing(page: str, client: Client) -> None:
    organization = OrganizationFactory()
    client.force_login(SeatFactory().user)
    before = Organization.objects.values().get(pk=organization.pk)
    data = {"capacity": "9", "address": "x@example.org", "role": "member", "verb": "suspend", **FACTS, "lang": "fr"}
    assert client.post(url(page, organization), data).status_code == 403
    assert Organization.objects.values().get(pk=organization.pk) == before


@pytest.mark.parametrize(
    ("state", "verb", "expected"),
    [
        ("unverified", "verify", "verified"),
        ("verified", "suspend", "suspended"),
        ("suspended", "restore", "unverified"),
        ("unclaimed", "remove", "removed"),
        ("verified", "verify", "verified"),
        ("unclaimed", "suspend", "unclaimed"),
    ],
)
def test_editors_settle_states(state: str, verb: str, expected: str, client: Client) -> None:
    organization = OrganizationFactory(state=state)
    client.force_login(UserFactory(editor=True))
    assert client.get(url("state", organization)).status_code == 200
    assert client.post(url("state", organization), {"verb": verb}).status_code == 302
    organization.refresh_from_db()
    assert organization.state == expected


def test_joining_waits_for_an_owner(client: Client) -> None:
    organization, person = SeatFactory().organization, UserFactory()
    client.force_login(person)
    for _ in range(2):
        client.post(url("join", organization))
        organization.refresh_from_db()
    assert organization.seats.get(user=person).state == SeatState.ASKED


def test_reporting_is_offered(client: Client) -> None:
    organization = OrganizationFactory()
    page = client.get(organization.get_absolute_url()).content.decode()
    assert reverse("pages:report", args=["organization", organization.pk]) in page


def test_unclaimed_page_is_not_asked_and_can_be_claimed(client: Client) -> None:
    organization = OrganizationFactory(state=OrganizationState.UNCLAIMED)
    page = client.get(organization.get_absolute_url()).content.decode()
    assert "organisme=" not in page
    assert url("join", organization) in page
