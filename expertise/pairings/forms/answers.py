"""« Je peux aider » and « Pas cette fois »: what is said, and who says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from expertise.organizations.enums import HelpKind
from expertise.pairings.enums import AmountUnit, DeclineReason
from expertise.pairings.services import AnswerFacts, OfferFacts
from maillage.core.forms import DayInput, LineField, LongText, MoneyField, RadioCards, TelephoneField

if TYPE_CHECKING:
    from datetime import date

    from django.utils.functional import Promise

MAX_AHEAD_DAYS = 366
# As offers say them afterwards.
KINDS = (
    (HelpKind.VOLUNTEER.value, _("Gratuit")),
    (HelpKind.SOLIDARITY.value, _("Tarif solidaire")),
    (HelpKind.MARKET.value, _("Tarif courant")),
)
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
        choices=KINDS,
        widget=RadioCards(descriptions=HELP_HINTS),
        error_messages={"required": _("Choisissez l’une des réponses.")},
    )
    amount = MoneyField(label=_("Montant"), required=False, help_text=_("Laissez vide si c’est gratuit ou à préciser."))
    amount_unit = forms.ChoiceField(
        label=_("Par heure ou en tout?"), choices=AmountUnit.choices, required=False, initial=AmountUnit.HOUR
    )
    is_quote_to_come = forms.BooleanField(label=_("Soumission à venir"), required=False)
    available_on = forms.DateField(
        label=_("À partir de quand?"),
        help_text=_("Vide : tout de suite."),
        required=False,
        widget=DayInput,
        error_messages={"invalid": _("Écrivez la date comme ceci : 2026-12-01.")},
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
        "is_shown",
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
            self.add_error("amount", _("Une aide bénévole n’a pas de prix : effacez-le ou choisissez un tarif."))
        if kind in (HelpKind.SOLIDARITY, HelpKind.MARKET) and amount is None and not data.get("is_quote_to_come"):
            self.add_error("amount", _("Dites le montant, ou cochez « Soumission à venir »."))
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
    field_order = ("reason", "name", "is_shown")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        # A no needs no telephone: nobody will call.
        del self.fields["telephone"]
        self.fields["name"].required = False
