"""Organizations that the group does not want to be asked."""

from __future__ import annotations

from django.db import models

from expertise.needs.models.need import Need
from expertise.organizations.models import Organization


class NeedExclusion(models.Model):
    """One unticked organization of one need."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="exclusions")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="need_exclusions")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("need", "organization"), name="need_exclusion_once"),)

    def __str__(self) -> str:
        return f"{self.need_id} × {self.organization_id}"
