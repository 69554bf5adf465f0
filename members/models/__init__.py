"""People, what they agreed to, and how they want to be written to."""

from members.models.allowance import Allowance
from members.models.consent import Consent
from members.models.preferences import Preference
from members.models.sign_in import SignInCode
from members.models.user import User

__all__ = ["Allowance", "Consent", "Preference", "SignInCode", "User"]
