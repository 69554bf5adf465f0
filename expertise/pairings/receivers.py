"""What becomes of pairings and calls when something happens to their need or organization, in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.dispatch import receiver

from expertise.needs import signals as needs
from expertise.needs.models import Need
from expertise.organizations.signals import organization_removed, organization_suspended
from expertise.pairings.enums import ContactTaskReason as Reason
from expertise.pairings.services import calls, ending

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.organizations.models import Organization


@receiver(needs.need_held, dispatch_uid="pairings.call_held")
def call_held(sender: type[Need], pk: int, now: datetime, **_: object) -> None:
    """Someone must vouch for the group: its contact is asked to call it."""
    calls.open_call(need=Need.objects.get(pk=pk), reason=Reason.HELD, now=now)


@receiver((needs.need_opened, needs.need_reopened), dispatch_uid="pairings.uncall_held")
def uncall_held(sender: type[Need], pk: int, now: datetime, **_: object) -> None:
    """Someone vouched."""
    calls.cancel_calls(need_id=pk, now=now, reasons=(Reason.HELD,))


@receiver(needs.need_answered, dispatch_uid="pairings.uncall_answered")
def uncall_answered(sender: type[Need], pk: int, now: datetime, **_: object) -> None:
    """An offer has come: nobody must be looked for."""
    calls.cancel_calls(need_id=pk, now=now, reasons=calls.HANDS_OVER)


@receiver(needs.need_under_way, dispatch_uid="pairings.uncall_under_way")
def uncall_under_way(sender: type[Need], pk: int, now: datetime, **_: object) -> None:
    """Someone helps: the calls about finding someone, or reading out offers, are over."""
    calls.cancel_calls(need_id=pk, now=now, reasons=(*calls.HANDS_OVER, Reason.URGENT, Reason.BY_TELEPHONE))


@receiver(
    (needs.need_fulfilled, needs.need_withdrawn, needs.need_closed_unknown), dispatch_uid="pairings.end_with_need"
)
def end_with_need(sender: type[Need], pk: int, now: datetime, **_: object) -> None:
    """The need has ended: whoever is still asked is told so, nobody's capacity stays taken, nobody must call."""
    ending.end_with_need(need=Need.objects.get(pk=pk), now=now)


@receiver((organization_suspended, organization_removed), dispatch_uid="pairings.end_with_organization")
def end_with_organization(sender: type[Organization], pk: int, now: datetime, **_: object) -> None:
    """A suspended organization's proposals and offers are undone."""
    ending.end_with_organization(organization_id=pk, now=now)
