"""To the group: an organization cannot help but knows someone whom the network cannot ask itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from expertise.needs.querysets import ACTIVE_STATES
from expertise.pairings.enums import PairingState
from expertise.pairings.models import Pairing
from tasks.kinds import MailKind
from tasks.mails import readers
from tasks.mails.composing import composes
from tasks.mails.group import contact_of, ids_of, letter_to_group, need_url
from tasks.mails.letters import Mailing, first_words
from tasks.mails.parts import Action, Fact, Facts, Quote, Say
from tasks.mails.relevance import unless_active

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.organizations.models import RegionalContact
    from tasks.mails.letters import Letter
    from tasks.mails.readers import Reader

KIND = MailKind(code="referral", label=gettext_lazy("On vous recommande quelqu’un"), obsolete=unless_active)


@composes(KIND)
def compose(*, pairing_id: int, event: str, now: datetime) -> Sequence[Mailing] | str:
    """When the network asks whoever was recommended, ``organizations_asked`` says so."""
    related = ("organization", "referred_to", "need__organization", "need__author", "need__contact__user")
    pairing = Pairing.objects.select_related(*related, "need__entered_by").get(pk=pairing_id)
    if pairing.state != PairingState.REFERRED or pairing.need.state not in ACTIVE_STATES:
        return "pairing_moved_on"
    if pairing.referrals.exists():
        return "asked_by_the_network"
    write = partial(_letter, pairing, contact_of(pairing.need, now))
    context = {**ids_of(pairing.need), "pairing_id": pairing.pk}
    return [Mailing(event=event, readers=readers.of_group(pairing.need), write=write, context=context)]


def _letter(pairing: Pairing, contact: RegionalContact, reader: Reader) -> Letter:
    need, name = pairing.need, pairing.organization.shown_name
    opening = _("%(name)s ne peut pas vous aider cette fois, mais connaît quelqu’un.") % {"name": name}
    referred_to = pairing.referred_to.name if pairing.referred_to is not None else ""
    return letter_to_group(
        need,
        reader,
        contact=contact,
        subject=_("On vous recommande quelqu’un : %(title)s") % {"title": first_words(need.title)},
        preview=opening,
        parts=[
            Say(opening),
            *([Facts([Fact(_("Organisme"), referred_to)])] if referred_to else []),
            *([Quote(pairing.referred_word, url=need_url(need, reader))] if pairing.referred_word.strip() else []),
            Say(_("À vous d’appeler, si cela vous convient. De notre côté, la recherche continue.")),
            Action(_("Suivre ma demande"), need_url(need, reader)),
        ],
    )
