"""Personal data of needs: whom to call, and the address that a draft waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.dispatch import receiver
from django.utils.translation import gettext as _

from expertise.needs.enums import NeedState
from expertise.needs.models import Need
from members.personal_data import Erase, Obstacle, declare, declare_impersonal, declare_obstacle, rows
from members.signals import person_erased

if TYPE_CHECKING:
    from datetime import datetime

    from members.models import User

rows(Need, lambda person: Q(author=person) | Q(draft_address=person.email, author=None))
declare(
    Need,
    "text",
    purpose="ask organizations for help",
    retention="with the need; a draft that nobody touches, 90 days",
    erase=Erase.KEEP,
    because="the words speak of the group's need; the person has no name, address or telephone there any more",
)
for name in ("contact_name", "telephone"):
    declare(
        Need,
        name,
        purpose="be called by the regional contact and by the organizations that the group chose",
        retention="with the need",
    )
declare(
    Need,
    "draft_address",
    purpose="give a draft back to the person who proves this address, on whatever device",
    retention="until the draft is published; 90 days at most",
)
declare_impersonal(
    Need,
    *("state", "lang", "when", "mode", "help_kinds", "languages", "audience", "form_key", "source", "source_id"),
)
declare_impersonal(Need, "municipality", "region", because="about a group, which speaks for itself")


def _open_needs(person: User) -> list[Obstacle]:
    """Groups wait for a call that nobody would answer any more."""
    waiting = Need.objects.filter(author=person).counted_open()
    text = _("Réglez ou retirez d’abord votre demande n° %(number)s")
    return [Obstacle(text % {"number": need.pk}, need.get_absolute_url()) for need in waiting.order_by("pk")]


declare_obstacle(_open_needs)


@receiver(person_erased, dispatch_uid="needs.forget_drafts")
def _forget_drafts(pk: int, now: datetime, **_facts: object) -> None:
    """What was never published goes with its author."""
    Need.objects.filter(author_id=pk, state=NeedState.DRAFT).delete()
