"""Mails of this room, handed to Django’s mail API: the tasks room turns them into rows.

They are drawn in the frame that all mails share, found by its template's name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _, gettext_lazy

from maillage.core.models import Network
from members import codes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from members.models import User

# Read and removed by EMAIL_BACKEND: what kind of mail this is (sign-in mails go first) and its language.
KIND_HEADER = "X-Maillage-Kind"
LANGUAGE_HEADER = "X-Maillage-Language"

# What allauth tells of; it names them.
EVENTS = {
    "password_changed": gettext_lazy("Votre mot de passe a été changé"),
    "password_reset": gettext_lazy("Votre mot de passe a été changé"),
    "totp_activated": gettext_lazy("La double vérification a été installée"),
    "totp_deactivated": gettext_lazy("La double vérification a été retirée"),
    "recovery_codes_generated": gettext_lazy("Vos codes de secours ont été refaits"),
}


def sign_in_mail(*, address: str, code: str, has_rights: bool, lang: str) -> EmailMultiAlternatives:
    """The mail that answers a request to sign in: a code or, for an account with rights, the way to its password."""
    with translation.override(lang):
        name = Network.objects.current().name
        if has_rights:
            subject = _("Votre compte %(network)s se connecte avec un mot de passe") % {"network": name}
            return _mail("sign_in_password", address, subject, lang, {"url": _url("account_login")})
        shown = codes.shown(code)
        facts = {"url": _url("members:sign_in_code"), "code": shown, "minutes": settings.SIGN_IN_CODE_MINUTES}
        subject = _("%(code)s est votre code %(network)s") % {"code": shown, "network": name}
        return _mail("sign_in_code", address, subject, lang, facts)


def new_password_mail(*, user: User, url: str) -> EmailMultiAlternatives:
    """The link by which a person with rights chooses a password."""
    with translation.override(user.lang):
        subject = _("Choisissez votre mot de passe %(network)s") % {"network": Network.objects.current().name}
        return _mail("new_password", user.email, subject, user.lang, {"url": url})


def security_mail(*, user: User, event: str) -> EmailMultiAlternatives:
    """Something about how a person signs in changed; who did not do it must act at once.

    Args:
        user: whose account.
        event: a key of ``EVENTS``.
    """
    with translation.override(user.lang):
        facts = {"event": EVENTS[event], "url": _url("account_reset_password")}
        return _mail("security", user.email, str(EVENTS[event]), user.lang, facts)


def _url(name: str) -> str:
    return settings.SITE_URL + reverse(name)


def _mail(kind: str, address: str, subject: str, lang: str, facts: Mapping[str, object]) -> EmailMultiAlternatives:
    network = Network.objects.current()
    context = {
        "network": network,
        "recipient_name": "",
        "telephone": network.telephone,
        "footer_reason": "",
        "unsubscribe_url": "",
        "subject": subject,
        "lang": lang,
        **facts,
    }
    mail = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"members/mails/{kind}.txt", context).strip() + "\n",
        to=[address],
        reply_to=[network.email] if network.email else [],
        headers={KIND_HEADER: kind, LANGUAGE_HEADER: lang},
    )
    mail.attach_alternative(render_to_string(f"members/mails/{kind}.html", context), "text/html")
    return mail
