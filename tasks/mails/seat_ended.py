"""To a person: your place ended, or was refused; to the owners: what it held stays with the organization."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from expertise.organizations.enums import SeatState
from expertise.organizations.models import Seat
from tasks import links
from tasks.kinds import MailKind
from tasks.mails import readers
from tasks.mails.composing import composes
from tasks.mails.letters import Letter, Mailing
from tasks.mails.parts import Action, Say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.organizations.models import RegionalContact
    from tasks.mails.readers import Reader

KIND = MailKind(code="seat_ended", label=gettext_lazy("Fin d’une place dans une équipe"))


@composes(KIND)
def compose(*, seat_id: int, now: datetime) -> Sequence[Mailing] | str:
    """An invitation that was taken back ends without a word."""
    seat = Seat.objects.select_related("organization", "user").get(pk=seat_id)
    if seat.state != SeatState.ENDED or seat.user is None:
        return "seat_moved_on"
    contact = readers.human(seat.organization.region, now)
    context = {"seat_id": seat.pk}
    person = readers.people([seat.user])
    if seat.began_at is None:
        return [Mailing(f"seat:{seat.pk}", person, partial(_refused, seat, contact), context)]
    owners = [reader for reader in readers.owners_of(seat.organization) if reader.user_id != seat.user_id]
    return [
        Mailing(f"seat:{seat.pk}", person, partial(_ended, seat, contact), context),
        Mailing(f"seat:{seat.pk}:owners", owners, partial(_to_owner, seat, contact), context),
    ]


def _refused(seat: Seat, contact: RegionalContact, reader: Reader) -> Letter:
    values = {"name": seat.organization.shown_name}
    opening = _("L’équipe de %(name)s n’a pas accepté votre demande de place.") % values
    return Letter(
        subject=_("Votre demande de place : %(name)s") % values,
        preview=opening,
        parts=[
            Say(opening),
            Say(_("C’est peut-être une erreur : parlez-leur, ou appelez-nous. Votre compte reste ouvert.")),
        ],
        contact=contact,
        why=_("Vous recevez ce courriel parce que vous aviez demandé cette place."),
    )


def _ended(seat: Seat, contact: RegionalContact, reader: Reader) -> Letter:
    values = {"name": seat.organization.shown_name}
    opening = _("Vous ne faites plus partie de l’équipe de %(name)s sur le réseau.") % values
    return Letter(
        subject=_("Fin de votre place : %(name)s") % values,
        preview=opening,
        parts=[
            Say(opening),
            Say(
                _(
                    "Les demandes et les réponses que vous suiviez restent à l’organisme. Votre compte reste "
                    "ouvert. Si c’est une erreur, appelez-nous."
                )
            ),
        ],
        contact=contact,
        why=_("Vous recevez ce courriel parce que vous faisiez partie de cette équipe."),
    )


def _to_owner(seat: Seat, contact: RegionalContact, reader: Reader) -> Letter:
    values = {"name": seat.organization.shown_name, "person": str(seat.user)}
    opening = _("%(person)s ne fait plus partie de l’équipe de %(name)s.") % values
    return Letter(
        subject=_("Une personne quitte l’équipe de %(name)s") % values,
        preview=opening,
        parts=[
            Say(opening),
            Say(
                _(
                    "Ce que cette personne suivait revient à l’organisme. Vérifiez que quelqu’un reçoit encore les "
                    "demandes."
                )
            ),
            Action(_("Voir l’équipe"), links.url("organizations:team", seat.organization.slug, lang=reader.lang)),
        ],
        contact=contact,
        why=_("Vous recevez ce courriel parce que vous décidez pour %(name)s.") % values,
    )
