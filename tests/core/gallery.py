"""Every component on one page, with data that fills all of its parameters."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from maillage.core.forms import CheckboxCards, DayInput, LongText, MoneyField, RadioCards, TelephoneField

if TYPE_CHECKING:
    from django.http import HttpRequest

KINDS = (("volunteer", "bénévole"), ("solidarity", "tarif solidaire"), ("market", "tarif courant"))
MOMENT = datetime(2026, 11, 24, 19, 30, tzinfo=UTC)
TEMPLATE = Path(__file__).with_name("gallery.html")


class SampleForm(forms.Form):
    """One field of every kind."""

    text = forms.CharField(label="Votre demande", max_length=200, widget=LongText, help_text="Dans vos mots.")
    name = forms.CharField(label="Nom", required=False, widget=forms.TextInput({"autocomplete": "name"}))
    telephone = TelephoneField(label="Téléphone")
    email = forms.EmailField(label="Courriel", widget=forms.EmailInput({"autocomplete": "email"}))
    needed_on = forms.DateField(label="Pour quand", widget=DayInput, required=False)
    amount = MoneyField(label="Montant", required=False)
    kind = forms.ChoiceField(
        label="À quel tarif",
        choices=KINDS,
        widget=RadioCards(descriptions={"volunteer": "Sans frais", "market": "Le prix habituel"}),
    )
    kinds = forms.MultipleChoiceField(label="Aide offerte", choices=KINDS, widget=CheckboxCards, required=False)
    languages = forms.MultipleChoiceField(
        label="Langues", choices=(("fr", "français"), ("en", "anglais")), widget=forms.CheckboxSelectMultiple
    )
    region = forms.ChoiceField(label="Région", choices=(("", "—"), ("08", "Abitibi-Témiscamingue")))
    is_first_answer = forms.BooleanField(label="Mettez-nous en contact dès la première réponse", required=False)
    conditions = forms.BooleanField(label="J’accepte", help_text="Vous pourrez changer d’avis.")
    draft = forms.CharField(widget=forms.HiddenInput, required=False)


def sample_form(*, is_wrong: bool) -> SampleForm:
    """A form that was just opened, or one that was refused with something in every field."""
    if not is_wrong:
        return SampleForm()
    typed = {"text": "é" * 201, "telephone": "555", "email": "non", "amount": "beaucoup", "needed_on": "demain"}
    form = SampleForm(typed)
    form.add_error(None, "Un organisme a déjà publié cette demande.")
    return form


def context_of(request: HttpRequest, *, is_wrong: bool) -> dict[str, object]:
    """What the gallery's template names."""
    options = [
        {"value": "08", "label": "Abitibi-Témiscamingue", "count": 14, "is_selected": True},
        {"value": "01", "label": "Bas-Saint-Laurent", "count": 1234, "is_selected": False},
    ]
    many = [{"value": n, "label": f"compétence {n}", "count": n, "is_selected": n == 11} for n in range(12)]
    form = sample_form(is_wrong=is_wrong)
    return {
        "sample": form,
        "form": form,
        "trail": [{"label": "Organismes", "url": "/organismes/"}, {"label": "Estrie", "url": "/organismes/?region=05"}],
        "facts": ["Rouyn-Noranda, à 40 km", "", "membre depuis 2024", "tarif solidaire"],
        "words": "On a dépanné trois groupes.\nDisponibles dès jeudi <b>.",
        "rooms": [
            {"label": "Demandes", "url": "/a/", "is_current": True, "count": 2},
            {"label": "Organismes", "url": "/b/"},
        ],
        "price": "Tarif solidaire, 45 $ l’heure",
        "reasons": ["hébergement web, confirmé en août", "dans votre région"],
        "tags": [{"label": "hébergement web", "url": "/competences/hebergement/"}, "noms de domaine"],
        "rows": [
            {"title": "Réseau", "meta": ["Estrie", "octobre 2026"], "badge": "réglée", "tone": "good", "url": "/n/1/"},
            {"title": "Courriel", "lang": "fr"},
        ],
        "pairs": [("Territoire", "Abitibi-Témiscamingue"), ("Langues", "français, anglais"), ("Vide", "")],
        "steps": [
            {"label": "Demande publiée", "state": "done", "at": MOMENT},
            {"label": "3 organismes consultés", "state": "done", "at": MOMENT, "note": "2 offres"},
            {"label": "À vous de choisir", "state": "now", "note": "d’ici vendredi"},
            {"label": "Mise en contact", "state": "next"},
        ],
        "facets": [
            {"name": "region", "label": "Région", "options": options},
            {"name": "lang", "label": "Langue", "options": options[:1], "is_single": True},
            {"name": "many", "label": "Compétence", "options": many},
            {"name": "none", "label": "Sans choix", "options": []},
        ],
        "hidden": {"tri": "nom"},
        "date": date(2026, 12, 1),
        "moment": MOMENT,
        "amount": Decimal("1234.50"),
        "number": 12345,
        "page": Paginator(range(200), 10).page(7),
        "request": request,
    }


def rendered(language: str, *, is_wrong: bool = False) -> str:
    """The gallery in one language."""
    with translation.override(language):
        request = RequestFactory().get("/organismes/", {"q": "courriel & wifi", "page": "7"})
        template = engines["django"].from_string(TEMPLATE.read_text(encoding="utf-8"))
        return template.render(context_of(request, is_wrong=is_wrong), request)
