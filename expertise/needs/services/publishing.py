"""Publishing and reopening: what a draft must hold, how many needs a group may have open, who must be vouched for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models, transaction

from expertise.needs.enums import NeedState
from expertise.needs.models import Need
from expertise.needs.services import transitions
from expertise.needs.services.errors import (
    IncompleteNeedError,
    OrganizationCannotAskError,
    TooManyOpenNeedsError,
    WrongStateError,
)
from expertise.needs.services.transitions import HOLD, OPEN, REOPEN, REOPEN_HELD
from expertise.organizations.enums import OrganizationState
from expertise.organizations.models import Availability, Seat
from expertise.organizations.querysets import ASKED_STATES

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.organizations.models import Organization
    from maillage.core.permissions import Actor
    from members.models import User

REQUIRED = ("organization", "text", "contact_name", "telephone")


@transaction.atomic
def publish_need(*, need: Need, actor: User, now: datetime) -> Need:
    """Open a draft, or hold it until someone vouches for its author.

    It is held when the group is unverified and none of its needs was ever opened, or when the author's seat in the
    group has not been accepted. The author becomes ``actor`` unless someone entered the need for the group.

    Raises:
        WrongStateError: the need is not a draft.
        IncompleteNeedError: a required fact is missing.
        OrganizationCannotAskError: the group is suspended, removed or unclaimed.
        TooManyOpenNeedsError: the group has reached its limit.
    """
    transitions.lock(need)
    transitions.check(need, OPEN)
    if need.state != NeedState.DRAFT:
        raise WrongStateError(state=need.state, verb=OPEN.verb)
    missing = [name for name in REQUIRED if not getattr(need, name)]
    if missing or need.organization is None:
        raise IncompleteNeedError(missing)
    _check_group(need.organization, author=actor)
    changes: dict[str, object] = {"draft_address": ""}
    if need.author_id is None and need.entered_by_id is None:
        changes["author"] = actor
    if _needs_vouching(need, need.organization, actor):
        return transitions.move(need=need, transition=HOLD, now=now, actor=actor, changes=changes)
    changes["opened_at"] = now
    return transitions.move(need=need, transition=OPEN, now=now, actor=actor, changes=changes)


@transaction.atomic
def publish_imported(*, need: Need, now: datetime) -> Need:
    """Open an imported draft: a test group has no limit of open needs and nobody to vouch for.

    Raises:
        WrongStateError: the need is not a draft.
        IncompleteNeedError: it belongs to no group.
    """
    transitions.lock(need)
    if need.state != NeedState.DRAFT:
        raise WrongStateError(state=need.state, verb=OPEN.verb)
    if need.organization is None:
        raise IncompleteNeedError(["organization"])
    return transitions.move(need=need, transition=OPEN, now=now, changes={"opened_at": now}, imported=need.source)


@transaction.atomic
def release_need(*, need: Need, actor: User, now: datetime) -> Need:
    """Someone vouches: the need is opened, and so are the group's others that waited for the same word.

    Raises:
        WrongStateError: the need is not held.
    """
    # All that may be opened are locked at once, in one order: two people may vouch for two needs of one group.
    held = Need.objects.filter(organization=need.organization, state=NeedState.HELD).order_by("pk")
    list(held.select_for_update(of=("self",)))
    transitions.lock(need)
    if need.state != NeedState.HELD:
        raise WrongStateError(state=need.state, verb=OPEN.verb)
    _open_held(need, actor=actor, now=now)
    if need.organization is not None and need.author_id is not None:
        same_author = models.Q(author_id=need.author_id) | models.Q(author__seats__in=_seats_of(need.organization))
        _open_all(need.organization, same_author, actor=actor, now=now)
    return need


@transaction.atomic
def release_needs_of(*, organization: Organization, actor: Actor | None, now: datetime) -> list[Need]:
    """Open every held need of a group that no longer has to wait: it was verified, or a seat was accepted."""
    trusted = models.Q(author__seats__in=_seats_of(organization)) | models.Q(entered_by__isnull=False)
    if organization.state != OrganizationState.VERIFIED and not _has_opened(organization):
        return []
    return _open_all(organization, trusted, actor=actor, now=now)


@transaction.atomic
def reopen_need(*, need: Need, actor: User, now: datetime) -> Need:
    """Ask again for what was withdrawn, settled or closed; one that was never opened is held again.

    Raises:
        WrongStateError: the need has not ended.
        OrganizationCannotAskError: the group is suspended, removed or unclaimed.
        TooManyOpenNeedsError: the group has reached its limit.
    """
    transitions.lock(need)
    transitions.check(need, REOPEN)
    if need.organization is None:
        raise IncompleteNeedError(["organization"])
    _check_group(need.organization, author=actor)
    if need.opened_at is None and _needs_vouching(need, need.organization, actor):
        return transitions.move(need=need, transition=REOPEN_HELD, now=now, actor=actor)
    changes = {"opened_at": need.opened_at or now}
    return transitions.move(need=need, transition=REOPEN, now=now, actor=actor, changes=changes)


def _check_group(organization: Organization, *, author: User) -> None:
    if organization.state not in ASKED_STATES:
        raise OrganizationCannotAskError
    # The group's availability row is the lock under which its open needs are counted: two drafts published at the same
    # moment would otherwise both be the third.
    list(Availability.objects.select_for_update(of=("self",)).filter(organization_id=organization.pk))
    limit = settings.MAX_OPEN_NEEDS_PER_ORGANIZATION
    if Need.objects.counting_for(organization, author).count() >= limit:
        raise TooManyOpenNeedsError(limit)


def _needs_vouching(need: Need, organization: Organization, actor: User) -> bool:
    if need.entered_by_id is not None:
        return False
    if not _seats_of(organization).filter(user_id=actor.pk).exists():
        return True
    return organization.state != OrganizationState.VERIFIED and not _has_opened(organization)


def _has_opened(organization: Organization) -> bool:
    return Need.objects.filter(organization_id=organization.pk, opened_at__isnull=False).exists()


def _seats_of(organization: Organization) -> models.QuerySet[Seat]:
    return Seat.objects.active().filter(organization_id=organization.pk)


def _open_all(organization: Organization, whose: models.Q, *, actor: Actor | None, now: datetime) -> list[Need]:
    wanted = Need.objects.filter(whose, organization_id=organization.pk, state=NeedState.HELD).values("pk")
    held = Need.objects.select_for_update(of=("self",)).filter(pk__in=wanted, state=NeedState.HELD).order_by("pk")
    return [_open_held(need, actor=actor, now=now) for need in held]


def _open_held(need: Need, *, actor: Actor | None, now: datetime) -> Need:
    changes = {"opened_at": now, "vouched_by": actor if actor is not None and actor.is_authenticated else None}
    return transitions.move(need=need, transition=OPEN, now=now, actor=actor, changes=changes)
