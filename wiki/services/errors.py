"""What services of guides refuse."""

from __future__ import annotations


class GuideStateError(Exception):
    """The guide is not in a state from which this can be done; ``code`` is that state."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class StaleRevisionError(Exception):
    """Somebody saved in between; ``latest_id`` is the revision that stands now."""

    def __init__(self, latest_id: int | None) -> None:
        super().__init__(str(latest_id))
        self.latest_id = latest_id
