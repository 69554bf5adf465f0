"""How dates, times, numbers, money and telephone numbers are written in Québec, in French and in English.

Follows the Office québécois de la langue française: « 14 h 30 », « 1 234,50 $ », « 819 555-0142 », « 1er décembre ».
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import get_language

if TYPE_CHECKING:
    from collections.abc import Sequence

NO_BREAK_SPACE = "\u00a0"
NORTH_AMERICAN_DIGITS = 10
NOON = 12
_EXTENSION = re.compile(r"\s*(?:,\s*)?(?:postes?|ext\.?|extension|x|#)\s*(?=\d+\s*$)", re.IGNORECASE)


def is_french() -> bool:
    """Whether the reader's language is French, which it is unless they chose another."""
    return not (get_language() or "fr").startswith("en")


def day_text(day: date, *, today: date | None = None, with_weekday: bool = True) -> str:
    """« mardi 24 novembre » or "Tuesday, November 24"; the year is added when it is not that of ``today``.

    Args:
        day: a date, or an aware datetime, which is read in local time.
        today: the reader's date; None: the year is always left out.
        with_weekday: False leaves the weekday out.
    """
    day = local_date(day)
    weekday, month = str(WEEKDAYS[day.weekday()]), str(MONTHS[day.month])
    has_year = today is not None and day.year != today.year
    if is_french():
        number = "1er" if day.day == 1 else str(day.day)
        parts = [weekday.lower()] if with_weekday else []
        parts.append(f"{number}{NO_BREAK_SPACE}{month.lower()}")
        return " ".join([*parts, str(day.year)] if has_year else parts)
    english = [weekday] if with_weekday else []
    english.append(f"{month}{NO_BREAK_SPACE}{day.day}")
    return ", ".join([*english, str(day.year)] if has_year else english)


def month_text(day: date) -> str:
    """« novembre 2026 » or "November 2026"."""
    day = local_date(day)
    month = str(MONTHS[day.month])
    return f"{month.lower() if is_french() else month} {day.year}"


def clock_text(moment: datetime) -> str:
    """« 14 h 30 », « 14 h » or "2:30 p.m.", in local time."""
    local = timezone.localtime(moment)
    if is_french():
        hour = f"{local.hour}{NO_BREAK_SPACE}h"
        return f"{hour}{NO_BREAK_SPACE}{local.minute:02d}" if local.minute else hour
    half = "p.m." if local.hour >= NOON else "a.m."
    minutes = f":{local.minute:02d}" if local.minute else ""
    return f"{(local.hour - 1) % NOON + 1}{minutes}{NO_BREAK_SPACE}{half}"


def moment_text(moment: datetime, *, today: date | None = None) -> str:
    """« mardi 24 novembre, 14 h 30 » or "Tuesday, November 24, 2:30 p.m."."""
    return f"{day_text(moment, today=today)}, {clock_text(moment)}"


def number_text(value: int) -> str:
    """« 1 234 » or "1,234"."""
    return f"{value:,}".replace(",", NO_BREAK_SPACE if is_french() else ",")


def listed_text(names: Sequence[str]) -> str:
    """« Luce, Alex et Ève » or "Luce, Alex and Ève"."""
    if len(names) <= 1:
        return "".join(names)
    word = "et" if is_french() else "and"
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


def money_text(amount: Decimal | int) -> str:
    """« 1 234,50 $ » or "$1,234.50"; cents are left out when there are none."""
    cents = Decimal(amount).quantize(Decimal("0.01"))
    text = f"{cents:,.2f}".removesuffix(".00")
    if not is_french():
        return f"-${text[1:]}" if text.startswith("-") else f"${text}"
    return text.replace(",", NO_BREAK_SPACE).replace(".", ",") + f"{NO_BREAK_SPACE}$"


def telephone_parts(number: str) -> tuple[str, str]:
    """What to show and what to dial: ``("819 555-0142, poste 3", "+1-819-555-0142;ext=3")``.

    A number that is not North American is shown as written; what is dialled is then its digits.
    """
    main, _, extension = re.sub(
        r"(?i)\s*(?:,\s*)?(?:postes?|ext\.?|extension|x|#)\s*(?=\d+\s*$)", "\x00", number
    ).partition("\x00")
    digits = re.sub(r"\D", "", main)
    if len(digits) == NORTH_AMERICAN_DIGITS + 1 and digits.startswith("1"):
        digits = digits[1:]
    if len(digits) != NORTH_AMERICAN_DIGITS or (main.lstrip().startswith("+") and not main.lstrip().startswith("+1")):
        return number.strip(), ("+" if main.lstrip().startswith("+") else "") + digits
    shown = f"{digits[:3]}{NO_BREAK_SPACE}{digits[3:6]}-{digits[6:]}"
    dialled = f"+1-{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    extension = extension.strip()
    if not extension:
        return shown, dialled
    word = f", poste{NO_BREAK_SPACE}" if is_french() else f", ext.{NO_BREAK_SPACE}"
    return f"{shown}{word}{extension}", f"{dialled};ext={extension}"


def local_date(day: date) -> date:
    """The local date of an aware datetime; a date is its own."""
    return timezone.localtime(day).date() if isinstance(day, datetime) else day
