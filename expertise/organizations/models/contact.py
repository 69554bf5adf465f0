"""The named humans: one or more for each region, and the network’s own, without region."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils.translation import get_language

from maillage.core.regions import REGIONS, Region, region_of

if TYPE_CHECKING:
    from datetime import date


class RegionalContactQuerySet(models.QuerySet["RegionalContact"]):
    """Reads of contacts."""

    def present(self, day: date) -> Self:
        """Active contacts who are not away on a day."""
        away = models.Q(absent_from__lte=day, absent_until__gte=day)
        return self.filter(is_active=True).exclude(away)

    def in_turn(self, region: str | None, day: date) -> Self:
        """Contacts of a region in turn (first, deputies), then the network’s own; those away come last.

        Never empty once ``start_network`` has run, so that no need ends without a named human.
        """
        own = models.Q(region__isnull=True)
        scope = own | models.Q(region=region) if region else own
        away = models.Q(absent_from__lte=day, absent_until__gte=day)
        return (
            self.filter(scope, is_active=True)
            .annotate(
                is_away=models.Case(models.When(away, then=1), default=0, output_field=models.IntegerField()),
                is_network=models.Case(models.When(own, then=1), default=0, output_field=models.IntegerField()),
            )
            .order_by("is_away", "is_network", "position", "pk")
        )


class RegionalContact(models.Model):
    """A person-resource. ``region`` null: the network's own. ``position`` 1 is first, others are deputies in turn."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contact_roles")
    region = models.CharField(max_length=2, null=True, blank=True)  # noqa: DJ001  null: the network's own
    position = models.PositiveSmallIntegerField(default=1)
    telephone = models.CharField(max_length=40)
    hours_fr = models.CharField(max_length=120, blank=True)
    hours_en = models.CharField(max_length=120, blank=True)
    absent_from: models.DateField[date | None, date | None] = models.DateField(null=True, blank=True)
    absent_until: models.DateField[date | None, date | None] = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)

    objects = RegionalContactQuerySet.as_manager()

    class Meta:
        ordering = ("region", "position", "pk")
        constraints = (
            # Two, because SQLite counts nulls as distinct: one role in a region, one in the network.
            models.UniqueConstraint(fields=("user", "region"), name="contact_once"),
            models.UniqueConstraint(
                fields=("user",), condition=models.Q(region__isnull=True), name="contact_of_network_once"
            ),
            models.CheckConstraint(
                condition=models.Q(region__isnull=True) | models.Q(region__in=list(REGIONS)), name="contact_region"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.region or '—'}"

    @property
    def name(self) -> str:
        """The human’s name, as shown to everyone."""
        return self.user.name

    def is_away_on(self, day: date) -> bool:
        """Whether they said that they are away."""
        if self.absent_from is None or self.absent_until is None:
            return False
        return self.absent_from <= day <= self.absent_until

    @property
    def hours(self) -> str:
        """When the telephone is answered, in the reader’s language."""
        return (self.hours_en or self.hours_fr) if (get_language() or "fr").startswith("en") else self.hours_fr

    @property
    def region_object(self) -> Region | None:
        """Their region; None for the network’s own."""
        return region_of(self.region)
