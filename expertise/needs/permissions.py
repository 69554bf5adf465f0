"""Who may do what with a need: the reader's part in it, and the verbs that follow from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from expertise.needs.enums import NeedState, Part
from expertise.needs.models import Need
from expertise.needs.querysets import ACTIVE_STATES
from expertise.organizations.enums import OrganizationState
from expertise.organizations.models import RegionalContact, Seat
from maillage.core.permissions import declare, is_editor, is_signed_in

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from maillage.core.permissions import Actor


def part_of(actor: Actor, need: Need) -> Part:
    """The strongest part that a reader has in a need; what the page shows follows from it."""
    if not is_signed_in(actor):
        return Part.PUBLIC
    if _is_author(actor, need) or _has_seat(actor, need):
        return Part.GROUP
    if is_editor(actor) or is_contact_of(actor, need):
        return Part.CONTACT
    own = Seat.objects.of(actor).values("organization")
    if need.pk and Need.objects.filter(pk=need.pk, pairings__organization__in=own).exists():
        return Part.ASKED
    return Part.MEMBER


@rules.predicate
def is_contact_of(actor: Actor, need: Need) -> bool:
    """A contact of the need's region, the network's own, or the one who holds it."""
    return any(role.region in (None, need.region) or role.pk == need.contact_id for role in _roles_of(actor))


@rules.predicate
def owns_draft(actor: Actor, need: Need) -> bool:
    """The draft's author, the person whose address it was tied to, or who entered it for a caller."""
    return need.state == NeedState.DRAFT and is_signed_in(actor) and _is_author(actor, need)


@rules.predicate
def decides(actor: Actor, need: Need) -> bool:
    """The group and its author; and for them, by telephone, their contact and editors."""
    return need.state != NeedState.DRAFT and part_of(actor, need) in (Part.GROUP, Part.CONTACT)


@rules.predicate
def may_help(actor: Actor, need: Need) -> bool:
    """A member of a verified organization that is not the need's own group, while help is looked for."""
    if not is_signed_in(actor) or need.state not in ACTIVE_STATES:
        return False
    helpers = Seat.objects.of(actor).filter(organization__state=OrganizationState.VERIFIED)
    return helpers.exclude(organization=need.organization).exists() and not _has_seat(actor, need)


@rules.predicate
def may_vouch(actor: Actor, need: Need) -> bool:
    """An editor, the region's contact, or a member of a verified organization of the need's region, never its own."""
    if not is_signed_in(actor) or need.state != NeedState.HELD:
        return False
    if is_editor(actor) or is_contact_of(actor, need):
        return True
    neighbours = Seat.objects.of(actor).filter(
        organization__state=OrganizationState.VERIFIED, organization__region=need.region
    )
    return need.author_id != actor.pk and neighbours.exclude(organization=need.organization).exists()


@rules.predicate
def takes_calls(actor: Actor, _need: Need | None = None) -> bool:
    """A contact or an editor: they enter the needs of those who call."""
    return is_editor(actor) or _roles_of(actor).exists()


def _is_author(actor: Actor, need: Need) -> bool:
    if actor.pk in (need.author_id, need.entered_by_id):
        return True
    is_waiting = need.state == NeedState.DRAFT and need.author_id is None and bool(need.draft_address)
    return is_waiting and actor.is_authenticated and need.draft_address == actor.email


def _has_seat(actor: Actor, need: Need) -> bool:
    return need.organization is not None and Seat.objects.of(actor).filter(organization=need.organization).exists()


def _roles_of(actor: Actor) -> QuerySet[RegionalContact]:
    if not actor.is_authenticated or not actor.is_active:
        return RegionalContact.objects.none()
    return RegionalContact.objects.filter(user_id=actor.pk, is_active=True)


declare("edit", Need, owns_draft)
declare("publish", Need, owns_draft)
declare("discard", Need, owns_draft)
declare("withdraw", Need, decides)
declare("reopen", Need, decides)
declare("settle", Need, decides)
declare("follow", Need, decides)
declare("help", Need, may_help)
declare("vouch", Need, may_vouch)
declare("telephone", Need, takes_calls)
