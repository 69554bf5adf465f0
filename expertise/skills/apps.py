"""The app's configuration."""

from django.apps import AppConfig


class SkillsConfig(AppConfig):
    """The taxonomy that ties everything: concepts, synonyms, import, merge."""

    name = "expertise.skills"
    label = "skills"
