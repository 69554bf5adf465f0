"""The home page: one question, and what happens in the network, without anyone's secrets."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from wagtail.models import Page

from expertise.needs.enums import Audience, NeedState
from expertise.needs.models import NeedSkill
from maillage.core import assets
from maillage.core.models import Network, RootPage
from tests.core import markup
from tests.factories import NeedFactory, OrganizationFactory, SeatFactory, SkillFactory
from wiki.models import GuidePage

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from expertise.needs.models import Need

pytestmark = pytest.mark.django_db
FIRST_VIEW_BYTES = 20_000


def need_with_skill(**fields: object) -> Need:
    """A published need that has one skill."""
    need = NeedFactory(**fields)
    NeedSkill.objects.create(content_object=need, tag=SkillFactory(name="hébergement web", name_en="web hosting"))
    return need


def guide(title: str, **fields: object) -> GuidePage:
    """A live guide below the French root."""
    root = RootPage.objects.first()
    if root is None:
        root = Page.objects.get(depth=1).add_child(instance=RootPage(title="Maillage", slug="maillage"))
    return root.add_child(
        instance=GuidePage(title=title, helps_to="Le reprendre.", body="Texte.", minutes=20, **fields)
    )


def filled(rows: int) -> None:
    """As many needs, guides and organizations as asked."""
    for number in range(rows):
        need_with_skill(audience=Audience.EVERYONE)
        guide(f"Guide {number}")
        OrganizationFactory(region=f"{number % 17 + 1:02}")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_home_page_is_sound_html(client: Client, language: str) -> None:
    filled(3)
    html = client.get("/" if language == "fr" else "/en/").content.decode()
    assert markup.problems(html) == []


def test_home_page_is_one_question_that_changes_nothing_by_itself(client: Client) -> None:
    html = client.get("/").content.decode()
    assert f'action="{reverse("needs:write")}"' in html
    assert '<textarea id="ask" name="text"' in html
    assert "csrfmiddlewaretoken" not in html


def test_anonymous_reader_gets_no_cookie(client: Client) -> None:
    filled(1)
    assert not client.get("/").cookies


def test_first_view_fits_in_three_light_requests(client: Client) -> None:
    filled(20)
    page = client.get("/").content
    parts = (page, assets.joined().encode(), (assets.SOURCES / "maillage.js").read_bytes())
    assert sum(len(gzip.compress(part)) for part in parts) <= FIRST_VIEW_BYTES
    html = page.decode()
    assert html.count('rel="stylesheet"') == 1
    assert html.count("<script") == 1
    assert "<img" not in html


def test_public_needs_show_skill_region_and_month_only(client: Client) -> None:
    need = need_with_skill(text="Notre secret", contact_name="Camille Roy")
    html = client.get("/").content.decode()
    for shown in ("Hébergement web", "Abitibi-Témiscamingue", "novembre 2026"):
        assert shown in html
    for hidden in ("Notre secret", "Camille Roy", "819 555-0142", need.get_absolute_url(), need.organization.name):
        assert hidden not in html


def test_need_that_everyone_may_read_is_a_link(client: Client) -> None:
    need = need_with_skill(audience=Audience.EVERYONE)
    assert f'href="{need.get_absolute_url()}"' in client.get("/").content.decode()


def test_verified_member_finds_links_to_needs_of_members(client: Client) -> None:
    need = need_with_skill()
    client.force_login(SeatFactory().user)
    assert f'href="{need.get_absolute_url()}"' in client.get("/").content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"audience": Audience.ASKED},
        {"state": NeedState.DRAFT, "opened_at": None},
        {"state": NeedState.HELD, "opened_at": None},
        {"state": NeedState.WITHDRAWN},
    ],
)
def test_needs_that_are_not_public_stay_away(client: Client, fields: dict[str, object]) -> None:
    need_with_skill(**fields)
    assert "Hébergement web" not in client.get("/").content.decode()


def test_english_home_page_speaks_english_and_shows_english_guides_only(client: Client) -> None:
    need_with_skill()
    guide("Reprendre un nom de domaine")
    html = client.get("/en/").content.decode()
    assert "What do you need?" in html
    assert "Web hosting" in html
    assert "November 2026" in html
    assert "Reprendre un nom de domaine" not in html


def test_unpublished_guide_is_not_announced(client: Client) -> None:
    guide("Brouillon", live=False)
    assert "Brouillon" not in client.get("/").content.decode()


def test_organizations_are_counted_by_region_without_the_suspended(client: Client) -> None:
    OrganizationFactory.create_batch(2, region="08")
    OrganizationFactory(region="08", suspended=True)
    html = client.get("/").content.decode()
    assert f'href="{reverse("organizations:list")}?region=08">Abitibi-Témiscamingue</a> <span class="number">2<' in html


def test_network_can_be_called_from_every_page(client: Client) -> None:
    Network.objects.create(telephone="819 555-0100", postal_address="12, rue du Réseau")
    html = client.get("/").content.decode()
    assert 'href="tel:+1-819-555-0100"' in html
    assert "12, rue du Réseau" in html


@pytest.mark.parametrize("rows", [2, 20])
def test_queries_do_not_grow(client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    filled(rows)
    client.get("/")
    with django_assert_num_queries(5):
        client.get("/")


def test_only_reading_is_answered(client: Client) -> None:
    assert client.post("/").status_code == 405
