"""The network itself: its name, its postal address, its humans. One row."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.db import models

CACHE_KEY = "core.network"
CACHE_S = 60


class NetworkManager(models.Manager["Network"]):
    """The one row, read often and changed rarely."""

    def current(self) -> Network:
        """The network, from the cache for a minute; an unsaved blank one before ``start_network``."""
        found = cache.get(CACHE_KEY)
        if not isinstance(found, Network):
            found = self.order_by("pk").first() or Network()
            cache.set(CACHE_KEY, found, CACHE_S)
        return found


class Network(models.Model):
    """Who runs this site.

    ``editors_weekday``: 0 is Monday. ``editor`` gets the week's mail (null: every editor), ``deputy`` in their place.
    """

    singleton = models.BooleanField(default=True, unique=True, editable=False)
    name = models.CharField(max_length=120, default="Maillage")
    tagline_fr = models.CharField(max_length=200, blank=True)
    tagline_en = models.CharField(max_length=200, blank=True)
    postal_address = models.TextField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    privacy_officer_name = models.CharField(max_length=120, blank=True)
    privacy_officer_email = models.EmailField(blank=True)
    editors_weekday = models.PositiveSmallIntegerField(default=1)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = NetworkManager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(singleton=True), name="network_singleton"),
            models.CheckConstraint(condition=models.Q(editors_weekday__lte=6), name="network_weekday"),
        )

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Save, and let every process of this cache see it."""
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        cache.delete(CACHE_KEY)
