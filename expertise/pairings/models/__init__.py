"""Waves, pairings, and what contacts must do."""

from expertise.pairings.models.contact_task import ContactTask
from expertise.pairings.models.pairing import Pairing
from expertise.pairings.models.wave import Wave

__all__ = ["ContactTask", "Pairing", "Wave"]
