"""What an answer says, as services take it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """« Je peux aider »: a word, on what terms, from when.

    Attributes:
        word: as written, shown to the group.
        help_kind: a ``HelpKind`` code.
        amount: dollars per ``amount_unit``; None when free or to come.
        amount_unit: an ``AmountUnit`` code, "" without amount.
        is_quote_to_come: « soumission à venir ».
        available_on: first day; None: at once.
    """

    word: str
    help_kind: str
    amount: Decimal | None = None
    amount_unit: str = ""
    is_quote_to_come: bool = False
    available_on: date | None = None


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """Who answers: name and telephone as typed, the address the link went to, whether colleagues may read the name."""

    name: str
    telephone: str = ""
    address: str = ""
    is_shown: bool = False
