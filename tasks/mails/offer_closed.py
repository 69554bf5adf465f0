"""To an organization whose offer was not needed in the end: thanks."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from expertise.organizations.querysets import ASKED_STATES
from expertise.pairings.enums import PairingState
from expertise.pairings.models import Pairing
from tasks.kinds import MailKind
from tasks.mails import readers
from tasks.mails.composing import composes
from tasks.mails.group import contact_of, ids_of
from tasks.mails.letters import Letter, Mailing, first_words
from tasks.mails.parts import Say
from tasks.mails.relevance import unless_pairing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.organizations.models import RegionalContact
    from tasks.mails.readers import Reader

CLOSED = (PairingState.NOT_CHOSEN, PairingState.SUPERSEDED)
KIND = MailKind(code="offer_closed", label=gettext_lazy("Suite de votre offre"), obsolete=unless_pairing(*CLOSED))


@composes(KIND)
def compose(*, pairing_id: int, event: str, now: datetime) -> Sequence[Mailing] | str:
    """To whoever offered; those who were only asked read ``proposal_closed``."""
    related = ("organization", "answered_by", "need__organization", "need__contact__user")
    offer = Pairing.objects.select_related(*related).get(pk=pairing_id)
    if offer.state not in CLOSED or not offer.help_kind:
        return "pairing_moved_on"
    if offer.organization.state not in ASKED_STATES:
        return "organization_undone"
    return [
        Mailing(
            event=event,
            readers=readers.of_helper(offer),
            write=partial(_letter, offer, contact_of(offer.need, now)),
            context={**ids_of(offer.need), "pairing_id": offer.pk, "organization_id": offer.organization_id},
        )
    ]


def _letter(offer: Pairing, contact: RegionalContact, reader: Reader) -> Letter:
    values = {"title": first_words(offer.need.title)}
    if offer.state == PairingState.NOT_CHOSEN:
        opening = _("Le groupe a reçu plusieurs réponses et a fait un autre choix. Merci d’avoir offert votre aide.")
    else:
        opening = _("Le groupe n’a plus besoin d’aide pour cette demande. Merci d’avoir offert la vôtre.")
    return Letter(
        subject=_("Merci de votre offre : %(title)s") % values,
        preview=opening,
        parts=[
            Say(opening),
            Say(
                _("Vous n’avez rien à faire. Savoir que plusieurs organismes répondent compte beaucoup pour un groupe.")
            ),
        ],
        contact=contact,
        why=_("Vous recevez ce courriel parce que %(name)s a fait une offre.")
        % {"name": offer.organization.shown_name},
    )
