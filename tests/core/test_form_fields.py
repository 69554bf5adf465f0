"""Fields that several rooms share."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from maillage.core.forms import MoneyField, TelephoneField


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("45", "45"),
        ("45,5", "45.5"),
        ("1 234,50 $", "1234.50"),
        ("1\u00a0234,50\u00a0$", "1234.50"),
        ("$1,234.50", "1234.50"),
        ("1,234", "1234"),
    ],
)
def test_money_is_read_as_people_write_it(typed: str, amount: str) -> None:
    assert MoneyField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["beaucoup", "-3", "12,345,6,7", "NaN", "1e9999", "99999999999"])
def test_money_refuses_what_is_no_amount(typed: str) -> None:
    with pytest.raises(ValidationError):
        MoneyField().clean(typed)


def test_optional_money_may_be_empty() -> None:
    assert MoneyField(required=False).clean(" ") is None


@pytest.mark.parametrize("typed", ["819 555-0142", "+33 1 23 45 67 89", "819 555-0142 poste 12"])
def test_telephone_is_kept_as_typed(typed: str) -> None:
    assert TelephoneField().clean(typed) == typed


@pytest.mark.parametrize("typed", ["555-0142", "appelez-moi", "1" * 30])
def test_telephone_refuses_what_cannot_be_dialled(typed: str) -> None:
    with pytest.raises(ValidationError, match="indicatif"):
        TelephoneField().clean(typed)
