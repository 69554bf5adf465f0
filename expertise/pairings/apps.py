"""The app's configuration."""

from django.apps import AppConfig


class PairingsConfig(AppConfig):
    """One need with one organization: waves, offers, introductions, outcomes, clocks, contacts."""

    name = "expertise.pairings"
    label = "pairings"
