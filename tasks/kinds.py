"""Kinds of mail: whether they are necessary, what must still be true when they leave, what follows when they have left.

``tasks/mails/<kind>.py`` registers each one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from members import mail_kinds
from tasks.enums import MessageClass

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.utils.functional import Promise

    from members.enums import ConsentKind
    from tasks.models import Message

USUAL = 5


@dataclass(frozen=True, slots=True)
class MailKind:
    """One kind of mail.

    Attributes:
        code: stored in ``Message.kind``; the name of its template.
        label: what people call it, on their preferences' screen and on the operator's page.
        mail_class: optional mail obeys preferences, caps, digests and holds; necessary mail does not.
        priority: 0 goes before everything else.
        is_secret: its body is emptied as soon as the row ends; its reader asked for it, and waits for it.
        is_gathered: may wait for the weekly digest of who chose one.
        consent: the consent without which it does not leave, once withdrawn.
        obsolete: why it no longer matters (a stable code), or "" while it does; read again just before sending.
        on_handed_over: runs as a job once a server took the mail.
        on_undeliverable: runs as a job once we know that it never will be (bounced, suppressed, dead).
    """

    code: str
    label: str | Promise
    mail_class: MessageClass = MessageClass.NECESSARY
    priority: int = USUAL
    is_secret: bool = False
    is_gathered: bool = True
    consent: ConsentKind | None = None
    obsolete: Callable[[Message, datetime], str] | None = None
    on_handed_over: Callable[[Message, datetime], None] | None = None
    on_undeliverable: Callable[[Message, datetime], None] | None = None

    @property
    def is_optional(self) -> bool:
        """Whether a person may refuse it."""
        return self.mail_class == MessageClass.OPTIONAL


MAIL_KINDS: dict[str, MailKind] = {}


def register(kind: MailKind) -> MailKind:
    """Make a kind known; a code is registered once."""
    if kind.code in MAIL_KINDS:
        raise ValueError(f"Two kinds of mail named {kind.code}")
    MAIL_KINDS[kind.code] = kind
    if kind.is_optional:
        mail_kinds.declare(kind.code, kind.label)
    return kind


def optional_kinds() -> list[MailKind]:
    """What a person may refuse, for the preferences' screen."""
    return [kind for kind in MAIL_KINDS.values() if kind.is_optional]


# What Django, allauth and Wagtail send through ``EMAIL_BACKEND`` without saying more.
PLAIN = register(MailKind(code="plain", label=_("Message du site")))
SIGN_IN_CODE = register(MailKind(code="sign_in_code", label=_("Code de connexion"), priority=0, is_secret=True))
NEW_PASSWORD = register(MailKind(code="new_password", label=_("Choix du mot de passe"), priority=0, is_secret=True))
SECURITY = register(MailKind(code="security", label=_("Sécurité du compte"), priority=1))
SIGN_IN_PASSWORD = register(MailKind(code="sign_in_password", label=_("Rappel de connexion"), priority=0))
