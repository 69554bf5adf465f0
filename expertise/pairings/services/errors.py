"""What services refuse, each with a stable code; forms and views choose the sentence."""

from __future__ import annotations

from typing import ClassVar


class PairingError(Exception):
    """A write that was refused; nothing was changed."""

    code: ClassVar[str] = "refused"


class WrongPairingStateError(PairingError):
    """The pairing is not, or no longer, in a state from which this may happen."""

    code = "wrong_state"

    def __init__(self, *, state: str, verb: str) -> None:
        super().__init__(f"{verb} from {state}")
        self.state = state
        self.verb = verb


class AlreadyAnsweredError(WrongPairingStateError):
    """The organization answered before: the first answer stands."""

    code = "already_answered"


class NeedClosedError(PairingError):
    """The need does not take offers: held, withdrawn, settled or closed."""

    code = "need_closed"


class PlacesTakenError(PairingError):
    """Every place of the need is taken."""

    code = "places_taken"


class OrganizationFullError(PairingError):
    """The organization helps as many groups as it said it could."""

    code = "organization_full"


class NotAskableError(PairingError):
    """This pair is not to be: same group, blocked, unticked, refused for good, suspended."""

    code = "not_askable"


class AlreadyAskedError(NotAskableError):
    """The organization is being asked about this need, has answered, or helps already."""

    code = "already_asked"


class NoContactError(PairingError):
    """The network has no contact at all: ``start_network`` has not run."""

    code = "no_contact"
