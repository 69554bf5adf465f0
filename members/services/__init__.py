"""What may be done to people: one module for each subject, all of it importable from here."""

from members.allowances import forget_past_limits
from members.services.consents import give_consent, withdraw_consent
from members.services.editing import plan_week
from members.services.leaving import RightsHeldError, SomethingToSettleError, erase_person, export_person
from members.services.people import end_other_sessions, find_or_create_user, update_person
from members.services.preferences import restore_kind, set_preference, stop_kind
from members.services.sign_in import (
    AccountClosedError,
    CodeRefusedError,
    PasswordRequiredError,
    SignInError,
    forget_old_codes,
    prove_code,
    request_code,
)

__all__ = [
    "AccountClosedError",
    "CodeRefusedError",
    "PasswordRequiredError",
    "RightsHeldError",
    "SignInError",
    "SomethingToSettleError",
    "end_other_sessions",
    "erase_person",
    "export_person",
    "find_or_create_user",
    "forget_old_codes",
    "forget_past_limits",
    "give_consent",
    "plan_week",
    "prove_code",
    "request_code",
    "restore_kind",
    "set_preference",
    "stop_kind",
    "update_person",
    "withdraw_consent",
]
