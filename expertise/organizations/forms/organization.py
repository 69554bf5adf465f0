"""What an organization says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from expertise.organizations.enums import HelpKind, OrganizationKind
from maillage.core import regions
from maillage.core.enums import Language
from maillage.core.forms import CheckboxCards, LongText, RadioCards, TelephoneField

if TYPE_CHECKING:
    from expertise.organizations.models import Organization

OUTSIDE: Final = "none"
MAX_DISTANCE_KM: Final = 2000
KIND_LINES = {
    OrganizationKind.COMMUNITY.value: _("Un groupe sans but lucratif, au service de sa communauté."),
    OrganizationKind.SOCIAL_ECONOMY.value: _("Une coopérative ou un organisme qui vend des biens ou des services."),
    OrganizationKind.BOTH.value: _("Un peu des deux, selon les projets."),
}
HELP_LINES = {
    HelpKind.VOLUNTEER.value: _("Sans frais."),
    HelpKind.SOLIDARITY.value: _("À prix réduit pour les groupes."),
    HelpKind.MARKET.value: _("Au prix habituel."),
}
TELEPHONE_HINT = _(
    "Il n’est pas sur votre fiche. La personne-ressource s’en sert, et l’autre organisme après une mise en contact."
)


class FirstFactsForm(forms.Form):
    """The few facts that create an organization; the rest is asked on its page."""

    name = forms.CharField(
        label=_("Nom de l’organisme"), max_length=255, widget=forms.TextInput({"autocomplete": "organization"})
    )
    kind = forms.ChoiceField(
        label=_("Genre d’organisme"),
        choices=OrganizationKind.choices,
        widget=RadioCards(descriptions=KIND_LINES),
        initial=OrganizationKind.COMMUNITY,
    )
    region = forms.ChoiceField(label=_("Région"))
    municipality = forms.CharField(
        label=_("Municipalité"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "address-level2"}),
    )
    telephone = TelephoneField(label=_("Téléphone de l’organisme"), help_text=TELEPHONE_HINT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  Django's own arguments
        super().__init__(*args, **kwargs)
        choices = [("", _("Choisir")), *regions.choices(), (OUTSIDE, _("Hors du Québec"))]
        self.fields["region"].choices = choices  # type: ignore[attr-defined]  # names in the reader's language

    def clean_name(self) -> str:
        """One line with words in it.

        Raises:
            ValidationError: signs only.
        """
        name = " ".join(str(self.cleaned_data["name"]).split())
        if not any(letter.isalnum() for letter in name):
            raise ValidationError(_("Écrivez le nom de l’organisme en lettres."))
        return name

    def facts(self) -> dict[str, Any]:
        """What services write."""
        region = self.cleaned_data["region"]
        return {**self.cleaned_data, "region": None if region == OUTSIDE else region}


class OrganizationForm(FirstFactsForm):
    """The page of an organization, in the order in which people know the answers."""

    is_cooperative = forms.BooleanField(label=_("C’est une coopérative"), required=False)
    description = forms.CharField(
        label=_("Description"),
        help_text=_("Ce que vous faites et pour qui. Les demandes d’aide sont rapprochées de ces mots."),
        max_length=4000,
        required=False,
        widget=LongText({"rows": 5}),
    )
    lang = forms.ChoiceField(label=_("Langue de cette description"), choices=Language.choices)
    is_municipality_hidden = forms.BooleanField(
        label=_("Ne pas montrer la municipalité"),
        help_text=_("Utile pour une maison d’hébergement, par exemple. La région reste visible."),
        required=False,
    )
    area = forms.CharField(
        label=_("Territoire"), help_text=_("Hors du Québec seulement."), max_length=255, required=False
    )
    help_kinds = forms.MultipleChoiceField(
        label=_("Aide offerte"),
        help_text=_("Vous pourrez dire autre chose pour une compétence en particulier."),
        choices=HelpKind.choices,
        required=False,
        widget=CheckboxCards(descriptions=HELP_LINES),
    )
    languages = forms.MultipleChoiceField(
        label=_("Langues dans lesquelles vous aidez"),
        choices=Language.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_remote = forms.BooleanField(label=_("Nous aidons aussi à distance"), required=False)
    served_regions = forms.MultipleChoiceField(
        label=_("Autres régions où vous vous déplacez"), required=False, widget=forms.CheckboxSelectMultiple
    )
    max_distance_km = forms.IntegerField(
        label=_("Distance que vous faites au plus (km)"),
        required=False,
        min_value=0,
        max_value=MAX_DISTANCE_KM,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    telephone = TelephoneField(label=_("Téléphone de l’organisme"), help_text=TELEPHONE_HINT, required=False)
    website = forms.URLField(label=_("Site Web"), max_length=255, required=False, assume_scheme="https")
    shared_address = forms.EmailField(
        label=_("Courriel partagé pour les demandes"),
        help_text=_("Par exemple info@. Il n’est jamais montré et ne permet pas de se connecter."),
        max_length=254,
        required=False,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )

    field_order = (
        "name",
        "kind",
        "is_cooperative",
        "description",
        "lang",
        "region",
        "area",
        "municipality",
        "is_municipality_hidden",
        "help_kinds",
        "languages",
        "is_remote",
        "served_regions",
        "max_distance_km",
        "telephone",
        "website",
        "shared_address",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  Django's own arguments
        super().__init__(*args, **kwargs)
        self.fields["served_regions"].choices = regions.choices()  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, organization: Organization) -> dict[str, Any]:
        """What the form starts with."""
        initial = {name: getattr(organization, name) for name in cls.base_fields}
        initial["region"] = organization.region or OUTSIDE
        return initial

    def facts(self) -> dict[str, Any]:
        """What services write; one's own region needs no mention among the others."""
        facts = super().facts()
        facts["served_regions"] = [code for code in facts["served_regions"] if code != facts["region"]]
        return facts
