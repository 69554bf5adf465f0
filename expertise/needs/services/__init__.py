"""Writes of help requests. Every one of them is a function of this package's modules."""

from expertise.needs.services.errors import (
    IncompleteNeedError,
    NeedError,
    OrganizationCannotAskError,
    TooManyOpenNeedsError,
    WrongStateError,
)
from expertise.needs.services.publishing import publish_need, release_need, release_needs_of, reopen_need
from expertise.needs.services.transitions import (
    find_elsewhere,
    mark_answered,
    mark_closed_unknown,
    mark_fulfilled,
    mark_open,
    mark_unanswered,
    mark_under_way,
    name_contact_of,
    withdraw_need,
)

__all__ = [
    "IncompleteNeedError",
    "NeedError",
    "OrganizationCannotAskError",
    "TooManyOpenNeedsError",
    "WrongStateError",
    "find_elsewhere",
    "mark_answered",
    "mark_closed_unknown",
    "mark_fulfilled",
    "mark_open",
    "mark_unanswered",
    "mark_under_way",
    "name_contact_of",
    "publish_need",
    "release_need",
    "release_needs_of",
    "reopen_need",
    "withdraw_need",
]
