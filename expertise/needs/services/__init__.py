"""Writes of help requests. Every one of them is a function of this package's modules."""

from expertise.needs.services.choices import set_exclusions, set_need_skills
from expertise.needs.services.drafts import (
    DraftFacts,
    GroupFacts,
    complete_draft,
    discard_draft,
    forget_old_drafts,
    save_draft,
)
from expertise.needs.services.errors import (
    IncompleteNeedError,
    NeedError,
    OrganizationCannotAskError,
    TooManyOpenNeedsError,
    WrongStateError,
)
from expertise.needs.services.publishing import (
    publish_imported,
    publish_need,
    release_need,
    release_needs_of,
    reopen_need,
)
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
    "DraftFacts",
    "GroupFacts",
    "IncompleteNeedError",
    "NeedError",
    "OrganizationCannotAskError",
    "TooManyOpenNeedsError",
    "WrongStateError",
    "complete_draft",
    "discard_draft",
    "find_elsewhere",
    "forget_old_drafts",
    "mark_answered",
    "mark_closed_unknown",
    "mark_fulfilled",
    "mark_open",
    "mark_unanswered",
    "mark_under_way",
    "name_contact_of",
    "publish_imported",
    "publish_need",
    "release_need",
    "release_needs_of",
    "reopen_need",
    "save_draft",
    "set_exclusions",
    "set_need_skills",
    "withdraw_need",
]
