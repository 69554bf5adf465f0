"""The app's configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SkillsConfig(AppConfig):
    """The taxonomy that ties everything: concepts, synonyms, import, merge."""

    name = "expertise.skills"
    label = "skills"

    def ready(self) -> None:
        """Declare who may do what, and show proposals in « À faire »."""
        import expertise.skills.permissions  # noqa: F401  models must be loaded first
        from expertise.skills import todo
        from maillage.core.todo import register_panel

        register_panel("skills", order=50, title=_("Compétences proposées"), find=todo.proposed)
