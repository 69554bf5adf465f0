"""Organizations that wait for an editor: to be checked, reached, invited, asked whether all is still right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Max, Min
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, ngettext

from expertise.organizations.enums import OrganizationState
from expertise.organizations.models import Organization
from expertise.organizations.services import INVITED_AT_ONCE
from expertise.organizations.services.confirming import asks_by_itself_at, to_confirm, waits_since
from maillage.core.formats import day_text, number_text, telephone_parts
from maillage.core.todo import Button, Row, Waiting

if TYPE_CHECKING:
    from datetime import datetime


def unverified(_now: datetime, limit: int) -> Waiting:
    """The one that waits longest first."""
    waiting = Organization.objects.filter(state=OrganizationState.UNVERIFIED).order_by("created_at", "pk")
    rows = [
        Row(
            title=organization.shown_name,
            url=_state_page(organization),
            since=organization.created_at,
            meta=[str(organization.get_kind_display()), *_meta(organization)],
            button=Button(_state_page(organization), _("Vérifier"), {"verb": "verify"}),
            fallback=_("Sans geste, il ne voit pas les demandes adressées aux membres du réseau."),
        )
        for organization in waiting[:limit]
    ]
    return Waiting(waiting.count(), rows)


def unreachable(_now: datetime, limit: int) -> Waiting:
    """Those in the network whose requests nobody would receive."""
    left_at = Coalesce(Max("seats__ended_at"), "created_at")
    waiting = Organization.objects.askable().without_reader().annotate(left_at=left_at).order_by("left_at", "pk")
    rows = [
        Row(
            title=organization.shown_name,
            url=organization.get_absolute_url(),
            since=organization.left_at,
            meta=_meta(organization),
            button=Button(
                reverse("organizations:team", args=[organization.slug]), _("Inviter quelqu’un"), is_link=True
            ),
            fallback=_("Sans geste, aucune demande ne lui parvient."),
        )
        for organization in waiting[:limit]
    ]
    return Waiting(waiting.count(), rows)


def uninvited(_now: datetime, _limit: int) -> Waiting:
    """One line for all imported ones that may be invited: there may be thousands."""
    waiting = Organization.objects.invitable().aggregate(since=Min("created_at"), count=Count("pk"))
    count = waiting["count"]
    if not count:
        return Waiting(0, [])
    title = ngettext("%(count)s fiche importée", "%(count)s fiches importées", count) % {"count": number_text(count)}
    batch = min(count, INVITED_AT_ONCE)
    label = ngettext("L’inviter", "Inviter les %(batch)s premières", batch) % {"batch": batch}
    url = reverse("organizations:invitations")
    row = Row(
        title=title,
        url=url,
        since=waiting["since"],
        meta=[_("avec une adresse et un consentement")],
        button=Button(url, label),
        fallback=_("Sans geste, ces organismes ne savent pas que le réseau existe."),
    )
    return Waiting(1, [row])


def unconfirmed(now: datetime, limit: int) -> Waiting:
    """Those that have not said for a year that all is right, the longest silent first."""
    waiting = to_confirm(now).order_by("said_at", "pk")
    return Waiting(waiting.count(), [_unconfirmed_row(organization, now) for organization in waiting[:limit]])


def _unconfirmed_row(organization: Organization, now: datetime) -> Row:
    asks_at = asks_by_itself_at(organization)
    if asks_at > now:
        when = day_text(asks_at, today=timezone.localdate(now))
        fallback = _("Sans geste, le réseau le lui demande à partir du %(day)s.") % {"day": when}
    else:
        fallback = _("Sans geste, le réseau le lui demande dans les jours qui viennent.")
    return Row(
        title=organization.shown_name,
        url=organization.get_absolute_url(),
        since=waits_since(organization),
        meta=_meta(organization),
        button=Button(reverse("organizations:ask_confirmation", args=[organization.slug]), _("Lui demander")),
        fallback=fallback,
    )


def _state_page(organization: Organization) -> str:
    return reverse("organizations:state", args=[organization.slug])


def _meta(organization: Organization) -> list[str]:
    region = organization.region_object
    place = region.name if region is not None else organization.area
    return [fact for fact in (place, telephone_parts(organization.telephone)[0]) if fact]
