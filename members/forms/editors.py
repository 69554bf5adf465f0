"""Forms of people with rights: allauth’s own, in our words and with our fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from django.utils.translation import gettext_lazy as _

from members.forms.sign_in import address_field
from members.models import User

if TYPE_CHECKING:
    from django import forms
    from django.utils.functional import _StrPromise

CODE_INPUT = {"autocomplete": "one-time-code", "inputmode": "numeric", "autocapitalize": "none", "spellcheck": "false"}


def say(
    field: forms.Field, label: str | _StrPromise, *, help_text: str | _StrPromise = "", required: str | _StrPromise
) -> None:
    """Give a field of allauth our label, hint and error; a placeholder is no label and goes."""
    field.label, field.help_text = label, help_text
    field.error_messages["required"] = required
    field.widget.attrs.pop("placeholder", None)


class PasswordForm(account.LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  allauth's own arguments
        super().__init__(*args, **kwargs)
        self.fields["login"] = address_field()
        say(self.fields["password"], _("Mot de passe"), required=_("Écrivez votre mot de passe."))
        self.order_fields(["login", "password"])


class ForgottenPasswordForm(account.ResetPasswordForm):
    """Whose password is to be chosen again. Only accounts with rights have one; the page answers alike for all."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  allauth's own arguments
        super().__init__(*args, **kwargs)
        self.fields["email"] = address_field()

    def clean_email(self) -> str:
        """Find the account, without telling whether there is one."""
        email = str(self.cleaned_data["email"]).lower()
        self.users = list(User.objects.with_rights().filter(email=email, is_active=True))
        return email


class NewPasswordForm(account.ResetPasswordKeyForm):
    """The password chosen by a mailed link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  allauth's own arguments
        super().__init__(*args, **kwargs)
        _say_new_password(self)


class ChangePasswordForm(account.ChangePasswordForm):
    """The present password, and the next one twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  allauth's own arguments
        super().__init__(*args, **kwargs)
        required = _("Écrivez votre mot de passe actuel.")
        say(self.fields["oldpassword"], _("Mot de passe actuel"), required=required)
        _say_new_password(self)


class ConfirmPasswordForm(account.ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  allauth's own arguments
        super().__init__(*args, **kwargs)
        say(self.fields["password"], _("Mot de passe"), required=_("Écrivez votre mot de passe."))


class SecondFactorForm(mfa.AuthenticateForm):
    """A code of the application, or one of the printed ones."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  allauth's own arguments
        super().__init__(*args, **kwargs)
        _say_code(self, _("Celui que montre votre application, ou un de vos codes de secours imprimés."))


class ConfirmSecondFactorForm(mfa.ReauthenticateForm):
    """The same, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  allauth's own arguments
        super().__init__(*args, **kwargs)
        _say_code(self, _("Celui que montre votre application, ou un de vos codes de secours imprimés."))


class InstallApplicationForm(ActivateTOTPForm):
    """The first code of a new application: it proves that the two agree."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  allauth's own arguments
        super().__init__(*args, **kwargs)
        _say_code(self, _("Six chiffres, montrés par l’application; ils changent toutes les 30 secondes."))

    def clean_code(self) -> str:
        """Spaces are how applications show codes, not part of them."""
        self.cleaned_data["code"] = "".join(self.cleaned_data["code"].split())
        return str(super().clean_code())


def _say_new_password(form: forms.Form) -> None:
    first, again = form.fields["password1"], form.fields["password2"]
    hint = _("Douze caractères ou plus. Une suite de quatre ou cinq mots fait un bon mot de passe.")
    say(first, _("Nouveau mot de passe"), help_text=hint, required=_("Écrivez le nouveau mot de passe."))
    say(again, _("Le même, une deuxième fois"), required=_("Écrivez le nouveau mot de passe une deuxième fois."))


def _say_code(form: forms.Form, hint: str | _StrPromise) -> None:
    say(form.fields["code"], _("Code"), help_text=hint, required=_("Écrivez le code."))
    form.fields["code"].widget.attrs.update(CODE_INPUT)
