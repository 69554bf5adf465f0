"""To both sides, three days after an introduction: have you spoken?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from expertise.pairings import clocks, rounds
from expertise.pairings.enums import Side as SideCode
from expertise.pairings.models import Pairing
from maillage.core.tokens import LinkSpec
from tasks import links
from tasks.kinds import MailKind
from tasks.mails.composing import composes
from tasks.mails.letters import Letter, first_words
from tasks.mails.parts import Action, Facts, Say, telephone_fact
from tasks.mails.sides import Side, sides_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tasks.mails.letters import Mailing
    from tasks.mails.readers import Reader
    from tasks.models import Message


def answered(message: Message, now: datetime) -> str:
    """Somebody said that they spoke, or how it ended."""
    found = Pairing.objects.loading().filter(pk=message.context["pairing_id"], spoken_at=None)
    return "" if found.exists() else "already_answered"


KIND = MailKind(code="spoken", label=gettext_lazy("Vous êtes-vous parlé?"), obsolete=answered)


@composes(KIND)
def compose(*, pairing_id: int, now: datetime) -> Sequence[Mailing] | str:
    """Not asked once the outcome is about to be."""
    pairing = Pairing.objects.select_related("need").get(pk=pairing_id)
    if pairing.introduced_at is None or pairing.ended_at is not None or pairing.spoken_at is not None:
        return "already_answered"
    next_question = clocks.outcome_due(introduced_at=pairing.introduced_at, pace=rounds.pace(pairing.need), time=1)
    if next_question <= now:
        return "outcome_is_asked"
    event = f"pairing:{pairing.pk}:introduced:{pairing.introduced_at:%Y%m%dT%H%M%S%f}"
    return sides_of(pairing_id, event=event, letter=_letter, now=now, useless_after=next_question)


def _letter(side: Side, reader: Reader) -> Letter:
    values = {"other": side.other_name, "title": first_words(side.need.title)}
    opening = _("Vous êtes-vous parlé, %(other)s et vous?") % values
    if side.code == SideCode.GROUP:
        advice = _("Sinon, appelez : deux minutes suffisent souvent à débloquer les choses.")
    else:
        advice = _(
            "Sinon, le groupe attend votre appel. Si vous ne pouvez plus aider, dites-le : nous chercherons ailleurs."
        )
    return Letter(
        subject=_("Vous êtes-vous parlé? %(title)s") % values,
        preview=opening,
        parts=[
            Say(opening),
            Action(_("Répondre en un clic"), links.token_url("pairings:spoken_by_token", "spoken", lang=reader.lang)),
            Say(advice),
            Facts([telephone_fact(side.other_telephone, label=side.other_person)]),
        ],
        contact=side.contact,
        why=side.why,
        link_specs=[LinkSpec(purpose="spoken", subject=side.pairing, data={"side": side.code})],
    )
