"""What a person says of themselves."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from maillage.core.enums import Language
from maillage.core.forms import TelephoneField


class PersonForm(forms.Form):
    """Name, telephone, language, and whether the name may be shown."""

    name = forms.CharField(
        label=_("Votre nom"),
        max_length=120,
        required=False,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"max_length": _("Ce nom est trop long.")},
    )
    telephone = TelephoneField(
        label=_("Votre téléphone"),
        required=False,
        help_text=_("Donné seulement à l’organisme avec qui vous êtes en contact."),
    )
    lang = forms.ChoiceField(
        label=_("Langue de nos courriels"), choices=Language.choices, widget=forms.RadioSelect, required=True
    )
    is_name_shown = forms.BooleanField(
        label=_("Mon nom peut être montré"),
        required=False,
        help_text=_("Aux membres, avec le nom de votre organisme. Sinon, on y lit « une personne de l’équipe »."),
    )

    def clean_name(self) -> str:
        """One line, whatever was pasted."""
        return " ".join(self.cleaned_data["name"].split())
