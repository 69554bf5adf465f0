"""How needs, offers and dates are said in mails, in the active language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from expertise.needs.enums import Mode, When
from expertise.organizations.enums import HelpKind
from expertise.pairings.enums import AmountUnit
from maillage.core.enums import Language
from maillage.core.formats import day_text, is_french, local_date, moment_text, money_text
from tasks.mails.parts import Fact

if TYPE_CHECKING:
    from datetime import date, datetime

    from expertise.needs.models import Need
    from expertise.pairings.models import Pairing


def capitalised(words: str) -> str:
    """With a capital first letter, the rest as it is."""
    return words[:1].upper() + words[1:]


def by_day(moment: date, now: datetime) -> str:
    """« d’ici le mardi 1er décembre », « d’ici aujourd’hui, 14 h 30 »: a deadline, to the hour on the same day."""
    today = local_date(now)
    if local_date(moment) == today and moment != today:
        return _("d’ici aujourd’hui, %(time)s") % {"time": moment_text(moment, today=today).rsplit(", ", 1)[-1]}
    return _("d’ici le %(day)s") % {"day": day_text(moment, today=today)}


def wanted_when(need: Need, now: datetime) -> str:
    """When help is needed."""
    if need.needed_on is not None:
        return by_day(need.needed_on, now)
    return str(When(need.when).label)


def place(need: Need) -> str:
    """« Rouyn-Noranda, Abitibi-Témiscamingue »."""
    region = need.region_object
    return ", ".join(part for part in (need.municipality, region.name if region else "") if part)


def need_facts(need: Need, now: datetime) -> list[Fact]:
    """What an organization must know of a need beside its text; never whom to call."""
    return [
        Fact(_("Groupe"), need.organization.name if need.organization is not None else ""),
        Fact(_("Lieu"), place(need)),
        Fact(_("Pour quand"), wanted_when(need, now)),
        Fact(_("Comment"), "" if need.mode == Mode.EITHER else str(Mode(need.mode).label)),
        Fact(_("Genre d’aide"), listed([str(HelpKind(code).label) for code in need.help_kinds])),
        Fact(_("Langue"), _spoken_in(need)),
    ]


def _spoken_in(need: Need) -> str:
    own = {"fr" if is_french() else "en"}
    return (
        ""
        if not need.languages or own & set(need.languages)
        else listed([str(Language(code).label) for code in need.languages])
    )


def terms(offer: Pairing) -> str:
    """« Tarif solidaire, 25 $ l’heure », « Tarif courant, soumission à venir », « Bénévole »."""
    parts = [capitalised(str(HelpKind(offer.help_kind).label))] if offer.help_kind else []
    if offer.amount is not None:
        unit = f" {AmountUnit(offer.amount_unit).label}" if offer.amount_unit else ""
        parts.append(f"{money_text(offer.amount)}{unit}")
    elif offer.is_quote_to_come:
        parts.append(_("soumission à venir"))
    return ", ".join(parts)


def available_from(offer: Pairing, now: datetime) -> str:
    """« dès le jeudi 26 novembre », « tout de suite »."""
    if offer.available_on is None or offer.available_on <= local_date(now):
        return _("tout de suite")
    return _("dès le %(day)s") % {"day": day_text(offer.available_on, today=local_date(now))}


def offer_facts(offer: Pairing, now: datetime) -> list[Fact]:
    """On what terms, from when."""
    return [Fact(_("Conditions"), terms(offer)), Fact(_("Disponible"), available_from(offer, now))]


def why(pairing: Pairing) -> str:
    """« hébergement web, confirmé en août; dans votre région »: the reasons of a proposal, strongest first."""
    from expertise.pairings import reasons

    return "; ".join(reasons.sentences(pairing.reasons))


def listed(words: list[str]) -> str:
    """« a, b et c »."""
    if len(words) < 2:  # noqa: PLR2004  one has no « et »
        return "".join(words)
    return _("%(first)s et %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
