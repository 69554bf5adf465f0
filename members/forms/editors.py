"""Forms of people with rights: allauth’s own, in our words."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from django.utils.translation import gettext_lazy as _

from members.forms.sign_in import address_field
from members.models import User


class PasswordForm(LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  allauth's own arguments
        super().__init__(*args, **kwargs)
        self.fields["login"] = address_field()
        self.fields["password"].label = _("Mot de passe")
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].error_messages["required"] = _("Écrivez votre mot de passe.")


class ForgottenPasswordForm(ResetPasswordForm):
    """Whose password is to be chosen again. Only accounts with rights have one; the page answers alike for all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  allauth's own arguments
        super().__init__(*args, **kwargs)
        self.fields["email"] = address_field()

    def clean_email(self) -> str:
        """Find the account, without telling whether there is one."""
        email = str(self.cleaned_data["email"]).lower()
        self.users = list(User.objects.with_rights().filter(email=email, is_active=True))
        return email
