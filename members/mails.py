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
from django.utils.translation import gettext as _

from maillage.core.models import Network
from members import codes

if TYPE_CHECKING:
    from collections.abc import Mapping

# Read and removed by EMAIL_BACKEND: what kind of mail this is (sign-in mails go first) and its language.
KIND_HEADER = "X-Maillage-Kind"
LANGUAGE_HEADER = "X-Maillage-Language"


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
