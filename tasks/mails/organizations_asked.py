"""To the group: who was asked, why, and what comes next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from expertise.needs.querysets import ACTIVE_STATES
from expertise.pairings import rounds
from expertise.pairings.enums import Origin, PairingState, Reach
from expertise.pairings.models import Wave
from expertise.pairings.wording import by_day
from tasks.kinds import MailKind
from tasks.mails import readers
from tasks.mails.composing import composes
from tasks.mails.group import contact_of, ids_of, letter_to_group, need_url
from tasks.mails.letters import Mailing, first_words
from tasks.mails.parts import Action, Fact, Heading, Points, Say
from tasks.mails.relevance import unless_active
from tasks.mails.wording import why_each

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.organizations.models import RegionalContact
    from expertise.pairings.models import Pairing
    from tasks.mails.letters import Letter
    from tasks.mails.readers import Reader

KIND = MailKind(code="organizations_asked", label=gettext_lazy("Organismes consultés"), obsolete=unless_active)


@composes(KIND)
def compose(*, wave_id: int, now: datetime) -> Sequence[Mailing] | str:
    """One wave, told to its group."""
    wave = Wave.objects.select_related("need__organization", "need__author", "need__contact__user").get(pk=wave_id)
    if wave.need.state not in ACTIVE_STATES:
        return "need_moved_on"
    asked = list(wave.pairings.select_related("organization", "referred_by__organization").order_by("-score", "pk"))
    if not asked or all(pairing.state != PairingState.PROPOSED for pairing in asked):
        return "wave_moved_on"
    contact = contact_of(wave.need, now)
    return [
        Mailing(
            event=f"wave:{wave.pk}",
            readers=readers.of_group(wave.need),
            write=partial(_letter, wave, asked, contact, now),
            context={**ids_of(wave.need), "wave_id": wave.pk},
            useless_after=wave.ends_at if wave.ends_at > now else None,
        )
    ]


def _letter(wave: Wave, asked: list[Pairing], contact: RegionalContact, now: datetime, reader: Reader) -> Letter:
    need, count = wave.need, len(asked)
    said = ngettext("%(count)s organisme consulté", "%(count)s organismes consultés", count) % {"count": count}
    values = {"asked": said, "title": first_words(need.title)}
    return letter_to_group(
        need,
        reader,
        contact=contact,
        subject=_("%(asked)s : %(title)s") % values,
        preview=_opening(wave, asked),
        parts=[
            Say(_opening(wave, asked)),
            Heading(_("Qui, et pourquoi")),
            Points([_asked(*pair) for pair in zip(asked, why_each(asked), strict=True)]),
            Heading(_("Et maintenant?")),
            Points(_next_steps(wave, now)),
            Action(_("Suivre ma demande"), need_url(need, reader)),
        ],
    )


def _opening(wave: Wave, asked: list[Pairing]) -> str:
    count = len(asked)
    values = {"count": count, "name": asked[0].organization.shown_name}
    if wave.origin == Origin.BY_NAME:
        return _("Votre demande vient d’être transmise à %(name)s, comme vous l’avez souhaité.") % values
    if wave.origin == Origin.REFERRED:
        return _("On vous recommande %(name)s : nous venons de lui transmettre votre demande.") % values
    if wave.origin == Origin.BY_HAND:
        return _("Une personne du réseau a pensé à %(name)s et vient de lui transmettre votre demande.") % values
    if _is_first(wave):
        return (
            ngettext(
                "Votre demande vient d’être transmise à un organisme qui peut vous aider.",
                "Votre demande vient d’être transmise à %(count)s organismes qui peuvent vous aider.",
                count,
            )
            % values
        )
    return _widened(wave, values)


def _is_first(wave: Wave) -> bool:
    """Of its round: a need that is asked again begins anew for its group."""
    earlier = wave.need.waves.filter(number__lt=wave.number, origin=Origin.MATCHED)
    return not earlier.filter(proposed_at__gte=rounds.began_at(wave.need)).exists()


def _widened(wave: Wave, values: dict[str, object]) -> str:
    count = int(str(values["count"]))
    if wave.reach == Reach.NEIGHBOURS:
        return (
            ngettext(
                "Nous élargissons : un autre organisme est consulté, dans les régions voisines et à distance.",
                "Nous élargissons : %(count)s autres organismes sont consultés, dans les régions voisines et à "
                "distance.",
                count,
            )
            % values
        )
    if wave.reach == Reach.BROADER:
        return (
            ngettext(
                "Nous élargissons encore : un autre organisme est consulté, aux compétences plus larges.",
                "Nous élargissons encore : %(count)s autres organismes sont consultés, aux compétences plus larges.",
                count,
            )
            % values
        )
    return ngettext("Un autre organisme est consulté.", "%(count)s autres organismes sont consultés.", count) % values


def _asked(pairing: Pairing, reasons: str) -> Fact:
    if pairing.referred_by is not None:
        reasons = _("sur la recommandation de %(by)s") % {"by": pairing.referred_by.organization.shown_name}
    return Fact(pairing.organization.shown_name, reasons)


def _next_steps(wave: Wave, now: datetime) -> list[str]:
    need = wave.need
    if need.is_first_answer:
        steps = [
            _("Le premier organisme qui dit oui est mis en contact avec vous aussitôt, comme vous l’avez demandé.")
        ]
    else:
        steps = [
            _("Dès qu’un organisme vous fait une offre, vous recevez un courriel."),
            _(
                "Vous choisissez une offre, plusieurs ou aucune. Vos coordonnées ne sont transmises qu’à ceux que "
                "vous choisissez."
            ),
        ]
    values = {"by": by_day(wave.ends_at, now)}
    if rounds.pace(need).is_urgent:
        steps.append(
            _("Sans offre %(by)s, nous en consultons d’autres. Votre personne-ressource est déjà prévenue.") % values
        )
    else:
        steps.append(_("Sans offre %(by)s, ou dès que tous ont dit non, nous en consultons d’autres.") % values)
    return steps
