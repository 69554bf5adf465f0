"""The app's configuration."""

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    """Organizations: seats, skills, availability, directory, regional contacts."""

    name = "expertise.organizations"
    label = "organizations"
