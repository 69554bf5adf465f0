"""Addresses for machines, the same in every language: health, metrics, the mail provider's webhooks."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
