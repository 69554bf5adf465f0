"""What tests of mails share: a world in each language, templates that show what they miss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.template import engines

from tests.tasks.mails.world import make_world

if TYPE_CHECKING:
    from tests.tasks.mails.world import World

UNDEFINED = "UNDEFINED"


@pytest.fixture(autouse=True)
def _visible_gaps(monkeypatch: pytest.MonkeyPatch) -> None:
    """An undefined variable leaves a mark in the mail."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", f"{UNDEFINED}:%s")


@pytest.fixture(params=["fr", "en"])
def world(request: pytest.FixtureRequest, db: None) -> World:
    """The same network in each language."""
    return make_world(request.param)
