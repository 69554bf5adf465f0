"""Needs that wait for a human: held ones, and those that nobody could help with yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from expertise.needs.enums import NeedState
from expertise.needs.models import Need
from maillage.core.todo import Button, Row, Waiting

if TYPE_CHECKING:
    from datetime import datetime


def held(_now: datetime, limit: int) -> Waiting:
    """Needs of groups that nobody vouched for yet, the oldest first."""
    needs = Need.objects.filter(state=NeedState.HELD).select_related("organization").order_by("updated_at", "pk")
    return Waiting(needs.count(), [_held_row(need) for need in needs[:limit]])


def at_risk(_now: datetime, limit: int) -> Waiting:
    """Needs that are in their contact's hands, the oldest first."""
    needs = Need.objects.filter(state=NeedState.UNANSWERED).select_related("organization", "contact__user")
    ordered = needs.order_by("opened_at", "pk")
    return Waiting(needs.count(), [_risk_row(need) for need in ordered[:limit]])


def _held_row(need: Need) -> Row:
    return Row(
        title=need.title,
        url=need.get_absolute_url(),
        since=need.updated_at,
        meta=_meta(need),
        button=Button(reverse("pairings:vouch", args=[need.pk]), _("Laisser partir")),
        lang=need.lang,
    )


def _risk_row(need: Need) -> Row:
    contact = need.contact.name if need.contact is not None else ""
    return Row(
        title=need.title,
        url=need.get_absolute_url(),
        since=need.opened_at or need.updated_at,
        meta=[*_meta(need), _("entre les mains de %(name)s") % {"name": contact}],
        fallback=_("Sans geste, l’appel passe à la personne suivante."),
        lang=need.lang,
    )


def _meta(need: Need) -> list[str]:
    region = need.region_object
    return [str(need.organization), region.name if region is not None else _("hors Québec")]
