"""To an address: an owner offers a place in the team."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from expertise.organizations.enums import SeatState
from expertise.organizations.models import Seat
from maillage.core.models import Network
from maillage.core.tokens import LinkSpec
from tasks import links
from tasks.kinds import MailKind
from tasks.mails import readers
from tasks.mails.composing import composes
from tasks.mails.letters import Letter, Mailing, Person
from tasks.mails.parts import Action, Say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.organizations.models import RegionalContact
    from tasks.mails.readers import Reader
    from tasks.models import Message


def settled(message: Message, now: datetime) -> str:
    """Accepted, or taken back."""
    waiting = Seat.objects.filter(pk=message.context["seat_id"], state=SeatState.INVITED)
    return "" if waiting.exists() else "seat_moved_on"


KIND = MailKind(code="seat_invited", label=gettext_lazy("Invitation dans une équipe"), obsolete=settled)


@composes(KIND)
def compose(*, seat_id: int, now: datetime) -> Sequence[Mailing] | str:
    """One invitation to one address, in the organization's language unless the address has its own."""
    seat = Seat.objects.select_related("organization", "invited_by").get(pk=seat_id)
    if seat.state != SeatState.INVITED:
        return "seat_moved_on"
    return [
        Mailing(
            event=f"seat:{seat.pk}",
            readers=readers.in_own_language([readers.Reader(seat.invited_address, seat.organization.lang)]),
            write=partial(_letter, seat, readers.human(seat.organization.region, now)),
            context={"seat_id": seat.pk, "organization_id": seat.organization_id},
        )
    ]


def _letter(seat: Seat, contact: RegionalContact, reader: Reader) -> Letter:
    inviter = seat.invited_by
    person = inviter.name or inviter.email if inviter is not None else contact.name
    values = {"person": person, "name": seat.organization.shown_name, "network": Network.objects.current().name}
    opening = _("%(person)s vous invite dans l’équipe de %(name)s, sur %(network)s.") % values
    return Letter(
        subject=_("Invitation dans l’équipe de %(name)s") % values,
        preview=opening,
        parts=[
            Say(opening),
            Say(
                _(
                    "Vous pourrez demander de l’aide, répondre aux demandes que l’organisme reçoit et partager ce "
                    "que vous savez."
                )
            ),
            Action(
                _("Voir l’invitation"),
                links.token_url("organizations:seat_invitation", "seat_invitation", lang=reader.lang),
            ),
            Say(_("Si vous ne connaissez pas cette personne, ne faites rien : sans votre accord, rien ne se passe.")),
        ],
        contact=contact,
        reply_to=Person(person, inviter.email) if inviter is not None else None,
        why=_("Vous recevez ce courriel parce que %(person)s a donné votre adresse.") % values,
        link_specs=[LinkSpec(purpose="seat_invitation", subject=seat, data={})],
    )
