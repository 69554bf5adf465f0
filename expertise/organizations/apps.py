"""The app's configuration."""

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    """Organizations: seats, skills, availability, directory, regional contacts."""

    name = "expertise.organizations"
    label = "organizations"

    def ready(self) -> None:
        """Declare who may do what; let organizations be reported, and checked in « À faire »."""
        import expertise.organizations.permissions  # noqa: F401  models must be loaded first
        from expertise.organizations import todo
        from expertise.organizations.models import Organization
        from maillage.core.reporting import Remedy, reportable
        from maillage.core.todo import register_panel

        remedy = Remedy(
            _("Vérifier, suspendre ou retirer"), lambda found: reverse("organizations:state", args=[found.slug])
        )
        reportable("organization", Organization, remedy=remedy)
        register_panel("organizations", order=30, title=_("Organismes à vérifier"), find=todo.unverified)
        register_panel("unreachable", order=32, title=_("Organismes injoignables"), find=todo.unreachable)
        register_panel("uninvited", order=65, title=_("Fiches à inviter"), find=todo.uninvited, is_upkeep=True)
        register_panel("unconfirmed", order=70, title=_("Fiches à confirmer"), find=todo.unconfirmed, is_upkeep=True)
