"""To an organization: a group asks for help, why you, what you can answer; and one reminder."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from expertise.pairings import clocks, rounds, services
from expertise.pairings.enums import Origin, PairingState
from expertise.pairings.models import Pairing
from expertise.pairings.wording import by_day
from maillage.core.formats import day_text, local_date
from maillage.core.tokens import LinkSpec
from members.enums import ConsentKind
from tasks import gate, links
from tasks.enums import MessageClass, MessageState
from tasks.kinds import MailKind
from tasks.mails import readers
from tasks.mails.composing import composes
from tasks.mails.group import contact_of, ids_of
from tasks.mails.letters import Letter, Mailing, first_words
from tasks.mails.parts import Action, Facts, Quote, Say
from tasks.mails.relevance import PROPOSED, unless_pairing
from tasks.mails.wording import need_facts, why
from tasks.models import Message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.organizations.models import RegionalContact
    from tasks.mails.parts import Part
    from tasks.mails.readers import Reader

ANSWERS = ("offer", "decline", "refer")
# Once one of these is left, the mail will never reach its reader.
STILL_POSSIBLE = (MessageState.PENDING, MessageState.LEASED, MessageState.RETRY, MessageState.SENT)


def told(message: Message, now: datetime) -> None:
    """The mail was handed over: the organization's clock starts. A reminder changes nothing."""
    services.record_told(pairing_id=message.context["pairing_id"], now=now)


def missed(message: Message, now: datetime) -> None:
    """This address cannot be reached; if it was the last one of the organization, the next organization is asked."""
    pairing_id, wave_id = message.context["pairing_id"], message.context["wave_id"]
    others = Message.objects.filter(
        kind=KIND.code, context__pairing_id=pairing_id, context__wave_id=wave_id, state__in=STILL_POSSIBLE
    )
    if not others.exclude(pk=message.pk).exists():
        services.mark_unreachable(pairing_id=pairing_id, now=now)


KIND = MailKind(
    code="proposal",
    label=gettext_lazy("Demandes d’aide proposées à votre organisme"),
    mail_class=MessageClass.OPTIONAL,
    consent=ConsentKind.REQUESTS,
    obsolete=unless_pairing(*PROPOSED),
    on_handed_over=told,
    on_undeliverable=missed,
)


@composes(KIND)
def compose(*, pairing_id: int, wave_id: int, now: datetime) -> Sequence[Mailing] | str:
    """One organization of one wave, asked; without any address, the next one is."""
    pairing = _read(pairing_id)
    if pairing.state != PairingState.PROPOSED or pairing.wave_id != wave_id:
        return "pairing_moved_on"
    lapses_at = clocks.lapse_due(told_at=now, pace=rounds.pace(pairing.need))
    found = _in_time(readers.of_organization(pairing.organization), lapses_at, now)
    if not found:
        services.mark_unreachable(pairing_id=pairing.pk, now=now)
        return "no_reader"
    return [_mailing(pairing, found, f"pairing:{pairing.pk}:wave:{wave_id}", lapses_at, now, is_reminder=False)]


@composes(KIND, news="proposal_reminder")
def compose_reminder(*, pairing_id: int, wave_id: int, now: datetime) -> Sequence[Mailing] | str:
    """The same once more, to an organization that has not answered."""
    pairing = _read(pairing_id)
    lapses_at = pairing.lapses_at
    if pairing.state != PairingState.PROPOSED or pairing.wave_id != wave_id or lapses_at is None or lapses_at <= now:
        return "pairing_moved_on"
    found = readers.of_organization(pairing.organization)
    return [_mailing(pairing, found, f"pairing:{pairing.pk}:wave:{wave_id}:reminder", lapses_at, now, is_reminder=True)]


