"""To editors: a guide waits to be read."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from tasks import links
from tasks.kinds import MailKind
from tasks.mails import readers
from tasks.mails.composing import composes
from tasks.mails.letters import Letter, Mailing, Person, first_words
from tasks.mails.parts import Action, Fact, Facts, Say
from tasks.mails.wording import name_of
from wiki.enums import ReviewState
from wiki.models import GuidePage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.organizations.models import RegionalContact
    from tasks.mails.readers import Reader
    from tasks.models import Message


def read(message: Message, now: datetime) -> str:
    """An editor has answered, or the author went on writing."""
    waiting = GuidePage.objects.filter(pk=message.context["guide_id"], review_state=ReviewState.SUBMITTED)
    return "" if waiting.exists() else "guide_moved_on"


KIND = MailKind(code="guide_submitted", label=gettext_lazy("Guide à relire"), priority=6, obsolete=read)


@composes(KIND)
def compose(*, guide_id: int, event: str, now: datetime) -> Sequence[Mailing] | str:
    """Each time it is submitted; an editor is not told of their own."""
    guide = GuidePage.objects.select_related("owner", "organization").get(pk=guide_id)
    if guide.review_state != ReviewState.SUBMITTED:
        return "guide_moved_on"
    found = [reader for reader in readers.editors(now) if reader.user_id != guide.owner_id]
    write = partial(_letter, guide, readers.human(None, now))
    return [Mailing(event=event, readers=found, write=write, context={"guide_id": guide.pk})]


def _letter(guide: GuidePage, contact: RegionalContact, reader: Reader) -> Letter:
    author = guide.owner.name or guide.owner.email if guide.owner is not None else ""
    values = {"title": guide.title, "author": author}
    opening = _("%(author)s propose un guide : « %(title)s ».") % values
    return Letter(
        subject=_("Guide à relire : %(title)s") % {"title": first_words(guide.title)},
        preview=opening,
        parts=[
            Say(opening),
            Facts(
                [
                    Fact(_("Ce qu’il aide à faire"), guide.helps_to),
                    Fact(_("Organisme"), name_of(guide.organization)),
                ]
            ),
            Action(_("Lire et répondre"), links.url("wiki:review", guide.pk, lang=reader.lang)),
            Say(
                _(
                    "Publier, demander des retouches ou refuser : chaque réponse porte un mot pour la personne qui "
                    "l’a écrit."
                )
            ),
        ],
        contact=contact,
        reply_to=Person(author, guide.owner.email) if guide.owner is not None else None,
        why=_("Vous recevez ce courriel parce que vous faites partie de l’équipe éditoriale."),
    )
