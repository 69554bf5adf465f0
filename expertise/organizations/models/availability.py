"""How many needs an organization takes at once, and when it is away. Its row is what pairings lock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from expertise.organizations.models.organization import Organization

if TYPE_CHECKING:
    from datetime import date


class Availability(models.Model):
    """One row per organization, made with it. ``capacity`` counts needs introduced or under way."""

    organization = models.OneToOneField(Organization, on_delete=models.CASCADE, related_name="availability")
    capacity = models.PositiveIntegerField(default=2)

    class Meta:
        verbose_name_plural = "availabilities"

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.capacity}"


class ClosedPeriodQuerySet(models.QuerySet["ClosedPeriod"]):
    """Reads of absences."""

    def on(self, day: date) -> Self:
        """Periods that hold a day."""
        return self.filter(starts_on__lte=day, ends_on__gte=day)


class ClosedPeriod(models.Model):
    """Days, both included, when the organization takes no new need: holidays, an absence, « pas maintenant »."""

    availability = models.ForeignKey(Availability, on_delete=models.CASCADE, related_name="closed_periods")
    starts_on: models.DateField[date, date] = models.DateField()
    ends_on: models.DateField[date, date] = models.DateField()

    objects = ClosedPeriodQuerySet.as_manager()

    class Meta:
        ordering = ("starts_on",)
        constraints = (
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="closed_period_order"),
        )

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"
