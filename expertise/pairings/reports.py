"""« Signaler » an offer: what it is called, where it is read, where an editor acts on it."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy

from expertise.pairings.models import Pairing
from maillage.core.reporting import Remedy, reportable


def let_offers_be_reported() -> None:
    """By who may see them: the group above all. Called at start."""
    reportable(
        "offer",
        Pairing,
        title=lambda offer: _("Offre de %(name)s") % {"name": offer.organization.shown_name},
        page=lambda offer: reverse("pairings:offers", args=[offer.need_id]),
        remedy=Remedy(
            gettext_lazy("Suspendre l’organisme"),
            lambda offer: reverse("organizations:state", args=[offer.organization.slug]),
        ),
        related=("organization",),
    )
