"""To an organization's people, once a year: is what its entry says still right? One click, signed in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from expertise.organizations.models import Organization
from expertise.organizations.querysets import ASKED_STATES
from maillage.core.formats import month_text
from tasks import links
from tasks.enums import MessageClass
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


def confirmed(message: Message, now: datetime) -> str:
    """It has said so since, or left the network."""
    organization = Organization.objects.get(pk=message.context["organization_id"])
    has_said = organization.confirmed_at is not None and organization.confirmed_at > message.created_at
    return "confirmed" if has_said or organization.state not in ASKED_STATES else ""


KIND = MailKind(
    code="confirmation_asked",
    label=gettext_lazy("Votre fiche, à confirmer une fois par an"),
    mail_class=MessageClass.OPTIONAL,
    obsolete=confirmed,
)


@composes(KIND)
def compose(*, organization_id: int, event: str, now: datetime) -> Sequence[Mailing] | str:
    """Owners decide; without one, whoever gets the requests."""
    organization = Organization.objects.get(pk=organization_id)
    if organization.state not in ASKED_STATES:
        return "organization_moved_on"
    owners = readers.owners_of(organization)
    return [
        Mailing(
            event=event,
            readers=owners or readers.of_organization(organization),
            write=partial(_letter, organization, readers.human(organization.region, now), bool(owners)),
            context={"organization_id": organization.pk},
        )
    ]


def _letter(organization: Organization, contact: RegionalContact, is_owner: bool, reader: Reader) -> Letter:
    said_at = organization.confirmed_at or organization.created_at
    values = {"name": organization.shown_name, "month": month_text(said_at)}
    if is_owner:
        why = _("Vous recevez ce courriel parce que vous décidez pour %(name)s.") % values
    else:
        why = _("Vous recevez ce courriel parce que vous recevez les demandes pour %(name)s.") % values
    opening = _("Ce que dit la fiche de %(name)s date de %(month)s.") % values
    return Letter(
        subject=_("La fiche de %(name)s est-elle encore exacte?") % values,
        preview=opening,
        parts=[
            Say(opening),
            Say(
                _(
                    "Si rien n’a changé, un bouton suffit : « Tout est encore exact ». Sinon, corrigez ce qui a "
                    "changé. C’est d’après cette fiche que le réseau vous consulte."
                )
            ),
            Action(_("Regarder la fiche"), links.url("organizations:detail", organization.slug, lang=reader.lang)),
        ],
        contact=contact,
        why=why,
    )
