"""To owners: someone has stopped a kind of mail for the organization's shared address; undone in one click."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from expertise.organizations.models import Organization
from maillage.core.tokens import LinkSpec
from members.models import Preference
from tasks import links
from tasks.kinds import MAIL_KINDS, MailKind
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

PURPOSE = "unsubscribe"


def restored(message: Message, now: datetime) -> str:
    """The choice was taken back meanwhile."""
    preference = Preference.objects.filter(pk=message.context["preference_id"]).first()
    is_stopped = preference is not None and message.context["stopped_kind"] in preference.stopped_kinds
    return "" if is_stopped else "kind_restored"


KIND = MailKind(code="kind_stopped", label=gettext_lazy("Courriels arrêtés"), obsolete=restored)


@composes(KIND)
def compose(*, preference_id: int, kind: str, event: str, now: datetime) -> Sequence[Mailing] | str:
    """Only for shared addresses: a person's own choice is their own."""
    preference = Preference.objects.filter(pk=preference_id).first()
    if preference is None or kind not in preference.stopped_kinds:
        return "kind_restored"
    sharing = Organization.objects.filter(shared_address__iexact=preference.address).order_by("pk")
    mailings = []
    for organization in sharing:
        owners = [reader for reader in readers.owners_of(organization) if reader.address.lower() != preference.address]
        contact = readers.human(organization.region, now)
        mailings.append(
            Mailing(
                event=f"{event}:organization:{organization.pk}",
                readers=owners,
                write=partial(_letter, organization, preference, kind, contact),
                context={"preference_id": preference.pk, "stopped_kind": kind, "organization_id": organization.pk},
            )
        )
    return mailings or "not_shared"


def _letter(
    organization: Organization, preference: Preference, kind: str, contact: RegionalContact, reader: Reader
) -> Letter:
    known = MAIL_KINDS.get(kind)
    values = {"name": organization.shown_name, "address": preference.address, "kind": known.label if known else kind}
    opening = _("Une personne qui lit %(address)s a arrêté ce genre de courriel : « %(kind)s ».") % values
    return Letter(
        subject=_("Des courriels sont arrêtés pour %(name)s") % values,
        preview=opening,
        parts=[
            Say(opening),
            Say(
                _(
                    "Cette adresse n’en reçoit plus; les personnes de votre équipe continuent d’en recevoir. Si ce "
                    "n’était pas voulu :"
                )
            ),
            Action(_("Les recevoir de nouveau"), links.token_url("members:unsubscribe", PURPOSE, lang=reader.lang)),
        ],
        contact=contact,
        why=_("Vous recevez ce courriel parce que vous décidez pour %(name)s.") % values,
        # The page that stops a kind is the one that restores it, for the address that it was stopped for.
        link_specs=[
            LinkSpec(purpose=PURPOSE, subject=organization, data={"kind": kind}, address=preference.address),
        ],
    )
