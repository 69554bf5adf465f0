"""To an imported organization, once: its entry is in the directory; three answers, each a button behind a link."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from expertise.organizations.enums import OrganizationState
from expertise.organizations.models import Organization
from maillage.core.formats import day_text
from maillage.core.models import Network
from maillage.core.tokens import LinkSpec
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
    from tasks.models import Message

PURPOSE = "organization_invitation"


def settled(message: Message, now: datetime) -> str:
    """Claimed, redirected or removed; a redirected entry is written to elsewhere."""
    waiting = Organization.objects.filter(
        pk=message.context["organization_id"],
        state=OrganizationState.UNCLAIMED,
        shared_address__iexact=message.address,
    )
    return "" if waiting.exists() else "organization_moved_on"


KIND = MailKind(
    code="organization_invited", label=gettext_lazy("Invitation d’un organisme"), priority=8, obsolete=settled
)


@composes(KIND)
def compose(*, organization_id: int, event: str, now: datetime) -> Sequence[Mailing] | str:
    """Consent was checked by the service that invites; suppression is at sending."""
    organization = Organization.objects.get(pk=organization_id)
    if organization.state != OrganizationState.UNCLAIMED or not organization.shared_address:
        return "organization_moved_on"
    return [
        Mailing(
            event=event,
            readers=readers.in_own_language([readers.Reader(organization.shared_address, organization.lang)]),
            write=partial(_letter, organization, readers.human(organization.region, now)),
            context={"organization_id": organization.pk},
        )
    ]


def _letter(organization: Organization, contact: RegionalContact, reader: Reader) -> Letter:
    url = links.token_url("organizations:invitation", PURPOSE, lang=reader.lang)
    values = {"name": organization.shown_name, "network": Network.objects.current().name}
    opening = (
        _("%(name)s a une fiche dans l’annuaire de %(network)s, où des organismes s’entraident en informatique.")
        % values
    )
    return Letter(
        subject=_("Votre organisme dans l’annuaire de %(network)s") % values,
        preview=opening,
        parts=[
            Say(opening),
            Say(_("Tant que personne ne la réclame, elle n’est que listée : nous ne vous envoyons aucune demande.")),
            Say(_("Trois réponses possibles : « C’est nous », « Écrivez plutôt à… », « Retirez notre fiche ».")),
            Action(_("Voir la fiche et répondre"), url),
            Say(_("C’est notre seul courriel : sans réponse, nous n’écrirons plus.")),
        ],
        contact=contact,
        why=_origin(organization),
        link_specs=[LinkSpec(purpose=PURPOSE, subject=organization, data={})],
    )


def _origin(organization: Organization) -> str:
    if not organization.source:
        return _("Vous recevez ce courriel parce que votre adresse figure dans une liste d’organismes.")
    if organization.source_on is None:
        return _("Votre adresse vient de : %(source)s.") % {"source": organization.source}
    day = day_text(organization.source_on, today=date.min, with_weekday=False)
    return _("Votre adresse vient de : %(source)s, %(day)s.") % {"source": organization.source, "day": day}
