"""The app's configuration."""

from django.apps import AppConfig


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
        from expertise.pairings import contributions, permissions, receivers  # noqa: F401  importing declares

        contribute_loads("pairings", contributions.loads_of)
        contribute_documents("pairings", contributions.documents_of)
