"""What tests of organizations share."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from expertise.organizations import signals

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = {value: name for name, value in vars(signals).items() if isinstance(value, signals.Signal)}


@pytest.fixture
def heard() -> Iterator[Counter[str]]:
    """How often each signal of the room was sent."""
    counts: Counter[str] = Counter()
    receivers = []
    for signal, name in NAMES.items():

        def count(name: str = name, **_: object) -> None:
            counts[name] += 1

        signal.connect(count, weak=False)
        receivers.append((signal, count))
    yield counts
    for signal, count in receivers:
        signal.disconnect(count)
