"""A skill that an organization holds: services et savoir-faire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from taggit.models import ItemBase

from expertise.organizations.models.organization import Organization
from expertise.skills.models import Skill

if TYPE_CHECKING:
    from datetime import datetime


class OrganizationSkill(ItemBase):
    """One skill of one organization, last confirmed when.

    ``help_kinds`` and ``served_regions`` are its exceptions; null: as the organization.
    """

    tag = models.ForeignKey(Skill, on_delete=models.CASCADE, related_name="organization_skills")
    content_object = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="organization_skills")
    confirmed_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)
    help_kinds = models.JSONField(null=True, blank=True, default=None)
    served_regions = models.JSONField(null=True, blank=True, default=None)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("tag", "content_object"), name="organization_skill_once"),)

    def absorb(self, other: OrganizationSkill) -> None:
        """Keep the later confirmation when two skills become one."""
        dates = [row.confirmed_at for row in (self, other) if row.confirmed_at is not None]
        if dates and self.confirmed_at != max(dates):
            self.confirmed_at = max(dates)
            self.save(update_fields=("confirmed_at",))
