"""The frame of every mail: text first, HTML its twin, a human and a postal address at the foot."""

from __future__ import annotations

import css_inline
import pytest
from django.template import engines
from django.utils import translation

from maillage.core.models import Network

TEXT = """{% extends "tasks/mails/base.txt" %}
{% block body %}Trois organismes ont répondu à « {{ words }} ».{% endblock %}
{% block actions %}{% include "tasks/mails/action.txt" with url=url label="Voir les offres" only %}{% endblock %}"""
HTML = """{% extends "tasks/mails/base.html" %}{% block preheader %}Trois réponses{% endblock %}
{% block body %}<p>Trois organismes ont répondu.</p>
{% include "tasks/mails/quote.html" with text=words lang="fr" only %}
{% endblock %}{% block actions %}{% include "tasks/mails/action.html" with url=url label="Voir les offres" only %}
{% endblock %}{% block why %}<p>Proposé parce que…</p>{% endblock %}"""


def context(**changes: object) -> dict[str, object]:
    network = Network(name="Maillage", postal_address="12, rue du Réseau\nMatane (Québec)")
    return {
        "network": network,
        "recipient_name": "Lise",
        "subject": "Trois réponses",
        "lang": "fr",
        "telephone": "8195550142",
        "footer_reason": "Vous recevez ce courriel parce que vous avez demandé de l’aide.",
        "words": "L'ordi & le <wifi>",
        "url": "https://example.org/l/abc?x=1&y=2",
        **changes,
    }


def rendered(source: str, language: str = "fr", **changes: object) -> str:
    with translation.override(language):
        return engines["django"].from_string(source).render(context(lang=language, **changes))


def test_text_is_plain_and_complete() -> None:
    text = rendered(TEXT)
    assert text.startswith("Bonjour Lise,\n")
    assert "L'ordi & le <wifi>" in text
    assert "Voir les offres\nhttps://example.org/l/abc?x=1&y=2" in text
    for words in ("une personne le lira", "819\u00a0555-0142", "12, rue du Réseau", "parce que vous avez demandé"):
        assert words in text


def test_html_is_its_twin() -> None:
    html = rendered(HTML)
    assert '<html lang="fr-CA">' in html
    assert "L&#x27;ordi &amp; le &lt;wifi&gt;" in html
    assert 'href="https://example.org/l/abc?x=1&amp;y=2"' in html
    for words in ("Bonjour Lise,", "une personne le lira", "+1-819-555-0142", "Matane (Québec)", "Proposé parce que"):
        assert words in html
    assert "<table" not in html


def test_style_is_inlined_and_dark_scheme_kept() -> None:
    html = css_inline.inline(rendered(HTML), keep_at_rules=True)
    assert 'class="button" href' in html
    button = html[html.index('class="button"') :]
    assert "background: #0f5847" in button[: button.index("</a>")]
    assert "prefers-color-scheme: dark" in html
    assert len(html.encode()) < 12_000


@pytest.mark.parametrize("source", [TEXT, HTML])
def test_english_mail_has_no_french_frame(source: str) -> None:
    mail = rendered(source, "en", unsubscribe_url="https://example.org/u")
    assert "Hello Lise," in mail
    assert "Stop this kind of e-mail" in mail
    for words in ("Bonjour", "courriel :", "appelez"):
        assert words not in mail.replace("Vous recevez ce courriel", "")


@pytest.mark.parametrize("source", [TEXT, HTML])
def test_nobody_is_greeted_by_an_empty_name(source: str) -> None:
    assert "Bonjour," in rendered(source, recipient_name="")


@pytest.mark.parametrize("source", [TEXT, HTML])
def test_necessary_mail_offers_no_way_to_stop_it(source: str) -> None:
    assert "Ne plus recevoir" not in rendered(source)
