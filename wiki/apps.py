"""The app's configuration."""

from django.apps import AppConfig


class WikiConfig(AppConfig):
    """Guides: writing, revisions, review."""

    name = "wiki"
    label = "wiki"
