"""To a guide's author: it is published, to be changed, refused, or no longer shown; with the editors' word."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from maillage.core import audit
from tasks import links
from tasks.kinds import MailKind
from tasks.mails import readers
from tasks.mails.composing import composes
from tasks.mails.letters import Letter, Mailing, first_words
from tasks.mails.parts import Action, Quote, Say
from wiki.enums import ReviewState
from wiki.models import GuidePage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.organizations.models import RegionalContact
    from tasks.mails.parts import Part
    from tasks.mails.readers import Reader

KIND = MailKind(code="guide_answered", label=gettext_lazy("Réponse à votre guide"))


@composes(KIND)
def compose(*, guide_id: int, answer: str, event: str, now: datetime) -> Sequence[Mailing] | str:
    """Not when the author did it themselves, nor when a newer answer has come.

    Args:
        guide_id: the guide.
        answer: the signal's suffix: ``published``, ``changes_asked``, ``refused`` or ``unpublished``.
        event: the event of business.
        now: the moment.
    """
    guide = GuidePage.objects.select_related("owner", "locale").get(pk=guide_id)
    entry = audit.history(guide).filter(verb__startswith="guide.").order_by("-at", "-pk").first()
    if entry is None or entry.verb != f"guide.{answer}":
        return "guide_moved_on"
    if guide.owner is None or entry.actor_id == guide.owner_id:
        return "own_act"
    write = partial(_letter, guide, answer, readers.human(None, now))
    return [Mailing(event=event, readers=readers.people([guide.owner]), write=write, context={"guide_id": guide.pk})]


def _letter(guide: GuidePage, answer: str, contact: RegionalContact, reader: Reader) -> Letter:
    values = {"title": guide.title}
    subject, opening, following = _words(answer)
    word: list[Part] = []
    if guide.review_word.strip() and guide.review_state != ReviewState.PUBLISHED:
        word = [Say(_("Voici le mot de l’équipe éditoriale :")), Quote(guide.review_word)]
    return Letter(
        subject=subject % {"title": first_words(guide.title)},
        preview=opening % values,
        parts=[
            Say(opening % values),
            *word,
            Say(following),
            Action(_("Voir le guide"), _url(guide, answer, reader)),
        ],
        contact=contact,
        why=_("Vous recevez ce courriel parce que vous avez écrit ce guide."),
    )


def _url(guide: GuidePage, answer: str, reader: Reader) -> str:
    if answer == "published":
        return links.url("wiki:guide", guide.slug, lang=guide.locale.language_code)
    return links.url("wiki:draft", guide.pk, lang=reader.lang)


def _words(answer: str) -> tuple[str, str, str]:
    """Subject, opening, what comes next."""
    return {
        "published": (
            _("Guide publié : %(title)s"),
            _("Votre guide « %(title)s » est publié. Merci de partager ce que vous savez."),
            _("Il est maintenant dans les listes et la recherche; vous pouvez le corriger quand vous voulez."),
        ),
        "changes_asked": (
            _("Guide à retoucher : %(title)s"),
            _("L’équipe éditoriale a lu votre guide « %(title)s » et vous demande quelques retouches."),
            _("Retouchez-le, puis soumettez-le de nouveau : il n’y a pas de date limite."),
        ),
        "refused": (
            _("Guide non retenu : %(title)s"),
            _("L’équipe éditoriale ne publiera pas votre guide « %(title)s »."),
            _("Votre texte reste à vous, dans votre espace. Répondez à ce courriel si vous n’êtes pas d’accord."),
        ),
        "unpublished": (
            _("Guide retiré : %(title)s"),
            _("Votre guide « %(title)s » n’est plus visible. Il est redevenu un brouillon."),
            _("Retouchez-le, puis soumettez-le de nouveau. Répondez à ce courriel si vous n’êtes pas d’accord."),
        ),
    }[answer]
