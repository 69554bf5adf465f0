"""Addresses that a guide once had: they lead to it for ever."""

from __future__ import annotations

from django.db import models
from wagtail.models import Locale

from wiki.models.guide import GuidePage


class FormerSlug(models.Model):
    """One former address, in the guide's language."""

    guide = models.ForeignKey(GuidePage, on_delete=models.CASCADE, related_name="former_slugs")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    slug = models.CharField(max_length=255)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("locale", "slug"), name="former_slug_once"),)

    def __str__(self) -> str:
        return self.slug
