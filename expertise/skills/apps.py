"""The app's configuration."""

from django.apps import AppConfig


class SkillsConfig(AppConfig):
    """The taxonomy that ties everything: concepts, synonyms, import, merge."""

    name = "expertise.skills"
    label = "skills"

    def ready(self) -> None:
        """Declare who may do what."""
        import expertise.skills.permissions  # noqa: F401  models must be loaded first
