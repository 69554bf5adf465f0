"""How needs, offers and dates are said in mails, in the active language."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from expertise.needs.enums import Part
from expertise.needs.facts import facts_of
from expertise.organizations.enums import HelpKind
from expertise.pairings.enums import AmountUnit
from maillage.core.formats import clock_text, day_text, local_date, money_text
from tasks.mails.parts import Fact

if TYPE_CHECKING:
    from datetime import date

    from expertise.needs.models import Need
    from expertise.organizations.models import Organization
    from expertise.pairings.models import Pairing


def capitalised(words: str) -> str:
    """With a capital first letter, the rest as it is."""
    return words[:1].upper() + words[1:]


def by_day(moment: date, now: datetime) -> str:
    """« d’ici le mardi 1er décembre », « d’ici aujourd’hui, 14 h 30 »: a deadline, to the hour on the same day."""
    today = local_date(now)
    if isinstance(moment, datetime) and local_date(moment) == today:
        return _("d’ici aujourd’hui, %(time)s") % {"time": clock_text(moment)}
    return _("d’ici le %(day)s") % {"day": day_text(moment, today=today)}


def name_of(organization: Organization | None) -> str:
    """As people write it; imported ones may be in capitals."""
    return "" if organization is None else organization.shown_name


def place(need: Need) -> str:
    """« Rouyn-Noranda, Abitibi-Témiscamingue »."""
    region = need.region_object
    return ", ".join(part for part in (need.municipality, region.name if region else "") if part)


def need_facts(need: Need) -> list[Fact]:
    """What an organization is shown of a need beside its text: the same as on its page, never whom to call."""
    return [Fact(what, value) for what, value in facts_of(need, Part.ASKED)]


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
