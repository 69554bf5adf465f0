"""Who may do what to organizations and seats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from expertise.organizations.enums import SeatState
from expertise.organizations.models import Organization, RegionalContact, Seat
from maillage.core.permissions import declare, is_editor, is_signed_in

if TYPE_CHECKING:
    from maillage.core.permissions import Actor


@rules.predicate
def is_owner(actor: Actor, organization: Organization) -> bool:
    """Holds an active owner's seat there."""
    return actor.is_authenticated and organization.seats.owners().filter(user_id=actor.pk).exists()


@rules.predicate
def is_member(actor: Actor, organization: Organization) -> bool:
    """Holds any active seat there."""
    return actor.is_authenticated and organization.seats.of(actor).exists()


@rules.predicate
def holds_seat(actor: Actor, seat: Seat) -> bool:
    """The seat is theirs, or it invites their address."""
    if not actor.is_authenticated:
        return False
    is_invited = seat.state == SeatState.INVITED and seat.invited_address.lower() == actor.email.lower()
    return seat.user_id == actor.pk or is_invited


@rules.predicate
def owns_organization_of(actor: Actor, seat: Seat) -> bool:
    """Owner of the organization of this seat."""
    return bool(is_owner(actor, seat.organization))


declare("create", Organization, is_signed_in)
declare("join", Organization, is_signed_in & ~is_member)
declare("edit", Organization, is_owner | is_editor)
declare("manage_team", Organization, is_owner | is_editor)
declare("see_team", Organization, is_member | is_editor)
declare("set_skills", Organization, is_member | is_editor)
declare("set_availability", Organization, is_member | is_editor)
declare("confirm", Organization, is_member | is_editor)
declare("block", Organization, is_owner | is_editor)
declare("answer", Organization, is_member)
declare("verify", Organization, is_editor)
declare("suspend", Organization, is_editor)
declare("restore", Organization, is_editor)
declare("remove", Organization, is_editor)
declare("import", Organization, is_editor)
declare("ask_confirmation", Organization, is_editor)
declare("invite_unclaimed", Organization, is_editor)
declare("decide", Seat, owns_organization_of | is_editor)
declare("accept_invitation", Seat, holds_seat)
declare("end", Seat, holds_seat | owns_organization_of | is_editor)
declare("edit", RegionalContact, is_editor)
