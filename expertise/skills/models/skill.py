"""A concept of the shared taxonomy: the one tag model of the house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from taggit.models import TagBase

from expertise.skills.enums import SkillState
from maillage.core.folding import fold
from maillage.core.permissions import is_editor

if TYPE_CHECKING:
    from datetime import datetime

    from maillage.core.permissions import Actor


class SkillQuerySet(models.QuerySet["Skill"]):
    """Reads of the taxonomy."""

    def active(self) -> Self:
        """Concepts that everyone may use."""
        return self.filter(state=SkillState.ACTIVE)

    def visible_to(self, actor: Actor) -> Self:
        """Active concepts, one’s own proposals, and all proposals for editors; never merged ones."""
        if is_editor(actor):
            return self.exclude(state=SkillState.MERGED)
        own = models.Q(state=SkillState.PROPOSED, proposed_by_id=actor.pk) if actor.is_authenticated else models.Q()
        return self.filter(models.Q(state=SkillState.ACTIVE) | own)


class Skill(TagBase):
    """One concept. Identity is ``(source, source_id)``; ``name`` is the French label and may repeat."""

    name = models.CharField(max_length=255)
    slug = models.SlugField(max_length=255, unique=True, allow_unicode=True)
    name_en = models.CharField(max_length=255, blank=True)
    synonyms_fr = models.JSONField(default=list, blank=True)
    synonyms_en = models.JSONField(default=list, blank=True)
    description_fr = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    source = models.CharField(max_length=40)
    source_id = models.CharField(max_length=255)
    uri = models.URLField(max_length=255, blank=True)
    broader = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="narrower")
    state = models.CharField(max_length=10, choices=SkillState.choices, default=SkillState.ACTIVE)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposed_skills"
    )
    proposed_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)
    # Versions the vocabulary that processes keep; the database's own fact, so it is not a service's ``now``.
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now=True)

    objects = SkillQuerySet.as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(fields=("source", "source_id"), name="skill_identity"),
            models.CheckConstraint(
                condition=models.Q(state=SkillState.MERGED, merged_into__isnull=False)
                | (~models.Q(state=SkillState.MERGED) & models.Q(merged_into__isnull=True)),
                name="skill_merged_into",
            ),
        )
        indexes = (
            models.Index(fields=("state", "name"), name="skill_state_name"),
            models.Index(fields=("state", "updated_at"), name="skill_version"),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Label in the reader’s language; the French one when there is no other."""
        return (self.name_en or self.name) if (get_language() or "fr").startswith("en") else self.name

    @property
    def sort_key(self) -> str:
        """Orders labels as readers do: « Linux » among small letters, « équipement » among e's."""
        return fold(self.label)

    @property
    def description(self) -> str:
        """One line in the reader’s language."""
        is_english = (get_language() or "fr").startswith("en")
        return (self.description_en or self.description_fr) if is_english else self.description_fr
