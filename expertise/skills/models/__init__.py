"""The concept that ties organizations, needs and guides, and the forms under which people look for it."""

from expertise.skills.models.form import SkillForm
from expertise.skills.models.skill import Skill

__all__ = ["Skill", "SkillForm"]
