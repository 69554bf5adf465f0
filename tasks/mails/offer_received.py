"""To the group: an offer, beside those that it has already; and a reminder to choose."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from expertise.needs.models import Need
from expertise.pairings import clocks, rounds
from expertise.pairings.enums import PairingState
from expertise.pairings.models import Pairing
from expertise.pairings.wording import by_day
from maillage.core.tokens import LinkSpec
from tasks import links
from tasks.kinds import MailKind
from tasks.mails import readers
from tasks.mails.composing import composes
from tasks.mails.group import contact_of, ids_of, letter_to_group, need_url
from tasks.mails.letters import Mailing, first_words
from tasks.mails.parts import Action, Facts, Heading, Quote, Say
from tasks.mails.relevance import OFFERED, unless_pairing
from tasks.mails.wording import offer_facts, why

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.organizations.models import RegionalContact
    from tasks.mails.letters import Letter
    from tasks.mails.parts import Part
    from tasks.mails.readers import Reader

KIND = MailKind(code="offer_received", label=gettext_lazy("Offre reçue"), priority=3, obsolete=unless_pairing(*OFFERED))
SHOWN_MAX = 6


@composes(KIND)
def compose(*, pairing_id: int, now: datetime) -> Sequence[Mailing] | str:
    """An offer, told to the group with the others that wait for its choice."""
    offer = Pairing.objects.select_related("need").get(pk=pairing_id)
    if offer.state != PairingState.OFFERED or offer.answered_at is None:
        return "pairing_moved_on"
    return _mailings(offer, f"pairing:{offer.pk}:offered:{offer.answered_at:%Y%m%dT%H%M%S%f}", now, is_reminder=False)


@composes(KIND, news="offers_waiting")
def compose_reminder(*, pairing_id: int, now: datetime) -> Sequence[Mailing] | str:
    """Offers that wait for a choice, once more: one mail, whichever offer's clock rings."""
    offer = Pairing.objects.select_related("need").get(pk=pairing_id)
    if offer.state != PairingState.OFFERED or offer.answered_at is None:
        return "pairing_moved_on"
    later = offer.need.pairings.offered().filter(answered_at__gt=offer.answered_at)
    # Taken back and made again, an offer has a later clock of its own too.
    due = clocks.choice_reminder_due(offered_at=offer.answered_at, pace=rounds.pace(offer.need))
    if later.exists() or now < due:
        return "newer_offer_reminds"
    return _mailings(offer, f"pairing:{offer.pk}:waiting:{offer.answered_at:%Y%m%dT%H%M%S%f}", now, is_reminder=True)


def _mailings(offer: Pairing, event: str, now: datetime, *, is_reminder: bool) -> Sequence[Mailing]:
    need = Need.objects.select_related("organization", "author", "entered_by", "contact__user").get(pk=offer.need_id)
    rows = need.pairings.offered().select_related("organization").order_by("answered_at", "pk")
    offers = [offer if row.pk == offer.pk else row for row in rows[:SHOWN_MAX]]
    newest = next((row for row in offers if row.pk == offer.pk), offers[-1])
    contact = contact_of(need, now)
    return [
        Mailing(
            event=event,
            readers=readers.of_group(need),
            write=partial(
                _letter, need=need, offers=offers, newest=newest, contact=contact, now=now, is_reminder=is_reminder
            ),
            context={**ids_of(need), "pairing_id": offer.pk, "organization_id": offer.organization_id},
        )
    ]


def _letter(
    reader: Reader,
    *,
    need: Need,
    offers: list[Pairing],
    newest: Pairing,
    contact: RegionalContact,
    now: datetime,
    is_reminder: bool,
) -> Letter:
    count = len(offers)
    values = {"count": count, "name": newest.organization.shown_name, "title": first_words(need.title)}
    if is_reminder:
        subject = ngettext(
            "À vous de choisir : une offre pour « %(title)s »",
            "À vous de choisir : %(count)s offres pour « %(title)s »",
            count,
        )
        opening = ngettext("Une offre attend votre réponse.", "%(count)s offres attendent votre réponse.", count)
    else:
        subject = ngettext("Une offre pour « %(title)s »", "%(count)s offres pour « %(title)s »", count)
        opening = ngettext(
            "%(name)s peut vous aider.", "%(name)s peut vous aider. Vous avez maintenant %(count)s offres.", count
        )
    return letter_to_group(
        need,
        reader,
        contact=contact,
        subject=subject % values,
        preview=opening % values,
        parts=[
            Say(opening % values),
            *(part for offer in offers for part in _offer(offer, need, reader, now)),
            Action(_("Choisir"), links.token_url("pairings:offers_by_token", "choose", lang=reader.lang)),
            *_closing(need, newest, now, is_reminder=is_reminder),
        ],
        link_specs=[LinkSpec(purpose="choose", subject=need, data={})],
    )


def _offer(offer: Pairing, need: Need, reader: Reader, now: datetime) -> list[Part]:
    reasons = why(offer)
    return [
        Heading(offer.organization.shown_name),
        Facts(offer_facts(offer, now)),
        *([Quote(offer.word, url=need_url(need, reader))] if offer.word.strip() else []),
        *([Say(_("Pourquoi cet organisme : %(reasons)s.") % {"reasons": reasons})] if reasons else []),
    ]


def _closing(need: Need, newest: Pairing, now: datetime, *, is_reminder: bool) -> list[Part]:
    said: list[Part] = [
        Say(
            _(
                "Choisissez-en une, plusieurs ou aucune. Vos coordonnées ne sont transmises qu’aux organismes que vous "
                "choisissez; les autres reçoivent un mot de remerciement."
            )
        )
    ]
    waiting = need.pairings.waiting().count()
    if waiting and not is_reminder and newest.answered_at is not None:
        by = by_day(clocks.choice_reminder_due(offered_at=newest.answered_at, pace=rounds.pace(need)), now)
        text = ngettext(
            "Un autre organisme peut encore répondre. Prenez votre temps : nous vous récrirons %(by)s.",
            "%(count)s autres organismes peuvent encore répondre. Prenez votre temps : nous vous récrirons %(by)s.",
            waiting,
        )
        said.append(Say(text % {"count": waiting, "by": by}))
    return said
