"""The way to the same page in the other language."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils import translation

from maillage.core.models import InformationPage, RootPage

pytestmark = pytest.mark.django_db
SWITCH = Template("{% load languages %}{% alternate_url other %}")
LINKS = Template(
    "{% load languages %}{% alternate_links as links %}{% for l in links %}{{ l.language }} {{ l.url }} {% endfor %}"
)


def switched(path: str, *, to: str, **context: object) -> str:
    with translation.override("en" if to == "fr" else "fr"):
        request = RequestFactory().get(path)
        request.resolver_match = resolve(request.path)
        return SWITCH.render(Context({"request": request, "other": to, **context}, autoescape=False))


@pytest.mark.parametrize(
    ("path", "to", "expected"),
    [
        ("/", "en", "/en/"),
        ("/en/", "fr", "/"),
        ("/mon-espace/?a=1&b=%C3%A9", "en", "/en/my-space/?a=1&b=%C3%A9"),
        ("/en/my-space/", "fr", "/mon-espace/"),
    ],
)
def test_switch_leads_to_the_same_page_with_its_query(path: str, to: str, expected: str) -> None:
    assert switched(path, to=to) == expected


def test_page_without_counterpart_leads_home() -> None:
    assert switched("/mon-espace/", to="en", alternates={"fr": "/mon-espace/", "en": ""}) == "/en/"


def test_page_with_its_own_slug_leads_to_its_counterpart() -> None:
    assert switched("/mon-espace/", to="en", alternates={"en": "/en/pages/about/"}) == "/en/pages/about/"


def test_unknown_address_leads_home() -> None:
    request = RequestFactory().get("/rien/du/tout/")
    with translation.override("fr"):
        assert SWITCH.render(Context({"request": request, "other": "en"})) == "/en/"


def test_both_languages_are_announced_absolutely_without_query() -> None:
    with translation.override("fr"):
        request = RequestFactory().get("/mon-espace/?a=1")
        request.resolver_match = resolve("/mon-espace/")
        links = LINKS.render(Context({"request": request}))
    assert "fr-CA http://testserver/mon-espace/ " in links
    assert "en-CA http://testserver/en/my-space/ " in links
    assert "x-default http://testserver/mon-espace/ " in links


@pytest.fixture
def about() -> InformationPage:
    """A plain page in both languages, with a slug in each, below the roots that migrations lay."""
    pages: list[InformationPage] = []
    for code, slug in (("fr", "a-propos"), ("en", "about")):
        root = RootPage.objects.get(locale__language_code=code)
        page = InformationPage(title=slug, slug=slug, body="Texte", locale=root.locale)
        if pages:
            page.translation_key = pages[0].translation_key
        pages.append(root.add_child(instance=page))
    return pages[0]


def test_plain_page_leads_to_its_counterpart(client: Client, about: InformationPage) -> None:
    html = client.get("/pages/a-propos/").content.decode()
    assert '<a href="/en/pages/about/" hreflang="en-CA" lang="en-CA">English</a>' in html
    assert 'hreflang="en-CA" href="http://testserver/en/pages/about/"' in html


def test_plain_page_without_live_counterpart_announces_none(client: Client, about: InformationPage) -> None:
    InformationPage.objects.filter(slug="about").update(live=False)
    html = client.get("/pages/a-propos/").content.decode()
    assert '<a href="/en/" hreflang="en-CA" lang="en-CA">English</a>' in html
    assert 'rel="alternate"' not in html
