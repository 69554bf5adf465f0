"""A skill that a guide teaches; it travels with revisions."""

from __future__ import annotations

from django.db import models
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase

from expertise.skills.models import Skill
from wiki.models.guide import GuidePage


class GuideSkill(ItemBase):
    """One skill of one guide."""

    tag = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="guide_skills")
    content_object = ParentalKey(GuidePage, on_delete=models.CASCADE, related_name="guide_skills")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("tag", "content_object"), name="guide_skill_once"),)
