"""To editors, on their weekday: what waits for them, as on « À faire », oldest harm first; one mail a week each."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from maillage.core import todo
from maillage.core.editors_week import opened_at
from maillage.core.formats import day_text, local_date
from maillage.core.models import Network
from members.editors import active
from tasks import links
from tasks.enums import MessageClass
from tasks.kinds import MailKind
from tasks.mails import readers
from tasks.mails.composing import composes
from tasks.mails.letters import Letter, Mailing
from tasks.mails.parts import Action, Fact, Heading, Points, Say
from tasks.recurring import every

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.organizations.models import RegionalContact
    from tasks.mails.parts import Part
    from tasks.mails.readers import Reader

KIND = MailKind(
    code="editors_digest",
    label=gettext_lazy("« À faire », chaque semaine"),
    mail_class=MessageClass.OPTIONAL,
    is_gathered=False,
)


def window_of(now: datetime) -> str:
    """The editors' week that a moment falls in, named by the day it opened; "" before there is a network."""
    network = Network.objects.current()
    return opened_at(now, network.editors_weekday).date().isoformat() if network.pk is not None else ""


every("compose:editors_digest", window_of)


@composes(KIND)
def compose(*, window: str, now: datetime) -> Sequence[Mailing] | str:
    """Nothing is sent when nothing waits, nor for a week that has passed."""
    if window != window_of(now):
        return "window_is_past"
    oldest = todo.first_of(todo.panels(now))
    if not oldest:
        return "nothing_to_do"
    write = partial(_letter, readers.human(None, now), now)
    return [Mailing(event=f"window:{window}", readers=readers.editors_of_week(now, oldest[0].since), write=write)]


def _letter(contact: RegionalContact, now: datetime, reader: Reader) -> Letter:
    # Found again for each reader: rooms title their panels and rows in the active language.
    panels = todo.panels(now)
    count = sum(panel.waiting.count for panel in panels)
    values = {"count": count}
    opening = ngettext("Une chose vous attend.", "%(count)s choses vous attendent.", count) % values
    return Letter(
        subject=ngettext("À faire : une chose cette semaine", "À faire : %(count)s choses cette semaine", count)
        % values,
        preview=opening,
        parts=[
            Say(opening),
            Points([Fact(panel.title, str(panel.waiting.count)) for panel in panels]),
            Heading(_("Ce qui attend depuis le plus longtemps")),
            Points([_waiting(row, now) for row in todo.first_of(panels)]),
            *_what_now(reader),
        ],
        contact=contact,
        why=_("Vous recevez ce courriel chaque semaine parce que vous faites partie de l’équipe éditoriale."),
    )


def _what_now(reader: Reader) -> list[Part]:
    """The page, for who may act on it; the network's contact, who stands in for absent editors, passes it on."""
    if not active().filter(pk=reader.user_id or 0).exists():
        away = _("Toute l’équipe éditoriale est absente. Transmettez ce courriel à qui peut agir à sa place.")
        return [Say(away)]
    pause = _("Vous ne pouvez pas cette semaine? Mettez vos courriels en pause : une autre personne reçoit celui-ci.")
    return [Action(_("Ouvrir « À faire »"), links.url("home:todo", lang=reader.lang)), Say(pause)]


def _waiting(row: todo.Row, now: datetime) -> Fact:
    since = _("depuis le %(day)s") % {"day": day_text(row.since, today=local_date(now), with_weekday=False)}
    return Fact(row.title, f"{since}. {row.fallback}" if row.fallback else since)
