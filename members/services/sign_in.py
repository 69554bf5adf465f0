"""Signing in by a code mailed: ask for one, prove it.

allauth's login by code was weighed and left aside: docs/decisions/0007-own-sign-in-codes.md.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from maillage.core import audit
from members import codes, mails
from members.allowances import Limit, take
from members.enums import ConsentKind
from members.models import SignInCode, User
from members.services.consents import give_consent
from members.services.people import find_or_create_user

if TYPE_CHECKING:
    from datetime import datetime

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class SignInError(Exception):
    """A sign-in that did not happen; ``code`` says why."""

    code = "refused"


class CodeRefusedError(SignInError):
    """The code does not open: ``wrong``, ``expired``, ``exhausted`` (its tries) or ``limited`` (its network)."""

    def __init__(self, code: str, tries_left: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.tries_left = tries_left


class PasswordRequiredError(SignInError):
    """The account has rights: it signs in with a password and a second factor."""

    code = "password_required"


class AccountClosedError(SignInError):
    """The account was closed by an administrator."""

    code = "closed"


def request_code(*, address: str, lang: str, network: str, next_path: str, now: datetime) -> None:
    """Mail a code, the same as before while it is good; twenty minutes start again, the tries do not.

    Known, unknown and limited addresses take the same path up to the mail, so that neither the page nor its time tells
    whether an account exists. An account with rights gets a mail that leads to its password instead.

    Args:
        address: a valid e-mail address, in any case.
        lang: language of the mail.
        network: where the request came from, as ``maillage.core.limits`` writes it.
        next_path: where to go afterwards, on whichever device; "" for the usual place.
        now: when.
    """
    address = address.strip().lower()
    is_allowed = take(*_mail_limits(address, network), now=now)
    has_rights = User.objects.with_rights().filter(email=address).exists()
    with transaction.atomic():
        row = _current_row(address, now)
        row.expires_at = now + timedelta(minutes=settings.SIGN_IN_CODE_MINUTES)
        row.next_path = next_path or row.next_path
        mail = mails.sign_in_mail(
            address=address,
            code=codes.code_of(nonce=row.nonce, address=address),
            has_rights=has_rights,
            lang=lang,
        )
        if is_allowed:
            row.save()
            mail.send()


def prove_code(*, address: str, typed: str, lang: str, network: str, now: datetime) -> tuple[User, str]:
    """Check a code; returns the account, made now if the address is new, and the path that was wanted ("" for none).

    Raises:
        CodeRefusedError: wrong, expired or exhausted code, or too many tries from this network; the try is counted.
        PasswordRequiredError: the account has rights.
        AccountClosedError: the account is closed.
    """
    address = address.strip().lower()
    per_network = settings.SIGN_IN_TRIES_PER_NETWORK_AND_HOUR
    if not take(Limit("sign_in_try", network, per_network, HOUR), now=now):
        raise CodeRefusedError("limited")
    with transaction.atomic():
        row = SignInCode.objects.select_for_update(of=("self",)).filter(address=address).first()
        refusal = _try(row, typed, now)
        if row is not None and refusal is None:
            user = _account(address, lang, now)
            if user.is_active and not User.objects.with_rights().filter(pk=user.pk).exists():
                audit.record(verb="person.proved", subject=user, now=now, actor=user)
                return user, row.next_path
    if refusal is not None:  # raised after the commit: a wrong try counts
        raise refusal
    if not user.is_active:
        raise AccountClosedError
    raise PasswordRequiredError


def forget_old_codes(*, now: datetime) -> int:
    """Delete the codes that ended more than a day ago; returns how many."""
    return SignInCode.objects.past(now - DAY).delete()[0]


def _mail_limits(address: str, network: str) -> tuple[Limit, ...]:
    return (
        Limit("sign_in_mail", address, settings.SIGN_IN_MAILS_PER_ADDRESS_AND_HOUR, HOUR),
        Limit("sign_in_mail", address, settings.SIGN_IN_MAILS_PER_ADDRESS_AND_DAY, DAY),
        Limit("sign_in_mail", network, settings.SIGN_IN_MAILS_PER_NETWORK_AND_HOUR, HOUR),
    )


def _current_row(address: str, now: datetime) -> SignInCode:
    """The address’s row, locked, with a fresh nonce when the old one no longer opens anything."""
    fresh = {"nonce": codes.new_nonce(), "created_at": now, "expires_at": now}
    row, is_new = SignInCode.objects.select_for_update(of=("self",)).get_or_create(address=address, defaults=fresh)
    is_usable = row.used_at is None and row.expires_at > now and row.tries < settings.SIGN_IN_CODE_TRIES
    if not is_new and not is_usable:
        row.nonce, row.created_at, row.tries, row.used_at, row.next_path = codes.new_nonce(), now, 0, None, ""
    return row


def _try(row: SignInCode | None, typed: str, now: datetime) -> CodeRefusedError | None:
    """Count one try and say why it fails; None: the code is right, and is now used."""
    if row is None:
        return CodeRefusedError("wrong", settings.SIGN_IN_CODE_TRIES - 1)
    if row.used_at is not None or row.expires_at <= now:
        return CodeRefusedError("expired")
    if row.tries >= settings.SIGN_IN_CODE_TRIES:
        return CodeRefusedError("exhausted")
    row.tries += 1
    is_right = codes.is_same(codes.cleaned(typed), codes.code_of(nonce=row.nonce, address=row.address))
    row.used_at = now if is_right else None
    row.save(update_fields=["tries", "used_at"])
    if is_right:
        return None
    left = settings.SIGN_IN_CODE_TRIES - row.tries
    return CodeRefusedError("wrong", left) if left else CodeRefusedError("exhausted")


def _account(address: str, lang: str, now: datetime) -> User:
    user = find_or_create_user(address=address, lang=lang, now=now)
    give_consent(address=address, kind=ConsentKind.TERMS, source="sign_in", now=now, actor=user)
    return user
