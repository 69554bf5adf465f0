"""A contact or an editor adds an organization to those asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from expertise.organizations.models import Organization
from maillage.core.forms import LongText

if TYPE_CHECKING:
    from expertise.needs.models import Need


class AddForm(forms.Form):
    """Which organization, and a word that it reads with the need."""

    organization = forms.ModelChoiceField(queryset=Organization.objects.none(), widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Un mot pour cet organisme"),
        help_text=_("Il le lit avec la demande."),
        max_length=500,
        required=False,
        widget=LongText({"rows": 2}),
    )

    def __init__(self, *args: Any, need: Need, **kwargs: Any) -> None:  # noqa: ANN401  Django's own arguments
        super().__init__(*args, **kwargs)
        askable = Organization.objects.askable().exclude(pk=need.organization_id or 0)
        self.fields["organization"].queryset = askable  # type: ignore[attr-defined]
