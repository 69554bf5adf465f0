"""The app's configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """Ground floor: pages' roots, images, documents, regions, audit entries, action tokens, permissions."""

    name = "maillage.core"
    label = "core"

    def ready(self) -> None:
        """Say who settles reports and plans the editors' week; show reports in « À faire »."""
        from maillage.core import reports_todo
        from maillage.core.models import Network, Report
        from maillage.core.permissions import declare, is_editor
        from maillage.core.todo import register_panel

        declare("settle", Report, is_editor)
        declare("edit", Network, is_editor)
        register_panel("reports", order=20, title=_("Signalements"), find=reports_todo.find)
