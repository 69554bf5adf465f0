"""What may be done to organizations: one module for each subject, all of it importable from here."""

from expertise.organizations.services.availability import (
    add_closed_period,
    block,
    remove_closed_period,
    set_capacity,
    unblock,
)
from expertise.organizations.services.confirming import ask_confirmation, ask_overdue
from expertise.organizations.services.errors import (
    AlreadySeatedError,
    LastOwnerError,
    NotInvitableError,
    OrganizationError,
    PeriodError,
    SelfBlockError,
    TooManyError,
    UnknownSkillError,
    WrongStateError,
)
from expertise.organizations.services.profiles import (
    confirm_organization,
    create_organization,
    restore_organization,
    suspend_organization,
    update_organization,
    verify_organization,
)
from expertise.organizations.services.seats import (
    accept_invitation,
    accept_seat,
    ask_seat,
    change_seat,
    end_seat,
    invite_seat,
    refuse_seat,
)
from expertise.organizations.services.skills import SkillTerms, set_organization_skills
from expertise.organizations.services.unclaimed import (
    INVITED_AT_ONCE,
    InvitationTally,
    claim_unclaimed,
    invite_unclaimed,
    redirect_unclaimed,
    remove_unclaimed,
    why_not_invited,
)

__all__ = [
    "INVITED_AT_ONCE",
    "AlreadySeatedError",
    "InvitationTally",
    "LastOwnerError",
    "NotInvitableError",
    "OrganizationError",
    "PeriodError",
    "SelfBlockError",
    "SkillTerms",
    "TooManyError",
    "UnknownSkillError",
    "WrongStateError",
    "accept_invitation",
    "accept_seat",
    "add_closed_period",
    "ask_confirmation",
    "ask_overdue",
    "ask_seat",
    "block",
    "change_seat",
    "claim_unclaimed",
    "confirm_organization",
    "create_organization",
    "end_seat",
    "invite_seat",
    "invite_unclaimed",
    "redirect_unclaimed",
    "refuse_seat",
    "remove_closed_period",
    "remove_unclaimed",
    "restore_organization",
    "set_capacity",
    "set_organization_skills",
    "suspend_organization",
    "unblock",
    "update_organization",
    "verify_organization",
    "why_not_invited",
]
