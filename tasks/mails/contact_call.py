"""To a contact: a group to call, why, who was asked and what each said."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from expertise.needs.facts import due_text
from expertise.pairings import clocks, rounds
from expertise.pairings.enums import ContactTaskReason, ContactTaskState, DeclineReason, PairingState
from expertise.pairings.models import ContactTask
from expertise.pairings.wording import by_day
from maillage.core.formats import day_text, local_date
from tasks import links
from tasks.kinds import MailKind
from tasks.mails import readers
from tasks.mails.composing import composes
from tasks.mails.group import ids_of, need_url
from tasks.mails.letters import Letter, Mailing, Person, first_words
from tasks.mails.parts import Action, Fact, Facts, Heading, Points, Quote, Say, telephone_fact
from tasks.mails.wording import name_of, place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.pairings.models import Pairing
    from tasks.mails.parts import Part
    from tasks.mails.readers import Reader
    from tasks.models import Message

SHOWN_MAX = 20


def ended(message: Message, now: datetime) -> str:
    """The call was made, is no longer necessary, or is someone else's by now."""
    held = ContactTask.objects.open().filter(pk=message.context["task_id"], passes=message.context["passes"])
    return "" if held.exists() else "call_moved_on"


KIND = MailKind(code="contact_call", label=gettext_lazy("À rappeler"), priority=3, obsolete=ended)


@composes(KIND)
def compose(*, task_id: int, passes: int, now: datetime) -> Sequence[Mailing] | str:
    """To whoever holds the call; each passing on is a mail of its own."""
    related = ("contact__user", "need__organization", "need__author")
    task = ContactTask.objects.select_related(*related).get(pk=task_id)
    if task.state != ContactTaskState.OPEN or task.passes != passes:
        return "call_moved_on"
    if task.reason == ContactTaskReason.BY_TELEPHONE and task.need.entered_by_id == task.contact.user_id:
        return "told_with_the_offer"
    return [
        Mailing(
            event=f"task:{task.pk}:{task.passes}",
            readers=readers.people([task.contact.user]),
            write=partial(_letter, task, now),
            context={**ids_of(task.need), "task_id": task.pk, "passes": task.passes},
        )
    ]


def _letter(task: ContactTask, now: datetime, reader: Reader) -> Letter:
    need = task.need
    group = need.organization
    name = name_of(group)
    values = {"name": name, "title": first_words(need.title), "by": by_day(_due(task), now)}
    opening = _("%(name)s attend votre appel, %(by)s.") % values
    return Letter(
        subject=_("À rappeler : %(title)s") % values,
        preview=f"{opening} {_why(task)}",
        parts=[
            Say(opening),
            Say(_why(task)),
            Facts([telephone_fact(need.telephone, label=need.contact_name), *_facts(task, name)]),
            Quote(need.text, need.lang, need_url(need, reader)),
            *_history(task, now),
            Action(_("Ouvrir « À rappeler »"), links.url("pairings:calls", lang=reader.lang)),
            Say(
                _(
                    "Si vous ne pouvez pas, passez l’appel à quelqu’un d’autre; sinon, il passera de lui-même après "
                    "cette date."
                )
            ),
        ],
        contact=task.contact,
        reply_to=Person(need.contact_name, need.author.email) if need.author is not None else None,
        why=_("Vous recevez ce courriel parce que vous êtes personne-ressource du réseau."),
    )


def _due(task: ContactTask) -> datetime:
    return clocks.contact_pass_due(moved_at=task.moved_at, pace=rounds.pace(task.need))


def _facts(task: ContactTask, name: str) -> list[Fact]:
    return [
        Fact(_("Groupe"), name),
        Fact(_("Lieu"), place(task.need)),
        Fact(_("Pour quand"), due_text(task.need)),
    ]


def _why(task: ContactTask) -> str:
    return {
        ContactTaskReason.NOBODY_LEFT: _(
            "Tous les organismes consultés ont répondu non, et personne d’autre ne convient."
        ),
        ContactTaskReason.TOO_LONG: _("La demande attend depuis trop longtemps."),
        ContactTaskReason.URGENT: _(
            "La demande est urgente : le réseau cherche de son côté, mais un appel va plus vite."
        ),
        ContactTaskReason.NO_CANDIDATE: _("Aucun organisme du réseau ne convient encore à cette demande."),
        ContactTaskReason.BY_TELEPHONE: _(
            "Ce groupe n’a que le téléphone : c’est à vous de lui dire ce qu’il y a de nouveau."
        ),
        ContactTaskReason.HELD: _("C’est la première demande d’un groupe que personne n’a encore vérifié."),
        ContactTaskReason.NOT_HELPED: _("L’aide n’a pas abouti; la recherche reprend."),
    }[ContactTaskReason(task.reason)]


def _history(task: ContactTask, now: datetime) -> list[Part]:
    asked = task.need.pairings.select_related("organization").order_by("proposed_at", "pk")[:SHOWN_MAX]
    if not asked:
        return []
    return [Heading(_("Qui a été consulté")), Points([_said(pairing, now) for pairing in asked])]


def _said(pairing: Pairing, now: datetime) -> Fact:
    answer = str(PairingState(pairing.state).label)
    if pairing.state == PairingState.DECLINED:
        answer = f"{answer} ({DeclineReason(pairing.decline_reason).label})"
    if pairing.referred_word:
        answer = f"{answer} ({pairing.referred_word})"
    moment = pairing.answered_at or pairing.told_at or pairing.proposed_at
    if moment is not None:
        answer = _("%(answer)s, le %(day)s") % {"answer": answer, "day": day_text(moment, today=local_date(now))}
    return Fact(pairing.organization.shown_name, answer)
