"""The app's configuration."""

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """Help requests: writing, audience, publishing."""

    name = "expertise.needs"
    label = "needs"
