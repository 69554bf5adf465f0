"""What services refuse, each with a stable code; forms and views choose the sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterable


class NeedError(Exception):
    """A write that was refused; nothing was changed."""

    code: ClassVar[str] = "refused"


class WrongStateError(NeedError):
    """The need is not, or no longer, in a state from which this may happen."""

    code = "wrong_state"

    def __init__(self, *, state: str, verb: str) -> None:
        super().__init__(f"{verb} from {state}")
        self.state = state
        self.verb = verb


class IncompleteNeedError(NeedError):
    """A draft lacks what publishing requires; ``fields`` names it."""

    code = "incomplete"

    def __init__(self, fields: Iterable[str]) -> None:
        self.fields = tuple(fields)
        super().__init__(", ".join(self.fields))


class OrganizationCannotAskError(NeedError):
    """The group is suspended, removed, or nobody has claimed it."""

    code = "organization_cannot_ask"


class TooManyOpenNeedsError(NeedError):
    """The group has as many open needs as it may have."""

    code = "too_many_open"

    def __init__(self, limit: int) -> None:
        super().__init__(str(limit))
        self.limit = limit
