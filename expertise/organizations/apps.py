"""The app's configuration."""

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    """Organizations: seats, skills, availability, directory, regional contacts."""

    name = "expertise.organizations"
    label = "organizations"

    def ready(self) -> None:
        """Declare who may do what, and let organizations be reported."""
        import expertise.organizations.permissions  # noqa: F401  models must be loaded first
        from expertise.organizations.models import Organization
        from maillage.core.reporting import reportable

        reportable("organization", Organization)
