"""The app's configuration."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """People: accounts, sign-in, consent, notification preferences, personal-data registry."""

    name = "members"
    label = "members"
