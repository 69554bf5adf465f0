"""To an organization's owners: someone asks for a place in the team; to editors, when nobody decides there yet."""

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
from tasks.mails.letters import Letter, Mailing, Person
from tasks.mails.parts import Action, Facts, Say, mail_fact, telephone_fact

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.organizations.models import RegionalContact
    from tasks.mails.readers import Reader
    from tasks.models import Message


def settled(message: Message, now: datetime) -> str:
    """Someone accepted or refused."""
    waiting = Seat.objects.filter(pk=message.context["seat_id"], state=SeatState.ASKED)
    return "" if waiting.exists() else "seat_moved_on"


KIND = MailKind(code="seat_asked", label=gettext_lazy("Demande de place dans l’équipe"), obsolete=settled)


@composes(KIND)
def compose(*, seat_id: int, now: datetime) -> Sequence[Mailing] | str:
    """Whoever may let the person in."""
    seat = Seat.objects.select_related("organization", "user").get(pk=seat_id)
    if seat.state != SeatState.ASKED or seat.user is None:
        return "seat_moved_on"
    contact = readers.human(seat.organization.region, now)
    return [
        Mailing(
            event=f"seat:{seat.pk}",
            readers=readers.owners_of(seat.organization) or readers.editors(now),
            write=partial(_letter, seat, contact),
            context={"seat_id": seat.pk, "organization_id": seat.organization_id},
        )
    ]


def _letter(seat: Seat, contact: RegionalContact, reader: Reader) -> Letter:
    person = seat.user
    if person is None:
        raise ValueError(seat.pk)
    values = {"person": str(person), "name": seat.organization.shown_name}
    opening = _("%(person)s demande à rejoindre l’équipe de %(name)s.") % values
    return Letter(
        subject=_("Une personne veut rejoindre %(name)s") % values,
        preview=opening,
        parts=[
            Say(opening),
            Facts([mail_fact(person.email), telephone_fact(person.telephone)]),
            Say(
                _(
                    "Acceptez seulement quelqu’un que vous connaissez : cette personne verra les demandes et pourra "
                    "y répondre."
                )
            ),
            Action(_("Voir l’équipe"), links.url("organizations:team", seat.organization.slug, lang=reader.lang)),
        ],
        contact=contact,
        reply_to=Person(str(person), person.email),
        why=_("Vous recevez ce courriel parce que vous décidez pour %(name)s.") % values,
    )
