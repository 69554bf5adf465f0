"""How forms are drawn, and the fields and widgets that several rooms share."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from maillage.core.enums import ReportReason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from django.utils.functional import Promise

TELEPHONE_MIN_DIGITS = 10
TELEPHONE_MAX_DIGITS = 20


class MaillageFormRenderer(TemplatesSetting):
    """Fields with label, hint and error in the house's own templates."""

    form_template_name = "maillage/forms/form.html"
    field_template_name = "maillage/forms/field.html"


class LongText(forms.Textarea):
    """A textarea that never cuts what is pasted: the limit is said, counted where scripts run, and checked here.

    ``maxlength`` makes browsers drop the end of a pasted text silently, so it is sent as ``data-max``.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 6, **(attrs or {})})

    def get_context(self, name: str, value: object, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the limit under its harmless name."""
        context = super().get_context(name, value, attrs)
        limit = context["widget"]["attrs"].pop("maxlength", None)
        if limit is not None:
            context["widget"]["attrs"]["data-max"] = limit
        return context


class DayInput(forms.DateInput):
    """A date in the browser's own picker; typed as 2026-11-24 where there is none."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DescribedChoices(forms.widgets.ChoiceWidget):
    """Choices that carry one line of explanation each.

    Args:
        attrs: attributes of every input.
        choices: as for any choice widget.
        descriptions: one short sentence by choice value; a choice without one shows its label only.
    """

    option_template_name = "maillage/forms/choice_card.html"

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Iterable[tuple[object, object]] = (),
        descriptions: Mapping[str, str | Promise] | None = None,
    ) -> None:
        super().__init__(attrs, choices)
        self.descriptions = descriptions or {}

    def create_option(self, name: str, value: object, *args: Any, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401
        """Add the description of one choice."""
        option = super().create_option(name, value, *args, **kwargs)
        option["description"] = self.descriptions.get(str(value), "")
        return option


class RadioCards(DescribedChoices, forms.RadioSelect):
    """One choice among few, each in its own card."""

    option_template_name = "maillage/forms/choice_card.html"


class CheckboxCards(DescribedChoices, forms.CheckboxSelectMultiple):
    """Several choices among few, each in its own card."""

    option_template_name = "maillage/forms/choice_card.html"


class MoneyInput(forms.TextInput):
    """An amount in dollars: free typing, a numeric keyboard on a telephone."""

    template_name = "maillage/forms/money.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", "size": 10, **(attrs or {})})


class MoneyField(forms.DecimalField):
    """Dollars as people write them: « 45 », « 1 234,50 $ », "$1,234.50"."""

    widget = MoneyInput
    default_error_messages = {"invalid": _("Écrivez un montant, par exemple 45 ou 45,50.")}

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401  Django's own arguments
        super().__init__(**{"max_digits": 9, "decimal_places": 2, "min_value": 0, **kwargs})

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override]  # as DecimalField itself
        """Read the amount; a comma followed by one or two last digits is a decimal comma."""
        if isinstance(value, str):
            value = re.sub(r"[\s$\u00a0\u202f]", "", value)
            value = re.sub(r",(\d{1,2})$", r".\1", value)
            if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d*)?", value):
                value = value.replace(",", "")
        return super().to_python(value)


class LineField(forms.CharField):
    """A text on one line: a line break in a name would end up in a mail's header."""

    default_error_messages = {"line": _("Écrivez-le sur une seule ligne, sans caractères spéciaux.")}

    def validate(self, value: str) -> None:
        """Refuse control characters and line separators.

        Raises:
            ValidationError: there is one.
        """
        super().validate(value)
        if any(unicodedata.category(letter) in {"Cc", "Zl", "Zp"} for letter in value):
            raise ValidationError(self.error_messages["line"], code="line")


class TelephoneField(LineField):
    """A telephone number kept as typed; it must hold at least ten digits. An extension may follow."""

    widget = forms.TelInput
    default_error_messages = {
        "invalid": _("Écrivez un numéro avec l’indicatif régional, par exemple 819 555-0142."),
    }

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401  Django's own arguments
        super().__init__(**{"max_length": 40, **kwargs})
        self.widget.attrs.setdefault("autocomplete", "tel")
        self.widget.attrs.setdefault("inputmode", "tel")

    def validate(self, value: str) -> None:
        """Refuse what cannot be dialled.

        Raises:
            ValidationError: too few or too many digits.
        """
        super().validate(value)
        if value and not TELEPHONE_MIN_DIGITS <= len(re.sub(r"\D", "", value)) <= TELEPHONE_MAX_DIGITS:
            raise ValidationError(self.error_messages["invalid"], code="invalid")


class ReportForm(forms.Form):
    """What is wrong, and a word about it."""

    reason = forms.ChoiceField(label=_("Qu’est-ce qui ne va pas?"), choices=ReportReason.choices, widget=RadioCards)
    word = forms.CharField(
        label=_("Un mot d’explication"),
        help_text=_("Seule l’équipe du réseau le lira."),
        max_length=1000,
        required=False,
        widget=LongText,
    )
