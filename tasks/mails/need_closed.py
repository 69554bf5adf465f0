"""To the group: its need is closed, because nobody said how it ended."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from expertise.needs.enums import NeedState
from expertise.needs.models import Need
from tasks.kinds import MailKind
from tasks.mails import readers
from tasks.mails.composing import composes
from tasks.mails.group import contact_of, ids_of, letter_to_group, need_url
from tasks.mails.letters import Mailing, first_words
from tasks.mails.parts import Action, Say
from tasks.mails.relevance import unless_need

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.organizations.models import RegionalContact
    from tasks.mails.letters import Letter
    from tasks.mails.readers import Reader

CLOSED = (NeedState.CLOSED_UNKNOWN,)
KIND = MailKind(code="need_closed", label=gettext_lazy("Demande fermée"), obsolete=unless_need(*CLOSED))


@composes(KIND)
def compose(*, need_id: int, event: str, now: datetime) -> Sequence[Mailing] | str:
    """Closed is not lost: one click opens it again."""
    need = Need.objects.select_related("organization", "author", "entered_by", "contact__user").get(pk=need_id)
    if need.state not in CLOSED:
        return "need_moved_on"
    write = partial(_letter, need, contact_of(need, now))
    return [Mailing(event=event, readers=readers.of_group(need), write=write, context=ids_of(need))]


def _letter(need: Need, contact: RegionalContact, reader: Reader) -> Letter:
    opening = _("Nous n’avons pas su comment cela s’est terminé : votre demande est fermée, « sans nouvelles ».")
    return letter_to_group(
        need,
        reader,
        contact=contact,
        subject=_("Demande fermée : %(title)s") % {"title": first_words(need.title)},
        preview=opening,
        parts=[
            Say(opening),
            Say(
                _(
                    "Si l’aide n’est pas venue, rouvrez-la d’un clic : nous consulterons d’autres organismes. Si "
                    "elle est venue, dites-le : cela aide les suivants."
                )
            ),
            Action(_("Voir ma demande"), need_url(need, reader)),
        ],
    )
