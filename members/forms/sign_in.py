"""The two forms of signing in by a code."""

from __future__ import annotations

import operator
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from members import codes

filled_in = lazy(operator.mod, str)
ADDRESS_ERRORS = {
    "required": _("Écrivez votre adresse de courriel."),
    "invalid": _("Écrivez une adresse complète, par exemple prenom@organisme.ca."),
    "max_length": _("Cette adresse est trop longue."),
}


def address_field(**kwargs: Any) -> forms.EmailField:  # noqa: ANN401  Django's own arguments
    """An e-mail address, with the keyboard and the memory that browsers have for it."""
    attrs = {"autocomplete": "email", "inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}
    return forms.EmailField(
        **{
            "label": _("Votre courriel"),
            "max_length": 254,
            "error_messages": ADDRESS_ERRORS,
            "widget": forms.EmailInput(attrs),
            **kwargs,
        }
    )


class SignInForm(forms.Form):
    """Who wants to sign in. ``reponse_libre`` is a trap: people do not see it, programs fill it."""

    address = address_field()
    reponse_libre = forms.CharField(required=False)

    @property
    def is_trapped(self) -> bool:
        """Whether a program filled the field that people cannot see."""
        return bool(self.cleaned_data.get("reponse_libre"))


class CodeForm(forms.Form):
    """The code and, on another device, the address that it was sent to."""

    address = address_field(label=_("Courriel qui a reçu le code"))
    typed = forms.CharField(
        label=_("Code"),
        max_length=20,
        help_text=_("Six chiffres, dans l’objet du courriel."),
        error_messages={"required": _("Écrivez le code reçu par courriel.")},
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "none"}),
    )
    is_own_device = forms.BooleanField(
        label=_("C’est mon propre appareil"),
        required=False,
        help_text=filled_in(
            _("Vous y restez en ligne %(days)s jours. Sinon, jusqu’à la fermeture du navigateur."),
            {"days": settings.SIGN_IN_DAYS_ON_OWN_DEVICE},
        ),
    )

    def hide_address(self) -> None:
        """Keep the address out of sight: it was given on this device a moment ago."""
        self.fields["address"].widget = forms.HiddenInput()

    def clean_typed(self) -> str:
        """Refuse what cannot be a code before it costs a try.

        Raises:
            ValidationError: not six digits.
        """
        typed = codes.cleaned(self.cleaned_data["typed"])
        if len(typed) != codes.DIGITS or not (typed.isascii() and typed.isdigit()):
            raise ValidationError(_("Le code a six chiffres, par exemple 482 913."), code="invalid")
        return typed
