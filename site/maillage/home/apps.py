"""The app's configuration."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """Top floor: the home page, the member’s dashboard and the editors’ page « À faire »."""

    name = "maillage.home"
    label = "home"
