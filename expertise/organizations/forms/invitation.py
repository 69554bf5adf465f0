"""What one answers to an invitation."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class RedirectForm(forms.Form):
    """« Écrivez plutôt à… »."""

    address = forms.EmailField(
        label=_("Écrivez plutôt à"),
        help_text=_("Nous oublions votre adresse et écrivons une seule fois à celle-ci."),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={
            "required": _("Écrivez l’adresse de la bonne personne."),
            "invalid": _("Écrivez une adresse complète, par exemple prenom@organisme.ca."),
        },
    )
