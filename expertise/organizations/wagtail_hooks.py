"""What editors keep of this room in the admin: the network's contacts, and ways to its own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from expertise.organizations.models import RegionalContact
from maillage.core import regions
from maillage.core.permissions import is_editor

if TYPE_CHECKING:
    from django.http import HttpRequest


class ContactAdminForm(WagtailAdminModelForm):
    """A region by its name; none for the network's own contact."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  Django's own arguments
        super().__init__(*args, **kwargs)
        choices = [("", _("Tout le réseau")), *regions.choices()]
        self.fields["region"] = forms.TypedChoiceField(
            label=_("Région"), choices=choices, required=False, empty_value=None
        )


class ContactViewSet(SnippetViewSet):
    """Persons-resources: who, where, when, and their deputies."""

    model = RegionalContact
    icon = "user"
    menu_label = _("Personnes-ressources")
    add_to_admin_menu = True
    list_display = ("name", "region", "position", "telephone", "is_active")
    list_filter = ("region", "is_active")
    ordering = ("region", "position", "pk")
    edit_handler = ObjectList(
        [
            FieldPanel("user"),
            FieldRowPanel([FieldPanel("region"), FieldPanel("position")]),
            FieldPanel("telephone"),
            FieldRowPanel([FieldPanel("hours_fr"), FieldPanel("hours_en")]),
            FieldRowPanel([FieldPanel("absent_from"), FieldPanel("absent_until")]),
            FieldPanel("is_active"),
        ],
        base_form_class=ContactAdminForm,
    )


register_snippet(ContactViewSet)


class EditorsItem(MenuItem):
    """A way that only editors see."""

    def is_shown(self, request: HttpRequest) -> bool:
        """For editors."""
        return bool(is_editor(request.user))


@hooks.register("register_admin_menu_item")
def import_item() -> MenuItem:
    """To the upload page."""
    return EditorsItem(_("Importer des organismes"), reverse("organizations:import"), icon_name="upload", order=720)


@hooks.register("register_admin_menu_item")
def invitations_item() -> MenuItem:
    """To the invitations of imported organizations."""
    return EditorsItem(_("Inviter les organismes"), reverse("organizations:invitations"), icon_name="mail", order=730)
