"""To an organization that was asked and has not answered: nothing more is needed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from expertise.organizations.querysets import ASKED_STATES
from expertise.pairings.enums import PairingState
from expertise.pairings.models import Pairing
from tasks.enums import MessageClass
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

KIND = MailKind(
    code="proposal_closed",
    label=gettext_lazy("Demandes qui ont trouvé réponse"),
    mail_class=MessageClass.OPTIONAL,
    priority=7,
    obsolete=unless_pairing(PairingState.SUPERSEDED),
)


@composes(KIND)
def compose(*, pairing_id: int, event: str, now: datetime) -> Sequence[Mailing] | str:
    """Only to those who were told of the need: the others never heard of it."""
    related = ("organization", "need__organization", "need__contact__user")
    pairing = Pairing.objects.select_related(*related).get(pk=pairing_id)
    if pairing.state != PairingState.SUPERSEDED or pairing.help_kind:
        return "pairing_moved_on"
    if pairing.organization.state not in ASKED_STATES:
        return "organization_undone"
    if pairing.told_at is None:
        return "never_told"
    return [
        Mailing(
            event=event,
            readers=readers.of_organization(pairing.organization),
            write=partial(_letter, pairing, contact_of(pairing.need, now)),
            context={**ids_of(pairing.need), "pairing_id": pairing.pk, "organization_id": pairing.organization_id},
        )
    ]


def _letter(pairing: Pairing, contact: RegionalContact, reader: Reader) -> Letter:
    values = {"title": first_words(pairing.need.title)}
    opening = _("Le groupe n’a plus besoin d’aide pour cette demande. Vous n’avez rien à faire.")
    return Letter(
        subject=_("Ce n’est plus nécessaire : %(title)s") % values,
        preview=opening,
        parts=[Say(opening), Say(_("Merci d’être là quand un groupe cherche de l’aide."))],
        contact=contact,
        why=_("Vous recevez ce courriel parce que vous recevez les demandes pour %(name)s.")
        % {"name": pairing.organization.shown_name},
    )
