"""The app's configuration."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class MembersConfig(AppConfig):
    """People: accounts, sign-in, consent, notification preferences, personal-data registry."""

    name = "members"
    label = "members"

    def ready(self) -> None:
        """Listen, and gather what every room declares of personal data."""
        import_module("members.receivers")
        import_module("members.declarations").declare_all()
        autodiscover_modules("personal_data")
