"""To a person: the team has accepted you; to whoever invited someone: they have come."""

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

KIND = MailKind(code="seat_began", label=gettext_lazy("Place dans une équipe"))


@composes(KIND)
def compose(*, seat_id: int, now: datetime) -> Sequence[Mailing] | str:
    """Whoever made their own organization, or took it over, needs no mail to know it."""
    seat = Seat.objects.select_related("organization", "user", "invited_by").get(pk=seat_id)
    if seat.state != SeatState.ACTIVE or seat.user is None:
        return "seat_moved_on"
    if seat.began_at == seat.created_at:
        return "own_act"
    contact = readers.human(seat.organization.region, now)
    write = _to_inviter if seat.invited_by is not None else _to_person
    return [
        Mailing(
            event=f"seat:{seat.pk}",
            readers=readers.people([seat.invited_by or seat.user]),
            write=partial(write, seat, contact),
            context={"seat_id": seat.pk, "organization_id": seat.organization_id},
        )
    ]


def _to_person(seat: Seat, contact: RegionalContact, reader: Reader) -> Letter:
    values = {"name": seat.organization.shown_name}
    opening = _("Vous faites maintenant partie de l’équipe de %(name)s.") % values
    return Letter(
        subject=_("Bienvenue dans l’équipe de %(name)s") % values,
        preview=opening,
        parts=[
            Say(opening),
            Say(_("Vous pouvez demander de l’aide en son nom, répondre aux demandes reçues et écrire des guides.")),
            Action(_("Ouvrir mon espace"), links.url("home:dashboard", lang=reader.lang)),
        ],
        contact=contact,
        why=_("Vous recevez ce courriel parce que vous avez demandé cette place."),
    )


def _to_inviter(seat: Seat, contact: RegionalContact, reader: Reader) -> Letter:
    values = {"name": seat.organization.shown_name, "person": str(seat.user)}
    opening = _("%(person)s a accepté votre invitation et fait partie de l’équipe de %(name)s.") % values
    return Letter(
        subject=_("Invitation acceptée : %(name)s") % values,
        preview=opening,
        parts=[
            Say(opening),
            Action(_("Voir l’équipe"), links.url("organizations:team", seat.organization.slug, lang=reader.lang)),
        ],
        contact=contact,
        why=_("Vous recevez ce courriel parce que vous avez invité cette personne."),
    )
