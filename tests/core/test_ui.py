"""Every component in both languages: sound HTML, nothing inline, every field named, every error linked."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from maillage.core.models.network import CACHE_KEY, Network
from tests.core import gallery, markup

LANGUAGES = ("fr", "en")


@pytest.fixture(autouse=True)
def _network(_empty_cache: None) -> None:
    """A network that the shell finds without asking the database."""
    cache.set(CACHE_KEY, Network(telephone="819 555-0142", postal_address="12, rue du Réseau\nMatane"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("is_wrong", [False, True])
def test_every_component_is_sound_html(language: str, is_wrong: bool) -> None:
    assert markup.problems(gallery.rendered(language, is_wrong=is_wrong)) == []


@pytest.mark.parametrize(("language", "tag"), [("fr", "fr-CA"), ("en", "en-CA")])
def test_page_says_its_language_and_leads_to_the_other(language: str, tag: str) -> None:
    html = gallery.rendered(language)
    assert f'<html lang="{tag}">' in html
    other = "en-CA" if language == "fr" else "fr-CA"
    assert re.search(rf'<a href="[^"]+" hreflang="{other}" lang="{other}">', html)


def test_components_carry_no_untranslated_words_in_english() -> None:
    html = gallery.rendered("en", is_wrong=True)
    for words in ("Aller au contenu", "Filtrer", "Précédente", "facultatif", "corriger", "Se connecter", "caractères"):
        assert words not in html


def test_refused_form_keeps_what_was_typed_and_links_every_error() -> None:
    html = gallery.rendered("fr", is_wrong=True)
    assert "é" * 201 in html
    for name in ("text", "telephone", "email", "amount", "kind", "languages", "region", "conditions"):
        assert f'href="#id_{name}"' in html
        assert f'id="id_{name}_error"' in html
    assert "Un organisme a déjà publié cette demande." in html
    assert html.index("form-errors") < html.index('name="telephone"')
    assert "<title>Erreur" in html


def test_error_is_said_to_screen_readers_at_the_field() -> None:
    html = gallery.rendered("fr", is_wrong=True)
    found = re.search(r'<textarea[^>]*name="text"[^>]*>', html)
    assert found is not None
    assert 'aria-invalid="true"' in found[0]
    assert 'aria-describedby="id_text_helptext id_text_error"' in found[0]


def test_optional_fields_say_so_and_required_ones_do_not() -> None:
    html = gallery.rendered("fr")
    assert re.search(r'<label for="id_name">Nom <span class="optional">', html)
    assert re.search(r'<label for="id_telephone">Téléphone</label>', html)


def test_long_text_is_never_cut_by_the_browser() -> None:
    found = re.search(r'<textarea[^>]*name="text"[^>]*>', gallery.rendered("fr"))
    assert found is not None
    assert 'data-max="200"' in found[0]
    assert "maxlength" not in found[0]


def test_persons_words_are_escaped() -> None:
    html = gallery.rendered("fr")
    assert "jeudi &lt;b&gt;" in html


def test_pagination_keeps_the_rest_of_the_query() -> None:
    html = gallery.rendered("fr")
    assert 'href="?q=courriel+%26+wifi&amp;page=8"' in html
    assert 'href="?q=courriel+%26+wifi"' in html


def test_long_facet_folds_and_opens_where_something_is_chosen() -> None:
    html = gallery.rendered("fr")
    fold = html[html.index('<details class="facet-more"') :]
    assert fold.startswith('<details class="facet-more" open>')
    assert "5 autres" in fold
    assert html.count('class="facet-more"') == 1


def test_post_button_carries_the_csrf_token_and_its_values() -> None:
    html = gallery.rendered("fr")
    form = html[html.index('action="/y/"') :]
    form = form[: form.index("</form>")]
    assert 'name="csrfmiddlewaretoken"' in form
    assert 'name="tri" value="nom"' in form


def test_page_without_a_form_sets_no_cookie_and_asks_for_none() -> None:
    request = RequestFactory().get("/")
    template = engines["django"].from_string('{% extends "base.html" %}{% block content %}<h1>Un</h1>{% endblock %}')
    html = template.render({}, request)
    assert "csrfmiddlewaretoken" not in html
    assert "CSRF_COOKIE_NEEDS_UPDATE" not in request.META
    assert markup.problems(html) == []


@pytest.mark.parametrize("name", ["403.html", "404.html", "429.html"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_error_pages_are_sound_and_never_a_dead_end(name: str, language: str) -> None:
    with translation.override(language):
        html = engines["django"].get_template(name).render({}, RequestFactory().get("/rien/"))
    assert markup.problems(html) == []
    assert 'content="noindex"' in html
    assert 'rel="canonical"' not in html


def test_page_for_failures_asks_nothing_of_the_request_or_the_network() -> None:
    html = engines["django"].get_template("500.html").render()
    assert markup.problems(html) == []
    assert 'lang="en-CA"' in html


def test_checker_sees_what_it_should() -> None:
    wrong = '<h1>a</h1><h3>b</h3><p style="x"><a href="#no"></a><input id="i"><b id="i"></p></b>'
    found = " ".join(markup.problems(wrong))
    for words in ("jumps", "inline style", "without a name", "nothing has the id no", "no label", "repeats", "closes"):
        assert words in found
