"""To an organization's owners: it is verified, or suspended."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from expertise.organizations.enums import OrganizationState
from expertise.organizations.models import Organization
from tasks import links
from tasks.kinds import MailKind
from tasks.mails import readers
from tasks.mails.composing import composes
from tasks.mails.letters import Letter, Mailing
from tasks.mails.parts import Action, Facts, Say, telephone_fact

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.organizations.models import RegionalContact
    from tasks.mails.readers import Reader
    from tasks.models import Message


def changed(message: Message, now: datetime) -> str:
    """It is in another state by now."""
    same = Organization.objects.filter(pk=message.context["owned_id"], state=message.context["state"])
    return "" if same.exists() else "organization_moved_on"


KIND = MailKind(code="organization_state", label=gettext_lazy("État de votre organisme"), obsolete=changed)


@composes(KIND)
def compose(*, organization_id: int, state: str, event: str, now: datetime) -> Sequence[Mailing] | str:
    """Told by people who may be called."""
    organization = Organization.objects.get(pk=organization_id)
    if organization.state != state:
        return "organization_moved_on"
    write = _verified if state == OrganizationState.VERIFIED else _suspended
    return [
        Mailing(
            event=event,
            readers=readers.owners_of(organization),
            write=partial(write, organization, readers.human(organization.region, now)),
            # Not ``organization_id``: a suspension cancels what names its organization, and this mail tells it.
            context={"owned_id": organization.pk, "state": state},
        )
    ]


def _verified(organization: Organization, contact: RegionalContact, reader: Reader) -> Letter:
    values = {"name": organization.shown_name}
    opening = _("%(name)s est maintenant un organisme vérifié du réseau.") % values
    return Letter(
        subject=_("L’organisme %(name)s est vérifié") % values,
        preview=opening,
        parts=[
            Say(opening),
            Say(
                _(
                    "Vous pouvez lire les demandes que les membres partagent et offrir votre aide. Vos propres "
                    "demandes partent sans attendre."
                )
            ),
            Action(
                _("Dire ce que nous savons faire"),
                links.url("organizations:skills", organization.slug, lang=reader.lang),
            ),
        ],
        contact=contact,
        why=_("Vous recevez ce courriel parce que vous décidez pour %(name)s.") % values,
    )


def _suspended(organization: Organization, contact: RegionalContact, reader: Reader) -> Letter:
    values = {"name": organization.shown_name, "contact": contact.name}
    opening = _("L’organisme %(name)s est suspendu du réseau. Ses demandes et ses offres sont retirées.") % values
    return Letter(
        subject=_("L’organisme %(name)s est suspendu") % values,
        preview=opening,
        parts=[
            Say(opening),
            Say(_("Si c’est une erreur, ou pour en connaître la raison, parlez à %(contact)s.") % values),
            Facts([telephone_fact(contact.telephone, label=contact.name)]),
        ],
        contact=contact,
        why=_("Vous recevez ce courriel parce que vous décidez pour %(name)s.") % values,
    )
