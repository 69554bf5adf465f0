"""How offers are said, on pages and in mails, in the active language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from expertise.organizations.enums import HelpKind
from expertise.pairings.enums import AmountUnit
from maillage.core.formats import clock_text, day_text, local_date, money_text

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.pairings.models import Pairing


def terms(offer: Pairing) -> str:
    """« Tarif solidaire, 25 $ l’heure », « Tarif courant, soumission à venir », « Bénévole »."""
    label = str(HelpKind(offer.help_kind).label) if offer.help_kind else ""
    parts = [label[:1].upper() + label[1:]] if label else []
    if offer.amount is not None:
        unit = f" {AmountUnit(offer.amount_unit).label}" if offer.amount_unit else ""
        parts.append(f"{money_text(offer.amount)}{unit}")
    elif offer.is_quote_to_come:
        parts.append(_("soumission à venir"))
    return ", ".join(parts)


def available_from(offer: Pairing, now: datetime) -> str:
    """« dès le jeudi 26 novembre », « tout de suite »."""
    if offer.available_on is None or offer.available_on <= local_date(now):
        return _("tout de suite")
    return _("dès le %(day)s") % {"day": day_text(offer.available_on, today=local_date(now))}


def earlier_answer(pairing: Pairing, now: datetime) -> str:
    """« Une personne de votre équipe a répondu oui mardi à 14 h 10 »: the name only when its owner allowed it."""
    if pairing.answered_at is None:
        return ""
    facts = {
        "who": pairing.answered_name if pairing.is_answerer_shown and pairing.answered_name else "",
        "day": day_text(pairing.answered_at, today=local_date(now)),
        "time": clock_text(pairing.answered_at),
    }
    said_yes = bool(pairing.help_kind)
    if facts["who"]:
        text = _("%(who)s a répondu oui le %(day)s à %(time)s.") if said_yes else _("%(who)s a répondu non le %(day)s à %(time)s.")
    elif said_yes:
        text = _("Une personne de votre équipe a répondu oui le %(day)s à %(time)s.")
    else:
        text = _("Une personne de votre équipe a répondu non le %(day)s à %(time)s.")
    return text % facts
