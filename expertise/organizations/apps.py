"""The app's configuration."""

from django.apps import AppConfig
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
        from maillage.core.reporting import reportable
        from maillage.core.todo import register_panel

        reportable("organization", Organization)
        register_panel("organizations", order=30, title=_("Organismes à vérifier"), find=todo.unverified)
