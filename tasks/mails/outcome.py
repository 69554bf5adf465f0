"""To both sides, after 21 days and again after 35: how did it end?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from expertise.pairings import clocks, rounds
from expertise.pairings.enums import Outcome, Side as SideCode
from expertise.pairings.models import Pairing
from expertise.pairings.wording import by_day
from maillage.core.tokens import LinkSpec
from tasks import links
from tasks.kinds import MailKind
from tasks.mails.composing import composes
from tasks.mails.letters import Letter, first_words
from tasks.mails.parts import Action, Say
from tasks.mails.sides import Side, sides_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tasks.mails.letters import Mailing
    from tasks.mails.readers import Reader
    from tasks.models import Message


FINAL = (Outcome.HELPED.value, Outcome.NOT_HELPED.value)


def answered(message: Message, now: datetime) -> str:
    """This side has said how it ended, or the need has."""
    found = Pairing.objects.filter(pk=message.context["pairing_id"], ended_at=None)
    field = "group_outcome" if message.context["side"] == SideCode.GROUP else "organization_outcome"
    return "" if found.exclude(**{f"{field}__in": FINAL}).exists() else "already_answered"


KIND = MailKind(code="outcome", label=gettext_lazy("Comment cela s’est-il terminé?"), obsolete=answered)


@composes(KIND)
def compose(*, pairing_id: int, time: int, now: datetime) -> Sequence[Mailing] | str:
    """Each side that has not answered; the first question is dropped once the second is due."""
    pairing = Pairing.objects.select_related("need").get(pk=pairing_id)
    if pairing.introduced_at is None or pairing.ended_at is not None:
        return "already_answered"
    pace = rounds.pace(pairing.need)
    closes = clocks.closes_unknown(introduced_at=pairing.introduced_at, pace=pace)
    again = clocks.outcome_due(introduced_at=pairing.introduced_at, pace=pace, time=2)
    ends = again if time == 1 else closes
    if ends <= now:
        return "asked_again" if time == 1 else "need_is_closed"
    event = f"pairing:{pairing.pk}:introduced:{pairing.introduced_at:%Y%m%dT%H%M%S%f}:{time}"
    found = sides_of(pairing_id, event=event, letter=partial(_letter, time, closes, now), now=now, useless_after=ends)
    said = {SideCode.GROUP.value: pairing.group_outcome, SideCode.ORGANIZATION.value: pairing.organization_outcome}
    return [mailing for mailing in found if said[str(mailing.context["side"])] not in FINAL] or "already_answered"


def _letter(time: int, closes: datetime, now: datetime, side: Side, reader: Reader) -> Letter:
    values = {"other": side.other_name, "title": first_words(side.need.title), "by": by_day(closes, now)}
    if side.code == SideCode.GROUP:
        opening = _("%(other)s devait vous aider. Comment cela s’est-il terminé?") % values
    else:
        opening = _("Vous deviez aider %(other)s. Comment cela s’est-il terminé?") % values
    if time == 1:
        following = _(
            "Réglé, toujours en cours, ou pas du tout : un clic suffit. Si l’aide n’est pas venue, la recherche "
            "reprend."
        )
    else:
        following = (
            _("C’est notre dernière question. Sans réponse %(by)s, la demande sera fermée « sans nouvelles ».") % values
        )
    return Letter(
        subject=_("Comment cela s’est-il terminé? %(title)s") % values,
        preview=opening,
        parts=[
            Say(opening),
            Action(_("Répondre en un clic"), links.token_url("pairings:outcome_by_token", "outcome", lang=reader.lang)),
            Say(following),
        ],
        contact=side.contact,
        why=side.why,
        link_specs=[LinkSpec(purpose="outcome", subject=side.pairing, data={"side": side.code})],
    )
