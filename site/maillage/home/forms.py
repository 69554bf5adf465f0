"""The editors' week: its day, its reader, their deputy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from maillage.core.models import Network
from members import editors

if TYPE_CHECKING:
    from members.models import User


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker alone
    """One editor, by name and address."""

    def label_from_instance(self, obj: User) -> str:
        """Two people may have one name."""
        return f"{obj.name} ({obj.email})" if obj.name else obj.email


class WeekForm(forms.Form):
    """A day, one editor or all of them, and another one in their place."""

    weekday = forms.TypedChoiceField(label=_("Jour du courriel"), choices=list(WEEKDAYS.items()), coerce=int)
    editor = PersonChoice(
        label=_("Qui le reçoit"),
        queryset=None,
        required=False,
        empty_label=_("Toute l’équipe éditoriale"),
    )
    deputy = PersonChoice(
        label=_("Qui supplée"),
        queryset=None,
        required=False,
        empty_label=_("Personne"),
        help_text=_("Reçoit le courriel en cas d’absence, et aussi quand une chose attend depuis deux courriels."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  Django's own arguments
        network = Network.objects.current()
        initial = {"weekday": network.editors_weekday, "editor": network.editor_id, "deputy": network.deputy_id}
        super().__init__(*args, **{"initial": initial, **kwargs})
        for name in ("editor", "deputy"):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = editors.active()

    def clean(self) -> dict[str, Any]:
        """The deputy is somebody else, and stands in for somebody."""
        cleaned = super().clean() or {}
        editor, deputy = cleaned.get("editor"), cleaned.get("deputy")
        if deputy is not None and editor is None and not self.errors:
            self.add_error("editor", _("Nommez d’abord qui reçoit le courriel."))
        elif deputy is not None and deputy == editor:
            self.add_error("deputy", _("Choisissez une autre personne."))
        return cleaned
