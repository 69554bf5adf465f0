"""The app's configuration."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """One box over one derived table of documents."""

    name = "search"
    label = "search"
