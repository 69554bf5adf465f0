"""The app's configuration."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Ground floor: pages' roots, images, documents, regions, audit entries, action tokens, permissions."""

    name = "maillage.core"
    label = "core"
