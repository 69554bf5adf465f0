"""Which page comes next for a draft, and what the network can fill in by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from expertise.needs import services
from expertise.organizations.models import Seat

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.needs.models import Need
    from members.models import User

GROUP_FACTS = ("organization_id", "contact_name", "telephone", "municipality")


def next_step(need: Need) -> str:
    """The page before publishing, once the group, its place and the telephone are known."""
    is_complete = all(getattr(need, name) for name in GROUP_FACTS)
    return reverse("needs:review" if is_complete else "needs:group", args=[need.pk])


def complete_at_once(*, need: Need, actor: User, now: datetime) -> None:
    """Spare a member of one organization the questions whose answers are known: text, when, telephone, publish."""
    if need.organization_id is not None:
        return
    seats = list(Seat.objects.of(actor).select_related("organization").order_by("pk")[:2])
    if len(seats) != 1 or not (actor.name and need.telephone and seats[0].organization.municipality):
        return
    group = seats[0].organization
    facts = services.GroupFacts(
        organization=group,
        contact_name=actor.name,
        telephone=need.telephone,
        municipality=group.municipality,
        region=need.region or group.region,
    )
    services.complete_draft(need=need, facts=facts, actor=actor, now=now)
