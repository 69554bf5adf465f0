"""A need taken by telephone: the caller's group and words, entered by a contact or an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import get_language, gettext_lazy as _

from expertise.needs.enums import Audience, Mode, When
from expertise.needs.forms.fields import capitalized
from expertise.needs.forms.group import GroupFields
from expertise.needs.services import DraftFacts, GroupFacts
from expertise.organizations.enums import HelpKind
from maillage.core.enums import Language
from maillage.core.forms import LongText

if TYPE_CHECKING:
    from expertise.organizations.models import Organization


class TelephoneForm(GroupFields):
    """In the order of a call: who calls, from where, what they need; skills come from the text."""

    text = forms.CharField(
        label=_("Ce que la personne demande"),
        help_text=_("Dans ses mots. Lu par les organismes consultés et, sauf avis contraire, par les membres."),
        max_length=5000,
        widget=LongText,
        error_messages={"required": _("Écrivez ce dont la personne a besoin; une phrase suffit.")},
    )
    when = forms.ChoiceField(label=_("Pour quand?"), choices=capitalized(When), widget=forms.RadioSelect)
    mode = forms.ChoiceField(label=_("Sur place ou à distance?"), choices=capitalized(Mode), widget=forms.RadioSelect)
    audience = forms.ChoiceField(
        label=_("Qui peut lire la demande?"), choices=capitalized(Audience), widget=forms.RadioSelect
    )
    lang = forms.ChoiceField(label=_("Langue de la personne"), choices=capitalized(Language))
    form_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    field_order = ("contact_name", "telephone", "name", "existing", "municipality", "region", "text", "when")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  Django's own arguments
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Organisme de la personne")
        self.fields["name"].required = True
        self.fields["name"].error_messages["required"] = _("Écrivez le nom de l’organisme.")
        self.fields["contact_name"].label = _("Nom de la personne")
        self.fields["telephone"].label = _("Téléphone de la personne")
        for name in ("contact_name", "telephone"):
            self.fields[name].help_text = _(
                "Vu par la personne-ressource et par les organismes que la personne choisira."
            )

    def clean(self) -> dict[str, Any]:
        """A name that resembles a known one asks which is meant."""
        cleaned = super().clean() or self.cleaned_data
        if "name" not in self.errors:
            self.check_name()
        return cleaned

    def draft_facts(self) -> DraftFacts:
        """The need, for the service."""
        data = self.cleaned_data
        return DraftFacts(
            text=data["text"],
            lang=data["lang"],
            when=data["when"],
            telephone=data["telephone"],
            region=data["region"],
            mode=data["mode"],
            help_kinds=(HelpKind.VOLUNTEER, HelpKind.SOLIDARITY),
            languages=(data["lang"],),
            audience=data["audience"],
        )

    def group_facts(self, organization: Organization) -> GroupFacts:
        """The group, for the service."""
        data = self.cleaned_data
        return GroupFacts(
            organization=organization,
            contact_name=data["contact_name"],
            telephone=data["telephone"],
            municipality=data["municipality"],
            region=data["region"],
        )


def blank_values(region: str | None, form_key: str) -> dict[str, Any]:
    """What the form holds when the telephone rings: the contact's own region."""
    return {
        "region": region or "",
        "when": When.WEEK,
        "mode": Mode.EITHER,
        "audience": Audience.MEMBERS,
        "lang": (get_language() or "fr")[:2],
        "form_key": form_key,
    }
