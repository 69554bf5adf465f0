"""The app's configuration."""

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    """Organizations: seats, skills, availability, directory, regional contacts."""

    name = "expertise.organizations"
    label = "organizations"

    def ready(self) -> None:
        """Declare who may do what."""
        import expertise.organizations.permissions  # noqa: F401  models must be loaded first
