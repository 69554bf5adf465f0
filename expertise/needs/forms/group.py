"""The three facts that follow the text: the group, its municipality, the telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from expertise.needs import selectors
from expertise.needs.forms.fields import OUTSIDE, RegionField
from expertise.needs.services import GroupFacts
from expertise.organizations.enums import SeatState
from expertise.organizations.models import Organization, Seat
from maillage.core.folding import fold
from maillage.core.forms import LineField, RadioCards, TelephoneField

if TYPE_CHECKING:
    from expertise.needs.models import Need
    from members.models import User

NEW = "new"
NONE = "none"
JOIN_STATES = (SeatState.ACTIVE, SeatState.ASKED)


class GroupFields(forms.Form):
    """A group by its name, and where it is: shared with the form for those who call."""

    name = LineField(
        label=_("Nom de votre organisme"),
        max_length=255,
        required=False,
        help_text=_("Vu par tout le monde, dans la liste des organismes."),
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    existing = forms.ChoiceField(label=_("Est-ce l’un de ceux-ci?"), required=False, widget=RadioCards)
    municipality = LineField(
        label=_("Municipalité"),
        max_length=120,
        help_text=_("Vue par les organismes consultés, pour savoir s’il faut se déplacer."),
        error_messages={"required": _("Écrivez le nom de votre municipalité.")},
        widget=forms.TextInput({"autocomplete": "address-level2"}),
    )
    region = RegionField(help_text=_("Vue par tout le monde."))
    contact_name = LineField(
        label=_("Votre nom"),
        max_length=120,
        help_text=_("Vu par votre personne-ressource et par les organismes que vous choisirez."),
        error_messages={"required": _("Écrivez le nom de la personne à joindre.")},
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    telephone = TelephoneField(
        label=_("Votre téléphone"),
        help_text=_("Vu par votre personne-ressource et par les organismes que vous choisirez. Personne d’autre."),
        error_messages={"required": _("Écrivez le numéro où l’on peut vous joindre.")},
    )

    def __init__(self, *args: Any, actor: User, already: Organization | None = None, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.actor, self.already = actor, already
        self.fields["existing"].choices = self._existing_choices()  # type: ignore[attr-defined]

    @cached_property
    def named(self) -> list[Organization]:
        """Organizations of the network that the typed name may mean."""
        return selectors.organizations_named(str(self.data.get("name", "")), self.actor) if self.is_bound else []

    def _existing_choices(self) -> list[tuple[str, Any]]:
        if not self.named:
            return []
        shown = [
            (str(found.pk), ", ".join(filter(None, (found.name, found.shown_municipality)))) for found in self.named
        ]
        return [*shown, (NONE, _("Non, le nôtre n’y est pas encore"))]

    @property
    def chosen(self) -> Organization | None:
        """The known organization; None: one to be made from ``name``.

        A second press of the button names the one that the first press has made.
        """
        if self.already is not None and fold(str(self.data.get("name", ""))) == fold(self.already.name):
            return self.already
        return next((found for found in self.named if str(found.pk) == self.cleaned_data.get("existing")), None)

    def check_name(self) -> None:
        """Ask which one is meant when the name resembles a known one, and for a name when there is none."""
        if not self.cleaned_data.get("name"):
            self.add_error("name", _("Écrivez le nom de votre organisme."))
        elif (
            self.chosen is None
            and self.named
            and not self.cleaned_data.get("existing")
            and "existing" not in self.errors
        ):
            self.add_error(
                "existing", _("Un organisme de ce nom est déjà dans le réseau. Dites-nous si c’est le vôtre.")
            )


class GroupForm(GroupFields):
    """Choose one of one’s organizations, join one, or make one."""

    organization = forms.ChoiceField(
        label=_("Pour quel organisme?"),
        widget=RadioCards,
        error_messages={"required": _("Choisissez un organisme."), "invalid_choice": _("Choisissez un organisme.")},
    )
    field_order = ("organization", "name", "existing", "municipality", "region", "contact_name", "telephone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  Django's own arguments
        super().__init__(*args, **kwargs)
        seats = Seat.objects.filter(user_id=self.actor.pk, state__in=JOIN_STATES).select_related("organization")
        self.own = {str(seat.organization_id): seat.organization for seat in seats.order_by("organization__name")}
        choices = [(pk, organization.name) for pk, organization in self.own.items()]
        if self.own:
            # A second press of the button comes from a page that knew of no organization yet.
            is_second = self.is_bound and self.already is not None and "organization" not in self.data
            self.fields["organization"].required = not is_second
            self.fields["name"].label = _("Nom de l’autre organisme")
            self.fields["organization"].choices = [*choices, (NEW, _("Un autre organisme"))]  # type: ignore[attr-defined]
        else:
            del self.fields["organization"]
            self.fields["name"].widget.is_required = self.fields["name"].required = True
            self.fields["name"].error_messages["required"] = _("Écrivez le nom de votre organisme.")

    @property
    def is_new(self) -> bool:
        """The group is none of the person's own."""
        return str(self.cleaned_data.get("organization") or NEW) == NEW

    def clean(self) -> dict[str, Any]:
        """A name is needed only for a group that is not the person's yet."""
        cleaned = super().clean() or self.cleaned_data
        if self.is_new and not {"organization", "name"} & set(self.errors):
            self.check_name()
        return cleaned

    @property
    def known(self) -> Organization | None:
        """One of the person's own, or one of the network that they want to join; None: one to be made."""
        return self.chosen if self.is_new else self.own[self.cleaned_data["organization"]]

    def facts(self, organization: Organization) -> GroupFacts:
        """What was written, for the service."""
        data = self.cleaned_data
        return GroupFacts(
            organization=organization,
            contact_name=data["contact_name"],
            telephone=data["telephone"],
            municipality=data["municipality"],
            region=data["region"],
        )


def values_of(need: Need, actor: User) -> dict[str, Any]:
    """What the network already knows: the draft, else the person’s only organization, else the account."""
    only = Seat.objects.of(actor).select_related("organization").order_by("began_at", "pk").first()
    group = need.organization or (only.organization if only is not None else None)
    municipality = need.municipality or (group.municipality if group is not None else "")
    region = need.region or (group.region if group is not None else None)
    return {
        "organization": str(group.pk) if group is not None else NEW,
        "municipality": municipality,
        "region": region or (OUTSIDE if municipality else ""),
        "contact_name": need.contact_name or actor.name,
        "telephone": need.telephone or actor.telephone,
    }
