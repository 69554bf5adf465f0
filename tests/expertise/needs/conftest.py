"""A started network: no need ends without a named human."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from tests.factories import RegionalContactFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from expertise.organizations.models import RegionalContact


@pytest.fixture(autouse=True)
def contact(db: None) -> RegionalContact:
    """The network's own contact."""
    made: RegionalContact = RegionalContactFactory(user__name="Dominique Lafleur")
    return made


@pytest.fixture(autouse=True)
def _french() -> Iterator[None]:
    """A page read in English leaves its language behind in this thread."""
    with translation.override("fr"):
        yield
