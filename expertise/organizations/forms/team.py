"""Who is in an organization."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from expertise.organizations.enums import SeatRole
from maillage.core.forms import RadioCards

ROLE_LINES = {
    SeatRole.OWNER.value: _("Décide\u00a0: fiche, équipe, demandes."),
    SeatRole.MEMBER.value: _("Répond aux demandes et tient la liste des compétences."),
}


class InviteForm(forms.Form):
    """An address to invite."""

    address = forms.EmailField(
        label=_("Courriel de la personne"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"invalid": _("Écrivez une adresse complète, par exemple prenom@organisme.ca.")},
    )
    role = forms.ChoiceField(
        label=_("Rôle"),
        choices=SeatRole.choices,
        initial=SeatRole.MEMBER,
        widget=RadioCards(descriptions=ROLE_LINES),
    )
    receives_requests = forms.BooleanField(label=_("Reçoit les demandes d’aide par courriel"), required=False)


class SeatForm(forms.Form):
    """One person's role."""

    role = forms.ChoiceField(label=_("Rôle"), choices=SeatRole.choices)
    receives_requests = forms.BooleanField(label=_("Reçoit les demandes"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  Django's own arguments
        super().__init__(*args, **{"auto_id": f"id_{kwargs.get('prefix', '')}_%s", **kwargs})
