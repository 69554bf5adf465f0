"""What allauth, which serves people with rights, does our way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from maillage.core.limits import client_address
from maillage.core.models import Network
from members.mails import KIND_HEADER, LANGUAGE_HEADER
from members.sessions import open_session, safe_path

if TYPE_CHECKING:
    from django.core.mail import EmailMessage
    from django.http import HttpRequest

    from members.models import User

REAUTHENTICATION_S = 600


class AccountAdapter(DefaultAccountAdapter):
    """Sessions are opened, addresses counted and mails written as everywhere else in the house."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("Ce courriel et ce mot de passe ne vont pas ensemble."),
        "account_inactive": _("Ce compte est fermé."),
        "incorrect_code": _("Ce n’est pas le bon code."),
        "incorrect_password": _("Ce n’est pas le bon mot de passe."),
        "enter_current_password": _("Écrivez votre mot de passe actuel."),
        "too_many_login_attempts": _("Trop d’essais. Réessayez dans quelques minutes."),
        "rate_limited": _("Trop de demandes. Réessayez dans quelques minutes."),
    }

    def login(self, request: HttpRequest, user: User) -> None:
        """Open the session, until the browser closes."""
        open_session(request, user, is_own_device=False, method="password", now=timezone.now())

    def is_safe_url(self, url: str | None) -> bool:
        """Paths of this site only."""
        return bool(url and safe_path(url))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never here: an account is made when its first code is proved."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The browser's address, as our own limits know it."""
        return client_address(request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:  # noqa: ANN401  allauth's signature
        """Not in the minutes after signing in, whichever way: the first set-up asks for the password once."""
        records = get_authentication_records(self.request, self.request.user)
        return not records or timezone.now().timestamp() - records[-1]["at"] > REAUTHENTICATION_S

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the person's language, with the network's name; security mail is necessary mail."""
        user = context.get("user")
        lang = user.lang if user is not None else translation.get_language()
        with translation.override(lang):
            super().send_mail(template_prefix, email, {**context, "network": Network.objects.current(), "lang": lang})

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Say to the mail backend what kind of mail this is."""
        kind = template_prefix.rsplit("/", 1)[-1]
        ours = {KIND_HEADER: f"security_{kind}", LANGUAGE_HEADER: str(context["lang"])}
        return super().render_mail(template_prefix, email, context, {**(headers or {}), **ours})


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor, in our words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("Ce n’est pas le bon code. L’heure de votre téléphone est-elle juste?"),
        "cannot_delete_authenticator": _("Votre compte a des droits : sa double vérification ne se retire pas."),
        "cannot_generate_recovery_codes": _("Installez d’abord une application de codes."),
    }

    def get_totp_issuer(self) -> str:
        """What the application on the telephone shows."""
        return Network.objects.current().name
