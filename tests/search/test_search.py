"""Few words, no accents, whole questions: the same answers on every engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from hypothesis import given, settings as hypothesis_settings, strategies as st

from search.analysis import query_words
from search.enums import DocumentKind
from search.models import Document
from search.selectors import Query, search
from search.services import index_object, reconcile
from search.snippets import snippet
from tests.factories import OrganizationFactory, SkillFactory

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from expertise.organizations.models import Organization

pytestmark = pytest.mark.django_db
ANYONE = AnonymousUser()


def indexed(**facts: object) -> Organization:
    organization = OrganizationFactory(**facts)
    index_object(kind=DocumentKind.ORGANIZATION, object_id=organization.pk)
    return organization


def titles(text: str, **choices: tuple[str, ...]) -> list[str]:
    return [document.title for document in search(Query(text, **choices), ANYONE).documents]


@pytest.fixture
def shelf() -> None:
    indexed(name="Atelier du portable", description="Réparation d’ordinateurs portables à Rouyn-Noranda.")
    indexed(name="Le Phare", description="Hébergement de sites Web, noms de domaine.", region="11")
    indexed(name="North Star", description="We repair laptops and phones.", lang="en")


@pytest.mark.parametrize(
    "text",
    [
        "réparation",
        "reparation d'ordinateur",
        "REPARER UN ORDINATEUR",
        "comment faire réparer mon ordinateur?",
        "Comment réparer un ordinateur ?",
        "ordinateurs",
    ],
)
@pytest.mark.usefixtures("shelf")
def test_accents_capitals_plurals_and_questions_find_the_same(text: str) -> None:
    assert titles(text)[0] == "Atelier du portable"


@pytest.mark.usefixtures("shelf")
def test_other_language_is_found_too() -> None:
    assert titles("repairing a laptop")[0] == "North Star"


@pytest.mark.usefixtures("shelf")
def test_skill_synonyms_lead_to_the_organization() -> None:
    skill = SkillFactory(name="courriel", name_en="e-mail", synonyms_fr=["boîte de réception"], synonyms_en=["inbox"])
    organization = OrganizationFactory(name="Poste verte")
    organization.skills.add(skill)
    index_object(kind=DocumentKind.ORGANIZATION, object_id=organization.pk)
    assert titles("ma boite de reception")[0] == "Poste verte"
    assert titles("inbox full")[0] == "Poste verte"


@pytest.mark.usefixtures("shelf")
def test_facets_count_what_ticking_would_give() -> None:
    results = search(Query("réparation hébergement repair", regions=("11",)), ANYONE)
    assert [document.title for document in results.documents] == ["Le Phare"]
    assert results.total == 1
    assert results.facets["region"] == {"08": 2, "11": 1}
    assert results.facets["lang"] == {"fr": 1}


def test_suspended_organization_disappears_from_results() -> None:
    organization = indexed(name="Passage", description="imprimantes")
    assert titles("imprimante") == ["Passage"]
    organization.state = "suspended"
    organization.save()
    assert not index_object(kind=DocumentKind.ORGANIZATION, object_id=organization.pk)
    assert titles("imprimante") == []
    assert not index_object(kind=DocumentKind.ORGANIZATION, object_id=999_999)


def test_reconcile_mends_both_ways() -> None:
    lost = OrganizationFactory(name="Oublié", description="imprimantes")
    gone = indexed(name="Fermé", description="imprimantes")
    pk = gone.pk
    gone.delete()
    assert Document.objects.filter(object_id=pk).exists()
    reconcile()
    assert titles("imprimante") == [lost.name]


HOSTILE = [
    '"',
    '"unbalanced',
    "*",
    "AND OR NOT",
    "NEAR(a b)",
    "title:x",
    "a' OR 1=1 --",
    "\x00\x01",
    "=",
    "=+#",
    "\\",
    "'",
    "{!func}",
    "😀",
    "\u202eevil",
    "et de la",
    "a",
    "mot " * 3000,
    "&|!()",
    "c++ c#",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.usefixtures("shelf")
def test_nothing_typed_is_syntax(client: Client, text: str) -> None:
    answer = client.get(reverse("search:search"), {"q": text, "page": "-1", "genre": "nope", "region": "99"})
    assert answer.status_code == 200


@pytest.mark.usefixtures("shelf")
def test_page_shows_marked_words_and_facets(client: Client) -> None:
    html = client.get(reverse("search:search"), {"q": "réparation"}).content.decode()
    assert "<mark>Réparation</mark>" in html
    assert "Atelier du portable" in html


@pytest.mark.parametrize("rows", [2, 20])
def test_page_costs_the_same_at_2_and_20_rows(
    client: Client, rows: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        indexed(name=f"Atelier {number}", description="Réparation d’ordinateurs.")
    client.get(reverse("search:search"))
    with django_assert_max_num_queries(6):
        client.get(reverse("search:search"), {"q": "réparation"})


@hypothesis_settings(max_examples=80, deadline=None)
@given(st.text(max_size=300), st.text(max_size=30))
def test_snippets_never_let_markup_through(text: str, typed: str) -> None:
    html = snippet(text, query_words(typed), "fr")
    bare = html.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert ">" not in bare
