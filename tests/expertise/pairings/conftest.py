"""What tests of pairings share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from tests.factories import RegionalContactFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from expertise.organizations.models import RegionalContact


@pytest.fixture
def network_contact(db: None) -> RegionalContact:
    """The network's own contact: without one, no need may be left to anyone."""
    return RegionalContactFactory()


@pytest.fixture(autouse=True)
def _fresh_index() -> None:
    """No ranking reads what another test's database held."""
    from expertise.pairings.known import forget_index
    from expertise.skills.selectors import forget_vocabulary

    forget_index()
    forget_vocabulary()


@pytest.fixture(autouse=True)
def _french() -> Iterator[None]:
    """Whatever language an earlier request was read in."""
    with translation.override("fr"):
        yield
