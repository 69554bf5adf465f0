"""« Je connais quelqu’un »: an organization of the network, or somebody in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from expertise.organizations.models import Organization
from expertise.pairings.forms.answers import AnswerForm
from expertise.pairings.selectors import organizations_like
from maillage.core.forms import LineField, LongText, RadioCards

if TYPE_CHECKING:
    from expertise.needs.models import Need


class ReferForm(AnswerForm):
    """Who is typed; when the network knows organizations of that name, « est-ce l’un de ceux-ci? » is asked once."""

    someone = LineField(
        label=_("Qui?"),
        help_text=_("Un organisme du réseau, ou une personne et comment la joindre."),
        max_length=255,
        error_messages={"required": _("Dites qui vous connaissez.")},
    )
    organization = forms.ModelChoiceField(
        label=_("Est-ce l’un de ceux-ci?"),
        queryset=Organization.objects.none(),
        required=False,
        empty_label=_("Non, quelqu’un d’autre"),
        widget=RadioCards,
    )
    word = forms.CharField(
        label=_("Un mot pour le groupe"), max_length=200, required=False, widget=LongText({"rows": 3})
    )
    field_order = ("someone", "organization", "word", "name", "is_shown")

    def __init__(self, *args: Any, need: Need, **kwargs: Any) -> None:  # noqa: ANN401  Django's own arguments
        super().__init__(*args, **kwargs)
        del self.fields["telephone"]  # nobody will call: someone else helps
        found = organizations_like(self.data.get("someone", ""), need) if self.is_bound else []
        self.asks_which = bool(found) and "organization" not in self.data
        if found:
            ids = [organization.pk for organization in found]
            known = Organization.objects.filter(pk__in=ids).order_by("name", "pk")
            self.fields["organization"].queryset = known  # type: ignore[attr-defined]
        else:
            del self.fields["organization"]

    def clean(self) -> dict[str, Any]:
        """Ask which one, before someone else is asked in their name."""
        data: dict[str, Any] = super().clean() or {}
        if self.asks_which:
            self.add_error("organization", _("Choisissez : nous voulons demander au bon organisme."))
        return data

    def words(self) -> str:
        """Who was named, with the word."""
        data = self.cleaned_data
        return "\n".join(part for part in (data["someone"], data["word"].strip()) if part)
