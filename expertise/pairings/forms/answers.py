"""« Je peux aider », « Pas cette fois », « Je connais quelqu’un »."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from expertise.organizations.enums import HelpKind
from expertise.organizations.models import Organization
from expertise.pairings.enums import AmountUnit, DeclineReason
from expertise.pairings.services import AnswerFacts, OfferFacts
from maillage.core.forms import DayInput, LineField, LongText, MoneyField, RadioCards, TelephoneField

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django.utils.functional import Promise

MAX_AHEAD_DAYS = 366
HELP_HINTS: dict[str, str | Promise] = {
    HelpKind.VOLUNTEER: _("Sans frais pour le groupe."),
    HelpKind.SOLIDARITY: _("Un prix réduit, que vous dites ci-dessous."),
    HelpKind.MARKET: _("Votre prix habituel, ou une soumission à venir."),
}


class AnswerForm(forms.Form):
    """Who answers: the group calls this person if it says yes."""

    name = LineField(
        label=_("Votre nom"),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("Écrivez votre nom.")},
    )
    telephone = TelephoneField(
        label=_("Votre téléphone"),
        help_text=_("Donné au groupe seulement quand vous êtes mis en contact."),
        error_messages={"required": _("Écrivez le numéro où l’on peut vous joindre.")},
    )
    is_shown = forms.BooleanField(label=_("Mes collègues peuvent voir que c’est moi qui ai répondu"), required=False)

    def answer(self, address: str) -> AnswerFacts:
        """Who answers, for the service."""
        data = self.cleaned_data
        telephone = data.get("telephone", "")
        return AnswerFacts(name=data["name"], telephone=telephone, address=address, is_shown=data["is_shown"])


class OfferForm(AnswerForm):
    """An offer: a word, on what terms, from when."""

    word = forms.CharField(
        label=_("Un mot pour le groupe"),
        help_text=_("Ce que vous pouvez faire, et comment vous commenceriez."),
        max_length=2000,
        required=False,
        widget=LongText({"rows": 4}),
    )
    help_kind = forms.ChoiceField(
        label=_("À quelles conditions?"),
        choices=HelpKind.choices,
        widget=RadioCards(descriptions=HELP_HINTS),
        error_messages={"required": _("Choisissez l’une des réponses.")},
    )
    amount = MoneyField(label=_("Montant"), required=False, help_text=_("Laissez vide si c’est gratuit ou à préciser."))
    amount_unit = forms.ChoiceField(
        label=_("Pour"), choices=AmountUnit.choices, required=False, initial=AmountUnit.HOUR
    )
    is_quote_to_come = forms.BooleanField(label=_("Soumission à venir"), required=False)
    available_on = forms.DateField(
        label=_("À partir de quand?"),
        help_text=_("Vide\u00a0: tout de suite."),
        required=False,
        widget=DayInput,
        error_messages={"invalid": _("Écrivez la date comme ceci\u00a0: 2026-12-01.")},
    )

    field_order = (
        "word",
        "help_kind",
        "amount",
        "amount_unit",
        "is_quote_to_come",
        "available_on",
        "name",
        "telephone",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401  Django's own arguments
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_available_on(self) -> date | None:
        """Refuse the past and the far future.

        Raises:
            ValidationError: the day is neither.
        """
        day: date | None = self.cleaned_data["available_on"]
        if day is not None and not 0 <= (day - self.today).days <= MAX_AHEAD_DAYS:
            raise ValidationError(_("Choisissez une date à venir, d’ici un an."), code="range")
        return day

    def clean(self) -> dict[str, Any]:
        """A price is said, or to come, or there is none."""
        data: dict[str, Any] = super().clean() or {}
        kind, amount = data.get("help_kind"), data.get("amount")
        if kind == HelpKind.VOLUNTEER and amount:
            self.add_error("amount", _("Une aide bénévole n’a pas de prix\u00a0: effacez-le ou choisissez un tarif."))
        if kind in (HelpKind.SOLIDARITY, HelpKind.MARKET) and amount is None and not data.get("is_quote_to_come"):
            self.add_error("amount", _("Dites le montant, ou cochez «\u00a0Soumission à venir\u00a0»."))
        return data

    def facts(self) -> OfferFacts:
        """What is offered, for the service."""
        data = self.cleaned_data
        has_amount = data["amount"] is not None and data["help_kind"] != HelpKind.VOLUNTEER
        return OfferFacts(
            word=data["word"].strip(),
            help_kind=data["help_kind"],
            amount=data["amount"] if has_amount else None,
            amount_unit=data["amount_unit"] if has_amount else "",
            is_quote_to_come=data["is_quote_to_come"] and not has_amount,
            available_on=data["available_on"],
        )


class DeclineForm(AnswerForm):
    """« Pas cette fois », and why."""

    reason = forms.ChoiceField(
        label=_("Pourquoi?"),
        choices=DeclineReason.choices,
        widget=RadioCards,
        error_messages={"required": _("Choisissez l’une des réponses.")},
    )
    field_order = ("reason",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        # A no needs no telephone: nobody will call.
        del self.fields["telephone"]
        self.fields["name"].required = False


class ReferForm(AnswerForm):
    """« Je connais quelqu’un »: an organization of the network, or somebody in words."""

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
        empty_label=_("non, quelqu’un d’autre"),
        widget=RadioCards,
    )
    word = forms.CharField(label=_("Un mot"), max_length=500, required=False, widget=LongText({"rows": 3}))
    field_order = ("someone", "organization", "word")

    def __init__(self, *args: Any, found: Sequence[Organization] = (), **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        del self.fields["telephone"]
        self.found = found
        if found:
            ids = [organization.pk for organization in found]
            self.fields["organization"].queryset = Organization.objects.filter(pk__in=ids)  # type: ignore[attr-defined]
        else:
            del self.fields["organization"]

    def words(self) -> str:
        """Who was named, with the word."""
        data = self.cleaned_data
        return "\n".join(part for part in (data["someone"], data["word"].strip()) if part)
