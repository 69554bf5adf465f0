"""The app's configuration."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """Help requests: writing, audience, publishing."""

    name = "expertise.needs"
    label = "needs"

    def ready(self) -> None:
        """Declare the room's rules, and listen to what happens to groups."""
        from expertise.needs import permissions, receivers  # noqa: F401  importing declares
