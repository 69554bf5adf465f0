"""The app's configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeedsConfig(AppConfig):
    """Help requests: writing, audience, publishing."""

    name = "expertise.needs"
    label = "needs"

    def ready(self) -> None:
        """Declare the room's rules, listen to what happens to groups, and let needs be reported."""
        from expertise.needs import permissions, receivers  # noqa: F401  importing declares
        from expertise.needs.models import Need
        from maillage.core.reporting import Remedy, reportable

        remedy = Remedy(_("Retirer la demande, sur sa page"), Need.get_absolute_url)
        reportable("need", Need, remedy=remedy)
