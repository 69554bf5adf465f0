"""Fields that several forms of this room share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from maillage.core import regions

if TYPE_CHECKING:
    from django.db.models import TextChoices

OUTSIDE = "00"
MAX_IDS = 60
MAX_ID_DIGITS = 12


class RegionField(forms.ChoiceField):
    """One of the 17 regions, or outside Québec, which is stored as null; nothing chosen is null too."""

    default_error_messages = {
        "required": _("Choisissez une région."),
        "invalid_choice": _("Choisissez une région de la liste."),
    }

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401  Django's own arguments
        super().__init__(**{"label": _("Région"), "choices": region_choices, **kwargs})

    def clean(self, value: object) -> str | None:
        """The region's code, or None."""
        code = super().clean(value)
        return None if code in ("", OUTSIDE) else code


class IdsField(forms.CharField):
    """Ids that a page showed, so that what came back without a tick is told from what was never there."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, max_length=MAX_IDS * MAX_ID_DIGITS)

    def clean(self, value: object) -> list[int]:
        """Whole numbers; whatever is not one was not written by our page and is left out."""
        parts = str(super().clean(value) or "").split(",")
        return [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) <= MAX_ID_DIGITS][
            :MAX_IDS
        ]


def capitalized(choices: type[TextChoices]) -> list[tuple[str, Any]]:
    """Choices as answers of a form: each begins with a capital."""
    return [(value, capfirst(label)) for value, label in choices.choices]


def region_choices() -> list[tuple[str, Any]]:
    """Nothing, the 17 regions, outside."""
    return [("", _("Choisir…")), *regions.choices(), (OUTSIDE, _("Hors Québec, à distance seulement"))]
