"""The network’s human, for pages of lower rooms: « Rien reçu? »."""

from __future__ import annotations

from django import template
from django.utils import timezone

from expertise.organizations.models import RegionalContact

register = template.Library()


@register.simple_tag
def network_contact() -> RegionalContact | None:
    """The network’s own contact of today, or whoever stands in; None before there is one.

    Never a region's by an address that somebody typed: that would tell that the address is known.
    """
    return RegionalContact.objects.in_turn(None, timezone.localdate()).select_related("user").first()
