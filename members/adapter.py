"""What allauth, which serves people with rights, does our way."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from maillage.core.limits import client_address
from maillage.core.models import Network
from members import mails
from members.gate import UNSET, has_second_factor
from members.models import User
from members.sessions import open_session, safe_path

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator
    from django.http import HttpRequest

REAUTHENTICATION_S = 600
# What allauth announces, in our words; what is not here goes without saying.
ANNOUNCEMENTS = {
    "account/messages/password_changed.txt": _("Votre mot de passe est changé."),
    "mfa/messages/totp_deactivated.txt": _("L’application est retirée."),
    "mfa/messages/recovery_codes_generated.txt": _(
        "Voici vos codes de secours. S’il y en avait d’autres, ils ne valent plus."
    ),
}


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
        "invalid_password_reset": _("Ce lien n’est plus valable. Demandez-en un autre."),
    }

    def login(self, request: HttpRequest, user: User) -> None:
        """Open the session, until the browser closes; without second factor, it opens only the way to one."""
        open_session(request, user, is_own_device=False, method="password", now=timezone.now())
        if User.objects.with_rights().filter(pk=user.pk).exists() and not has_second_factor(user):
            request.session[UNSET] = True

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
        """Not in the minutes after signing in: who just gave a password is not asked again."""
        records = get_authentication_records(self.request, self.request.user)
        return not records or time.time() - records[-1]["at"] > REAUTHENTICATION_S

    def add_message(  # noqa: PLR0917  allauth's signature
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what matters, in our words."""
        text = message or ANNOUNCEMENTS.get(message_template or "")
        if text:
            messages.add_message(request, level, str(text), extra_tags=extra_tags)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The mailed link, under the site's own name whatever host was asked."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_URL + path.replace("UID-KEY", quote(key))

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """The link that lets a person with rights choose a password."""
        mails.new_password_mail(user=user, url=context["password_reset_url"]).send()

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell a person that their password or second factor changed."""
        mails.security_mail(user=user, event=template_prefix.rsplit("/", 1)[-1]).send()


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

    def build_totp_svg(self, url: str) -> str:
        """The code to scan, drawn inline (no data: image passes our policy), dark on white in both schemes."""
        svg = super().build_totp_svg(url).partition("?>")[2].strip()
        head, _, body = svg.partition(">")
        return f'{head} role="img" aria-labelledby="totp-hint"><rect width="100%" height="100%" fill="#fff"/>{body}'

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Only of an account that lost its rights: with rights, one changes telephones by the printed codes."""
        return not User.objects.with_rights().filter(pk=authenticator.user_id).exists()
