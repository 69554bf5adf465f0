"""Addresses that search engines know by heart, without a language."""

from __future__ import annotations

from django.contrib.sitemaps import views as sitemaps
from django.urls import path
from django.views.decorators.http import require_safe

from maillage.home.sitemaps import SITEMAPS
from maillage.home.views.crawlers import robots

PARTS = {"sitemaps": SITEMAPS}
index, part = require_safe(sitemaps.index), require_safe(sitemaps.sitemap)

urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", index, {**PARTS, "sitemap_url_name": "sitemap_part"}, name="sitemap"),
    path("sitemap-<section>.xml", part, PARTS, name="sitemap_part"),
]
