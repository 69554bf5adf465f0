"""The app's configuration."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """Help requests: writing, audience, publishing."""

    name = "expertise.needs"
    label = "needs"

    def ready(self) -> None:
        """Declare the room's rules, listen to what happens to groups, and let needs be reported."""
        from expertise.needs import permissions, receivers  # noqa: F401  importing declares
        from expertise.needs.models import Need
        from maillage.core.reporting import reportable

        reportable("need", Need)
