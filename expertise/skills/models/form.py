"""Folded forms of labels and synonyms, indexed: what a typed word is compared with."""

from __future__ import annotations

from django.db import models

from expertise.skills.enums import FormKind
from expertise.skills.models.skill import Skill
from maillage.core.enums import Language


class SkillForm(models.Model):
    """One label or synonym of one skill, as ``maillage.core.folding.fold`` writes it."""

    skill = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="forms")
    lang = models.CharField(max_length=2, choices=Language.choices)
    kind = models.CharField(max_length=10, choices=FormKind.choices)
    folded = models.CharField(max_length=255)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("skill", "lang", "folded"), name="skill_form_once"),)
        indexes = (models.Index(fields=("folded",), name="skill_form_folded"),)

    def __str__(self) -> str:
        return self.folded
