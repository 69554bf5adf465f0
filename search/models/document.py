"""What can be found: derived from guides, organizations, needs and skills; rebuilt at will."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from maillage.core.enums import Language
from search.enums import DocumentAudience, DocumentKind

if TYPE_CHECKING:
    from datetime import datetime


class Document(models.Model):
    """One object that can be found, in one language, with its analysed text beside it.

    ``analysed`` maps each field to the terms that ``search.analysis`` made of it; ``length`` counts them, weighted.
    """

    kind = models.CharField(max_length=12, choices=DocumentKind.choices)
    object_id = models.BigIntegerField()
    lang = models.CharField(max_length=2, choices=Language.choices)
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    headings = models.TextField(blank=True)
    body = models.TextField(blank=True)
    attachments = models.TextField(blank=True)
    skills = models.JSONField(default=list, blank=True)
    skill_words = models.TextField(blank=True)
    region = models.CharField(max_length=2, blank=True)
    audience = models.CharField(max_length=10, choices=DocumentAudience.choices, default=DocumentAudience.EVERYONE)
    url = models.CharField(max_length=512)
    prior = models.FloatField(default=0.0)
    analysed = models.JSONField(default=dict)
    length = models.FloatField(default=0.0)
    updated_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kind", "object_id"), name="document_once"),)
        indexes = (models.Index(fields=("kind", "lang", "-updated_at"), name="document_kind"),)

    def __str__(self) -> str:
        return self.title
