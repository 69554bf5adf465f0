"""« Je peux aider », in the name of one of one's organizations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from expertise.organizations.models import Organization
from expertise.pairings.forms.answers import OfferForm
from maillage.core.forms import RadioCards

if TYPE_CHECKING:
    from expertise.needs.models import Need
    from members.models import User


class VolunteerForm(OfferForm):
    """An offer of one of the person's verified organizations; which one is asked only when there are several."""

    organization = forms.ModelChoiceField(
        label=_("Au nom de"), queryset=Organization.objects.none(), empty_label=None, widget=RadioCards
    )
    field_order = ("organization", *(OfferForm.field_order or ()))  # type: ignore[assignment]  # one field more

    def __init__(self, *args: Any, user: User, need: Need, **kwargs: Any) -> None:  # noqa: ANN401  Django's own
        super().__init__(*args, **kwargs)
        own = Organization.objects.of(user).verified().exclude(pk=need.organization_id or 0).order_by("name", "pk")
        self.own = list(own[:2])
        if len(self.own) == 1:
            del self.fields["organization"]
        else:
            self.fields["organization"].queryset = own  # type: ignore[attr-defined]

    def chosen(self) -> Organization:
        """In whose name."""
        organization: Organization = self.cleaned_data.get("organization") or self.own[0]
        return organization
