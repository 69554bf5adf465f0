"""« À rappeler »: what a contact must do about a need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from expertise.needs.models import Need
from expertise.organizations.models import RegionalContact
from expertise.pairings.enums import ContactTaskReason, ContactTaskState
from maillage.core.permissions import is_editor

if TYPE_CHECKING:
    from datetime import datetime

    from maillage.core.permissions import Actor


class ContactTaskQuerySet(models.QuerySet["ContactTask"]):
    """Reads of calls to make."""

    def open(self) -> Self:
        """Still to do."""
        return self.filter(state=ContactTaskState.OPEN)

    def visible_to(self, actor: Actor) -> Self:
        """A contact’s own, and those of their region (deputies see them too); all for editors."""
        if is_editor(actor):
            return self
        if not actor.is_authenticated:
            return self.none()
        roles = RegionalContact.objects.filter(user_id=actor.pk, is_active=True)
        return self.filter(
            models.Q(contact__in=roles.values("pk"))
            | models.Q(need__region__in=roles.values("region"))
            | models.Q(models.Exists(roles.filter(region__isnull=True)))
        )


class ContactTask(models.Model):
    """One call to make, held by one contact at a time; ``moved_at`` restarts the clock that passes it on."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="contact_tasks")
    contact = models.ForeignKey(RegionalContact, on_delete=models.PROTECT, related_name="contact_tasks")
    reason = models.CharField(max_length=16, choices=ContactTaskReason.choices)
    state = models.CharField(max_length=10, choices=ContactTaskState.choices, default=ContactTaskState.OPEN)
    note = models.TextField(max_length=2000, blank=True)
    passes = models.PositiveSmallIntegerField(default=0)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    moved_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    ended_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)

    objects = ContactTaskQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("need", "reason"), condition=models.Q(state=ContactTaskState.OPEN), name="contact_task_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.need_id} {self.reason} {self.state}"
