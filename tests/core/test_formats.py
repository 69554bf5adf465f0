"""Dates, times, money and telephone numbers as they are written in Québec."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from maillage.core import formats

AFTERNOON = datetime(2026, 11, 24, 19, 30, tzinfo=UTC)
N = "\u00a0"


@pytest.mark.parametrize(
    ("language", "shown"),
    [("fr", f"mardi 24{N}novembre, 14{N}h{N}30"), ("en", f"Tuesday, November{N}24, 2:30{N}p.m.")],
)
def test_moment_is_local_and_in_the_readers_language(language: str, shown: str) -> None:
    with translation.override(language):
        assert formats.moment_text(AFTERNOON) == shown


def test_first_of_the_month_is_an_ordinal_in_french() -> None:
    with translation.override("fr"):
        assert formats.day_text(date(2026, 12, 1)) == f"mardi 1er{N}décembre"


@pytest.mark.parametrize(
    ("language", "shown"), [("fr", f"lundi 24{N}novembre 2025"), ("en", f"Monday, November{N}24, 2025")]
)
def test_another_year_is_said(language: str, shown: str) -> None:
    with translation.override(language):
        assert formats.day_text(date(2025, 11, 24), today=date(2026, 11, 24)) == shown


def test_evening_belongs_to_the_local_day() -> None:
    with translation.override("fr"):
        assert formats.day_text(datetime(2026, 11, 25, 3, 0, tzinfo=UTC)) == f"mardi 24{N}novembre"


@pytest.mark.parametrize(
    ("hour", "minute", "french", "english"),
    [
        (5, 0, f"0{N}h", f"12{N}a.m."),
        (17, 0, f"12{N}h", f"12{N}p.m."),
        (14, 5, f"9{N}h{N}05", f"9:05{N}a.m."),
    ],
)
def test_clock(hour: int, minute: int, french: str, english: str) -> None:
    moment = datetime(2026, 11, 24, hour, minute, tzinfo=UTC)
    with translation.override("fr"):
        assert formats.clock_text(moment) == french
    with translation.override("en"):
        assert formats.clock_text(moment) == english


@pytest.mark.parametrize(
    ("amount", "french", "english"),
    [
        ("1234.5", f"1{N}234,50{N}$", "$1,234.50"),
        ("45", f"45{N}$", "$45"),
        ("0", f"0{N}$", "$0"),
        ("-3", f"-3{N}$", "-$3"),
        ("1234567.00", f"1{N}234{N}567{N}$", "$1,234,567"),
    ],
)
def test_money(amount: str, french: str, english: str) -> None:
    with translation.override("fr"):
        assert formats.money_text(Decimal(amount)) == french
    with translation.override("en"):
        assert formats.money_text(Decimal(amount)) == english


@pytest.mark.parametrize(
    ("typed", "shown", "dialled"),
    [
        ("819 555-0142", f"819{N}555-0142", "+1-819-555-0142"),
        ("(819) 555.0142", f"819{N}555-0142", "+1-819-555-0142"),
        ("+1 819-555-0142 poste 23", f"819{N}555-0142, poste{N}23", "+1-819-555-0142;ext=23"),
        ("8195550142 ext. 3", f"819{N}555-0142, poste{N}3", "+1-819-555-0142;ext=3"),
        ("+33 1 23 45 67 89", "+33 1 23 45 67 89", "+33123456789"),
        ("au bureau", "au bureau", ""),
    ],
)
def test_telephone(typed: str, shown: str, dialled: str) -> None:
    with translation.override("fr"):
        assert formats.telephone_parts(typed) == (shown, dialled)


def test_month_is_as_precise_as_public_pages_get() -> None:
    with translation.override("fr"):
        assert formats.month_text(AFTERNOON) == "novembre 2026"


def test_no_language_is_french() -> None:
    with translation.override(None):
        assert formats.is_french()


@pytest.mark.parametrize(
    ("names", "french", "english"),
    [
        ([], "", ""),
        (["Luce"], "Luce", "Luce"),
        (["Luce", "Ève"], "Luce et Ève", "Luce and Ève"),
        (["Luce", "Alex", "Ève"], "Luce, Alex et Ève", "Luce, Alex and Ève"),
    ],
)
def test_names_are_listed_as_they_are_said(names: list[str], french: str, english: str) -> None:
    assert formats.listed_text(names) == french
    with translation.override("en"):
        assert formats.listed_text(names) == english
