"""How much an organization takes, and when it is away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from expertise.organizations.services.availability import MAX_CAPACITY
from maillage.core.forms import DayInput


class CapacityForm(forms.Form):
    """Needs at once."""

    capacity = forms.IntegerField(
        label=_("Demandes à la fois"),
        help_text=_(
            "Combien de groupes vous aidez en même temps. 0\u00a0: nous ne vous demandons rien pour l’instant."
        ),
        min_value=0,
        max_value=MAX_CAPACITY,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )


class ClosedPeriodForm(forms.Form):
    """Days without new needs, both included."""

    starts_on = forms.DateField(label=_("Du"), widget=DayInput())
    ends_on = forms.DateField(label=_("Au"), widget=DayInput())

    def clean(self) -> dict[str, Any]:
        """The end is not before the start.

        Raises:
            ValidationError: it is.
        """
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            raise ValidationError({"ends_on": _("La fin vient avant le début.")})
        return cleaned


class BlockForm(forms.Form):
    """An organization that one does not want to be paired with, by the address of its page."""

    slug = forms.CharField(label=_("Adresse de sa fiche"), max_length=255)

    def clean_slug(self) -> str:
        """The last part of a pasted address, or the slug itself; nothing left stays what was typed."""
        typed = str(self.cleaned_data["slug"])
        parts = [part.strip() for part in typed.split("?", maxsplit=1)[0].split("/") if part.strip()]
        return parts[-1] if parts else typed
