"""To the group: nobody has offered yet; a named human takes over, and when they pass it on, another one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from expertise.needs.enums import NeedState
from expertise.needs.models import Need
from expertise.pairings import clocks, rounds
from expertise.pairings.wording import by_day
from tasks.kinds import MailKind
from tasks.mails import readers
from tasks.mails.composing import composes
from tasks.mails.group import contact_of, ids_of, letter_to_group, need_url
from tasks.mails.letters import Mailing, first_words
from tasks.mails.parts import Action, Fact, Facts, Say, telephone_fact
from tasks.mails.relevance import unless_need

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.organizations.models import RegionalContact
    from tasks.mails.letters import Letter
    from tasks.mails.readers import Reader

LEFT = (NeedState.UNANSWERED,)
KIND = MailKind(
    code="need_unanswered",
    label=gettext_lazy("Une personne suit votre demande"),
    priority=4,
    obsolete=unless_need(*LEFT),
)


@composes(KIND)
def compose(*, need_id: int, event: str, now: datetime) -> Sequence[Mailing] | str:
    """The name and the telephone of the human who follows the need."""
    need = Need.objects.select_related("organization", "author", "entered_by", "contact__user").get(pk=need_id)
    if need.state not in LEFT:
        return "need_moved_on"
    is_passed = need.contact_tasks.filter(passes__gt=0, state="open").exists()
    write = partial(_letter, need=need, contact=contact_of(need, now), now=now, is_passed=is_passed)
    return [Mailing(event=event, readers=readers.of_group(need), write=write, context=ids_of(need))]


def _letter(reader: Reader, *, need: Need, contact: RegionalContact, now: datetime, is_passed: bool) -> Letter:
    calls_by = clocks.contact_pass_due(moved_at=now, pace=rounds.pace(need))
    values = {"name": contact.name, "by": by_day(calls_by, now), "title": first_words(need.title)}
    if is_passed:
        opening = _("%(name)s suit maintenant votre demande et vous appellera %(by)s.") % values
    else:
        opening = (
            _("Aucune offre pour l’instant. %(name)s prend votre demande en main et vous appellera %(by)s.") % values
        )
    return letter_to_group(
        need,
        reader,
        contact=contact,
        subject=_("Une personne suit votre demande : %(title)s") % values,
        preview=opening,
        parts=[
            Say(opening),
            Facts(
                [
                    Fact(_("Votre personne-ressource"), contact.name),
                    telephone_fact(contact.telephone),
                    Fact(_("Heures"), contact.hours),
                ]
            ),
            Say(
                _(
                    "Vous n’avez pas à attendre : appelez quand vous voulez. Votre demande reste ouverte, et une "
                    "offre peut encore arriver."
                )
            ),
            Action(_("Voir qui a été consulté"), need_url(need, reader)),
        ],
    )
