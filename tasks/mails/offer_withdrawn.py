"""To the group: an organization took its offer back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from expertise.needs.querysets import ACTIVE_STATES
from expertise.pairings.enums import PairingState
from expertise.pairings.models import Pairing
from tasks.kinds import MailKind
from tasks.mails import readers
from tasks.mails.composing import composes
from tasks.mails.group import contact_of, ids_of, letter_to_group, need_url
from tasks.mails.letters import Mailing, first_words
from tasks.mails.parts import Action, Say
from tasks.mails.relevance import unless_active

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.organizations.models import RegionalContact
    from tasks.mails.letters import Letter
    from tasks.mails.readers import Reader

KIND = MailKind(code="offer_withdrawn", label=gettext_lazy("Offre retirée"), obsolete=unless_active)


@composes(KIND)
def compose(*, pairing_id: int, event: str, now: datetime) -> Sequence[Mailing] | str:
    """Told once for each withdrawal; not when the organization has offered again meanwhile."""
    related = ("organization", "need__organization", "need__author", "need__entered_by", "need__contact__user")
    offer = Pairing.objects.select_related(*related).get(pk=pairing_id)
    if offer.state != PairingState.WITHDRAWN or offer.need.state not in ACTIVE_STATES:
        return "pairing_moved_on"
    contact = contact_of(offer.need, now)
    return [
        Mailing(
            event=event,
            readers=readers.of_group(offer.need),
            write=partial(_letter, offer, contact),
            context={**ids_of(offer.need), "pairing_id": offer.pk},
        )
    ]


def _letter(offer: Pairing, contact: RegionalContact, reader: Reader) -> Letter:
    need = offer.need
    left = need.pairings.offered().count()
    opening = _("%(name)s ne peut plus vous aider et retire son offre.") % {"name": offer.organization.shown_name}
    if left:
        following = ngettext("Il vous reste une offre.", "Il vous reste %(count)s offres.", left) % {"count": left}
    else:
        following = _("La recherche continue : nous consultons d’autres organismes et vous tenons au courant.")
    return letter_to_group(
        need,
        reader,
        contact=contact,
        subject=_("Une offre est retirée : %(title)s") % {"title": first_words(need.title)},
        preview=opening,
        parts=[Say(opening), Say(following), Action(_("Suivre ma demande"), need_url(need, reader))],
    )
