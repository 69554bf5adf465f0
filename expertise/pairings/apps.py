"""The app's configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PairingsConfig(AppConfig):
    """One need with one organization: waves, offers, introductions, outcomes, clocks, contacts."""

    name = "expertise.pairings"
    label = "pairings"

    def ready(self) -> None:
        """Declare the room's rules, listen to needs and organizations, tell what organizations have in hand."""
        from expertise.organizations.contributions import (
            contribute_documents,
            contribute_loads,
        )
        from expertise.pairings import contributions, permissions, receivers, reports, todo  # noqa: F401  importing declares
        from maillage.core.todo import register_panel

        register_panel("held", order=5, title=_("Demandes à laisser partir"), find=todo.held)
        register_panel("needs", order=10, title=_("Demandes en difficulté"), find=todo.at_risk)
        reports.let_offers_be_reported()
        contribute_loads("pairings", contributions.loads_of)
        contribute_documents("pairings", contributions.documents_of, stamp=contributions.documents_stamp)
