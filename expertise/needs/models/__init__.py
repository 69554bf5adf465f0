"""Help requests and their skills."""

from expertise.needs.models.exclusion import NeedExclusion
from expertise.needs.models.need import Need
from expertise.needs.models.skill import NeedSkill

__all__ = ["Need", "NeedExclusion", "NeedSkill"]
