"""Who agreed to what, when, and where we know it from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from members.enums import ConsentKind

if TYPE_CHECKING:
    from datetime import datetime


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Reads of consents."""

    def given(self, *, address: str, kind: ConsentKind) -> Self:
        """Consents of one address that still stand."""
        return self.filter(address=address.lower(), kind=kind, withdrawn_at=None)


class Consent(models.Model):
    """One consent of one address; ``source`` says where it was given (a form, a file, a date)."""

    address = models.EmailField(max_length=254)
    kind = models.CharField(max_length=20, choices=ConsentKind.choices)
    source = models.CharField(max_length=200)
    given_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    withdrawn_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("address", "kind"), condition=models.Q(withdrawn_at=None), name="consent_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.given_at:%Y-%m-%d}"
