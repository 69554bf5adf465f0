"""A skill that a need asks for."""

from __future__ import annotations

from django.db import models
from taggit.models import ItemBase

from expertise.needs.models.need import Need
from expertise.skills.models import Skill


class NeedSkill(ItemBase):
    """One skill of one need; ``is_suggested``: found in the text and kept by the group."""

    tag = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="need_skills")
    content_object = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="need_skills")
    is_suggested = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("tag", "content_object"), name="need_skill_once"),)
