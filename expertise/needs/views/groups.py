"""The organization that a form names: known, joined or made."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from expertise.organizations import services as organizations
from expertise.organizations.enums import SeatState
from expertise.organizations.models import Seat

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.needs.forms.group import GroupFields
    from expertise.organizations.models import Organization
    from members.models import User

SEATED = (SeatState.ACTIVE, SeatState.ASKED)


def group_of(form: GroupFields, *, known: Organization | None, actor: User, now: datetime) -> Organization:
    """The organization itself; a seat is asked for in one that is not the actor's yet, and a new one is theirs."""
    if known is None:
        return _made_from(form, actor=actor, is_seated=True, now=now)
    if not Seat.objects.filter(organization=known, user_id=actor.pk, state__in=SEATED).exists():
        with suppress(organizations.AlreadySeatedError):  # asked for at the same moment, by a second press
            organizations.ask_seat(organization=known, actor=actor, now=now)
    return known


def group_of_caller(form: GroupFields, *, actor: User, now: datetime) -> Organization:
    """The organization of someone on the telephone; nobody sits in a new one yet."""
    return form.chosen or _made_from(form, actor=actor, is_seated=False, now=now)


def _made_from(form: GroupFields, *, actor: User, is_seated: bool, now: datetime) -> Organization:
    data = form.cleaned_data
    return organizations.create_organization(
        name=data["name"],
        region=data["region"],
        municipality=data["municipality"],
        lang=(get_language() or "fr")[:2],
        is_seated=is_seated,
        actor=actor,
        now=now,
    )
