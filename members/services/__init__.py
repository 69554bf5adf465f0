"""What may be done to people: one module for each subject, all of it importable from here."""

from members.services.consents import give_consent, withdraw_consent
from members.services.people import end_other_sessions, find_or_create_user, update_person
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
    "SignInError",
    "end_other_sessions",
    "find_or_create_user",
    "forget_old_codes",
    "give_consent",
    "prove_code",
    "request_code",
    "update_person",
    "withdraw_consent",
]
