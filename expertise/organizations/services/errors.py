"""Why a change of an organization or a seat is refused."""

from __future__ import annotations


class OrganizationError(Exception):
    """A refused change; ``code`` is stable, its sentence is chosen where it is shown."""

    code = "organization"


class WrongStateError(OrganizationError):
    """The organization or the seat is not in a state that allows this."""

    code = "state"


class LastOwnerError(OrganizationError):
    """The organization would be left without anyone who decides: another owner must be named first."""

    code = "last_owner"


class AlreadySeatedError(OrganizationError):
    """This person already has a place here, or asked for one."""

    code = "already_seated"


class UnknownSkillError(OrganizationError):
    """A skill that this organization may not hold."""

    code = "unknown_skill"


class TooManyError(OrganizationError):
    """More skills or closed periods than anyone can keep up to date."""

    code = "too_many"


class PeriodError(OrganizationError):
    """A closed period that ends before it starts, or is over already."""

    code = "period"


class SelfBlockError(OrganizationError):
    """An organization cannot block itself."""

    code = "self_block"


class NotInvitableError(OrganizationError):
    """No address, no consent, or the one invitation has already left."""

    code = "not_invitable"
