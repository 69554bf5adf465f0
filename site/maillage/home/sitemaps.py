"""What search engines may find: the doors, the guides and the organizations that everyone sees."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from expertise.organizations.models import Organization
from wiki.models import GuidePage

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.organizations.querysets import OrganizationQuerySet
    from wiki.querysets import GuideQuerySet

DOORS = ("home:home", "needs:write", "organizations:list", "wiki:list")


class PublicSitemap(Sitemap):  # type: ignore[type-arg]  # generic for the type checker alone
    """Under the network's public address, whatever name the server was asked by."""

    limit = 5000
    protocol = urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: object = None) -> str:
        """Of ``SITE_URL``."""
        return urlsplit(settings.SITE_URL).netloc


class DoorSitemap(PublicSitemap):
    """The pages from which all others are reached, in both languages."""

    i18n = alternates = True

    def items(self) -> tuple[str, ...]:
        """Their names."""
        return DOORS

    def location(self, item: str) -> str:
        """In the language of the moment."""
        return reverse(item)


class GuideSitemap(PublicSitemap):
    """Guides, each in its own language."""

    def items(self) -> GuideQuerySet:
        """The oldest first, so that pages of the sitemap stay as they are."""
        found: GuideQuerySet = GuidePage.objects.visible_to(AnonymousUser()).select_related("locale").order_by("pk")
        return found

    def lastmod(self, item: GuidePage) -> datetime | None:
        """When readers last got something new."""
        published_at: datetime | None = item.last_published_at
        return published_at


class OrganizationSitemap(PublicSitemap):
    """The directory's pages, in both languages."""

    i18n = alternates = True

    def items(self) -> OrganizationQuerySet:
        """The oldest first."""
        return Organization.objects.visible_to(AnonymousUser()).order_by("pk")

    def lastmod(self, item: Organization) -> datetime:
        """When its facts last changed."""
        return item.updated_at


SITEMAPS = {"doors": DoorSitemap, "guides": GuideSitemap, "organizations": OrganizationSitemap}
