"""Jumelage: one need with one organization."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from expertise.needs.models import Need
from expertise.organizations.enums import HelpKind
from expertise.organizations.models import Organization
from expertise.pairings.enums import AmountUnit, DeclineReason, Origin, PairingState
from expertise.pairings.models.wave import Wave
from expertise.pairings.querysets import PairingQuerySet

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal


class Pairing(models.Model):
    """One row per need and organization, reused by later waves.

    ``reasons`` is a list of ``{"code", "weight", "data"}`` from ``expertise.matching``, rendered in the reader's
    language. ``told_at`` is when the proposal's mail was handed over: the clock starts there. ``answered_by`` is null
    when the answer came by a link; then the name and telephone typed there stand alone.
    """

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="pairings")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="pairings")
    wave = models.ForeignKey(Wave, null=True, blank=True, on_delete=models.SET_NULL, related_name="pairings")
    origin = models.CharField(max_length=12, choices=Origin.choices)
    state = models.CharField(max_length=12, choices=PairingState.choices)
    score = models.FloatField(default=0.0)
    reasons = models.JSONField(default=list, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)

    proposed_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)
    told_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)
    reminded_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)
    lapses_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)

    answered_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="answers"
    )
    answered_address = models.EmailField(max_length=254, blank=True)
    answered_name = models.CharField(max_length=120, blank=True)
    answered_telephone = models.CharField(max_length=40, blank=True)
    is_answerer_shown = models.BooleanField(default=False)

    word = models.TextField(max_length=2000, blank=True)
    help_kind = models.CharField(max_length=12, choices=HelpKind.choices, blank=True)
    amount: models.DecimalField[Decimal | None, Decimal | None] = models.DecimalField(
        max_digits=9, decimal_places=2, null=True, blank=True
    )
    amount_unit = models.CharField(max_length=8, choices=AmountUnit.choices, blank=True)
    is_quote_to_come = models.BooleanField(default=False)
    available_on: models.DateField[date | None, date | None] = models.DateField(null=True, blank=True)

    decline_reason = models.CharField(max_length=16, choices=DeclineReason.choices, blank=True)
    referred_to = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.SET_NULL, related_name="referrals_received"
    )
    referred_word = models.CharField(max_length=500, blank=True)
    referred_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="referrals")

    introduced_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)
    spoken_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)
    group_outcome = models.CharField(max_length=12, blank=True)
    organization_outcome = models.CharField(max_length=12, blank=True)
    ended_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    objects = PairingQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("need", "organization"), name="pairing_once"),
            models.CheckConstraint(
                condition=~models.Q(state=PairingState.DECLINED) | ~models.Q(decline_reason=""),
                name="pairing_declined_has_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=PairingState.OFFERED)
                | (models.Q(answered_at__isnull=False) & ~models.Q(help_kind="")),
                name="pairing_offer_complete",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=(PairingState.INTRODUCED, PairingState.UNDER_WAY))
                | models.Q(introduced_at__isnull=False),
                name="pairing_introduced_when",
            ),
        )
        indexes = (
            models.Index(fields=("organization", "state"), name="pairing_organization_state"),
            models.Index(fields=("need", "state"), name="pairing_need_state"),
        )

    def __str__(self) -> str:
        return f"{self.need_id} × {self.organization_id} {self.state}"
