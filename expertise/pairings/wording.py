"""How offers, answers and dates are said, in the reader's language: pages and mails use the same words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from expertise.organizations.enums import HelpKind
from expertise.pairings.enums import AmountUnit, PairingState as S
from maillage.core.formats import clock_text, day_text, is_french, local_date, money_text

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.pairings.models import Pairing

A_WEEK = timedelta(days=6)


def terms(offer: Pairing) -> str:
    """« Gratuit », « Tarif solidaire, 45 $ l’heure », « Tarif courant, soumission à venir »; empty without offer."""
    if not offer.help_kind:
        return ""
    kind = HelpKind(offer.help_kind)
    label = {
        HelpKind.VOLUNTEER: _("Gratuit"),
        HelpKind.SOLIDARITY: _("Tarif solidaire"),
        HelpKind.MARKET: _("Tarif courant"),
    }[kind]
    if kind == HelpKind.VOLUNTEER:
        return label
    if offer.is_quote_to_come:
        return _("%(terms)s, soumission à venir") % {"terms": label}
    if offer.amount is None:
        return label
    values = {"terms": label, "amount": money_text(offer.amount)}
    if offer.amount_unit == AmountUnit.HOUR:
        return _("%(terms)s, %(amount)s l’heure") % values
    return _("%(terms)s, %(amount)s en tout") % values


def available_from(offer: Pairing, now: datetime) -> str:
    """« dès maintenant », « à partir du jeudi 26 novembre »."""
    today = local_date(now)
    if offer.available_on is None or offer.available_on <= today:
        return _("dès maintenant")
    return _("à partir du %(day)s") % {"day": day_text(offer.available_on, today=today)}


def earlier_answer(pairing: Pairing, now: datetime, address: str = "") -> str:
    """« Une personne de votre équipe a répondu oui mardi à 14 h 10 »; their name if they allowed it.

    Args:
        pairing: what was answered; an empty sentence when nothing was.
        now: the reader's moment.
        address: the reader's own, who is told « vous » when the answer was theirs.
    """
    if pairing.answered_at is None:
        return ""
    values = {"when": recent_moment(pairing.answered_at, now), "name": pairing.answered_name}
    answer = {S.DECLINED: "no", S.REFERRED: "someone"}.get(S(pairing.state), "yes")
    if address and address.lower() == pairing.answered_address.lower():
        who = "you"
    else:
        who = "named" if pairing.is_answerer_shown and pairing.answered_name else "colleague"
    return _answers()[who, answer] % values


def _answers() -> dict[tuple[str, str], str]:
    return {
        ("you", "yes"): _("Vous avez répondu oui %(when)s."),
        ("you", "no"): _("Vous avez répondu non %(when)s."),
        ("you", "someone"): _("Vous avez recommandé quelqu’un %(when)s."),
        ("named", "yes"): _("%(name)s a répondu oui %(when)s."),
        ("named", "no"): _("%(name)s a répondu non %(when)s."),
        ("named", "someone"): _("%(name)s a recommandé quelqu’un %(when)s."),
        ("colleague", "yes"): _("Une personne de votre équipe a répondu oui %(when)s."),
        ("colleague", "no"): _("Une personne de votre équipe a répondu non %(when)s."),
        ("colleague", "someone"): _("Une personne de votre équipe a recommandé quelqu’un %(when)s."),
    }


def recent_moment(moment: datetime, now: datetime) -> str:
    """« mardi à 14 h 10 » within a week, then « le mardi 24 novembre à 14 h 10 »; today says so."""
    day, today = local_date(moment), local_date(now)
    values = {"time": clock_text(moment), "day": day_text(day, today=today)}
    if day == today:
        return _("aujourd’hui à %(time)s") % values
    if timedelta(0) <= today - day <= A_WEEK:
        weekday = str(WEEKDAYS[timezone.localtime(moment).weekday()])
        return _("%(weekday)s à %(time)s") % {**values, "weekday": weekday.lower() if is_french() else weekday}
    return _("le %(day)s à %(time)s") % values


def by_day(moment: datetime, now: datetime) -> str:
    """« d’ici le jeudi 3 décembre », « aujourd’hui avant 14 h 30 »: a deadline, to the hour on the same day."""
    if local_date(moment) == local_date(now):
        return _("aujourd’hui avant %(time)s") % {"time": clock_text(moment)}
    return _("d’ici le %(day)s") % {"day": day_text(moment, today=local_date(now))}
