"""To editors: a reader says that something is wrong."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from maillage.core import reporting
from maillage.core.enums import ReportReason, ReportState
from maillage.core.models import Report
from tasks import links
from tasks.kinds import MailKind
from tasks.mails import readers
from tasks.mails.composing import composes
from tasks.mails.letters import Letter, Mailing
from tasks.mails.parts import Action, Fact, Facts, Quote, Say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.organizations.models import RegionalContact
    from tasks.mails.readers import Reader
    from tasks.models import Message


def settled(message: Message, now: datetime) -> str:
    """An editor has decided."""
    waiting = Report.objects.open().filter(pk=message.context["report_id"])
    return "" if waiting.exists() else "report_settled"


KIND = MailKind(code="report_opened", label=gettext_lazy("Signalement"), priority=4, obsolete=settled)


@composes(KIND)
def compose(*, report_id: int, now: datetime) -> Sequence[Mailing] | str:
    """At once: what is reported may hurt somebody while it is seen."""
    report = Report.objects.get(pk=report_id)
    if report.state != ReportState.OPEN:
        return "report_settled"
    write = partial(_letter, report, readers.human(None, now))
    return [
        Mailing(
            event=f"report:{report.pk}", readers=readers.editors(now), write=write, context={"report_id": report.pk}
        )
    ]


def _letter(report: Report, contact: RegionalContact, reader: Reader) -> Letter:
    subject = reporting.about(report)
    title = reporting.title_of(subject) if subject is not None else _("ce qui n’existe plus")
    reason = ReportReason(report.reason).label
    opening = _("Une personne signale : « %(reason)s ».") % {"reason": reason}
    return Letter(
        subject=_("Signalement : %(reason)s") % {"reason": reason},
        preview=opening,
        parts=[
            Say(opening),
            Facts([Fact(_("À propos de"), title)]),
            *([Quote(report.word)] if report.word.strip() else []),
            Action(_("Ouvrir « À faire »"), links.url("home:todo", lang=reader.lang)),
        ],
        contact=contact,
        why=_("Vous recevez ce courriel parce que vous faites partie de l’équipe éditoriale."),
    )
