"""Guides, their skills, and the addresses that they had."""

from wiki.models.former_slug import FormerSlug
from wiki.models.guide import GuidePage
from wiki.models.skill import GuideSkill

__all__ = ["FormerSlug", "GuidePage", "GuideSkill"]
