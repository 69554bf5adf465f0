"""Guides and their skills."""

from wiki.models.guide import GuidePage
from wiki.models.skill import GuideSkill

__all__ = ["GuidePage", "GuideSkill"]
