"""Who may do what with a pairing or a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from expertise.needs.models import Need
from expertise.needs.permissions import decides, is_contact_of, takes_calls
from expertise.organizations.models import Seat
from expertise.pairings.models import ContactTask, Pairing
from maillage.core.permissions import declare, is_editor, is_signed_in

if TYPE_CHECKING:
    from maillage.core.permissions import Actor


@rules.predicate
def is_helper(actor: Actor, pairing: Pairing) -> bool:
    """Holds an active seat in the organization that was asked."""
    return is_signed_in(actor) and Seat.objects.of(actor).filter(organization_id=pairing.organization_id).exists()


@rules.predicate
def decides_need(actor: Actor, pairing: Pairing) -> bool:
    """The group; and for it, by telephone, its contact and editors."""
    return bool(decides(actor, pairing.need))


@rules.predicate
def may_handle(actor: Actor, task: ContactTask) -> bool:
    """The contact who holds the call, those of the region and the network's own, editors."""
    return is_signed_in(actor) and ContactTask.objects.visible_to(actor).filter(pk=task.pk).exists()


declare("answer", Pairing, is_helper)
declare("withdraw", Pairing, is_helper)
declare("choose", Pairing, decides_need)
declare("tell_as_organization", Pairing, is_helper)
declare("tell_as_group", Pairing, decides_need)
declare("handle", ContactTask, may_handle)
declare("see_calls", ContactTask, takes_calls)
declare("add_helper", Need, is_contact_of | is_editor)