def _in_time(found: list[Reader], limit: datetime, now: datetime) -> list[Reader]:
    """Those whom the mail can reach before it is too late: their digest or their weekly cap may delay it."""
    times = [(reader, gate.earliest(reader.address, KIND, now=now)) for reader in found]
    return [reader for reader, moment in times if moment is not None and moment < limit]


def _read(pairing_id: int) -> Pairing:
    related = ("need__organization", "need__contact__user", "organization", "referred_by__organization", "added_by")
    return Pairing.objects.select_related(*related).get(pk=pairing_id)


def _mailing(
    pairing: Pairing, found: list[Reader], event: str, lapses_at: datetime, now: datetime, *, is_reminder: bool
) -> Mailing:
    contact = contact_of(pairing.need, now)
    context = {**ids_of(pairing.need), "pairing_id": pairing.pk, "wave_id": pairing.wave_id}
    return Mailing(
        event=event,
        readers=found,
        write=partial(_letter, pairing=pairing, contact=contact, lapses_at=lapses_at, now=now, is_reminder=is_reminder),
        context={**context, "organization_id": pairing.organization_id},
        useless_after=lapses_at,
    )


def _letter(
    reader: Reader,
    *,
    pairing: Pairing,
    contact: RegionalContact,
    lapses_at: datetime,
    now: datetime,
    is_reminder: bool,
) -> Letter:
    need = pairing.need
    subject = _("Rappel : pouvez-vous aider? %(title)s") if is_reminder else _("Pouvez-vous aider? %(title)s")
    url = links.token_url("pairings:answer", "answer", lang=reader.lang)
    closing = _("Répondez %(by)s. Un non est utile aussi : nous demandons alors à un autre organisme.")
    return Letter(
        subject=subject % {"title": first_words(need.title)},
        preview=_opening(pairing, now, is_reminder=is_reminder),
        parts=[
            Say(_opening(pairing, now, is_reminder=is_reminder)),
            Quote(need.text, need.lang, url),
            Facts(need_facts(need)),
            *_reasons(pairing),
            Action(_("Lire et répondre"), url),
            Say(_("Trois réponses possibles : « Je peux aider », « Pas cette fois », « Je connais quelqu’un ».")),
            Say(closing % {"by": by_day(lapses_at, now)}),
        ],
        contact=contact,
        why=_("Vous recevez ce courriel parce que vous recevez les demandes pour %(name)s.")
        % {"name": pairing.organization.shown_name},
        link_specs=[LinkSpec(purpose="answer", subject=pairing, data={"actions": list(ANSWERS)})],
        digest_url=url,
    )


def _opening(pairing: Pairing, now: datetime, *, is_reminder: bool) -> str:
    # The group is named at the introduction only: nobody is named as helped before both agreed.
    values = {"name": pairing.organization.shown_name}
    if is_reminder and pairing.told_at is not None:
        values["day"] = day_text(pairing.told_at, today=local_date(now))
        return _("Le %(day)s, un groupe du réseau vous a demandé de l’aide. Il attend encore votre réponse.") % values
    if pairing.origin == Origin.BY_NAME:
        return _("Un groupe du réseau demande l’aide de %(name)s, par son nom.") % values
    return _("Un groupe du réseau demande de l’aide. %(name)s pourrait être la bonne porte.") % values


def _reasons(pairing: Pairing) -> list[Part]:
    said: list[Part] = []
    if pairing.referred_by is not None:
        said.append(
            Say(_("Sur la recommandation de %(name)s.") % {"name": pairing.referred_by.organization.shown_name})
        )
        if pairing.referred_by.referred_word:
            said.append(Quote(pairing.referred_by.referred_word))
    if pairing.note and pairing.added_by is not None:
        said.append(Say(_("Un mot de %(name)s, du réseau :") % {"name": pairing.added_by.name}))
        said.append(Quote(pairing.note))
    reasons = why(pairing)
    if reasons:
        said.append(Say(_("Proposé parce que : %(reasons)s.") % {"reasons": reasons}))
    return said
