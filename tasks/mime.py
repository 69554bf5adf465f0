"""The bytes of a mail: the same at every attempt, so that a retry is a copy and not another mail."""

from __future__ import annotations

import hashlib
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

from tasks.links import fill

if TYPE_CHECKING:
    from tasks.models import Message

BODY_MAX_BYTES = 1_000_000
_is_address = EmailValidator()


class UnsendableError(Exception):
    """This row can never become a mail; the text says why."""


def problem_with(message: Message) -> str:
    """Why a row can never become a mail, in one sentence; "" when it can."""
    fields = {
        "address": message.address,
        "subject": message.subject,
        "from": message.from_header,
        "reply-to": message.reply_to,
        "Message-ID": message.message_id,
    }
    if not isinstance(message.headers, dict) or not isinstance(message.context, dict):
        return "headers and context must be JSON objects."
    for name, value in (*fields.items(), *message.headers.items()):
        if any(sign in str(value) for sign in "\r\n\x00") or any(sign in name for sign in "\r\n:\x00 "):
            return f"A line break or a control character in the header {name!r}."
    try:
        envelope(message.address)
        envelope(parseaddr(message.from_header)[1])
    except UnsendableError as error:
        return str(error)
    size = len(message.body_text.encode()) + len(message.body_html.encode())
    return f"The body is too big: {size} bytes, at most {BODY_MAX_BYTES}." if size > BODY_MAX_BYTES else ""


def envelope(address: str) -> str:
    """An address as mail servers take it, its domain in ASCII.

    Raises:
        UnsendableError: it is not an address, or its local part is not ASCII.
    """
    local, _, domain = address.rpartition("@")
    try:
        _is_address(address)
        ascii_address = f"{local}@{domain.encode('idna').decode()}"
        ascii_address.encode("ascii")
    except (ValidationError, UnicodeError) as error:
        raise UnsendableError("The address is not one.") from error
    return ascii_address


def build(message: Message) -> bytes:
    """The mail as it goes through SMTP, links filled.

    Raises:
        UnsendableError: the row can never become a mail.
    """
    problem = problem_with(message)
    if problem:
        raise UnsendableError(problem)
    mail = EmailMessage(policy=SMTP)
    for name, value in headers_of(message).items():
        mail[name] = value
    mail.set_content(fill(message.body_text, message), charset="utf-8", cte="quoted-printable")
    if message.body_html:
        mail.add_alternative(fill(message.body_html, message), subtype="html", charset="utf-8", cte="quoted-printable")
        mail.set_boundary(f"=_{hashlib.sha256(message.message_id.encode()).hexdigest()[:32]}")
    return mail.as_bytes()


def headers_of(message: Message) -> dict[str, str]:
    """Every header, with the date of the row rather than of the attempt."""
    name, address = parseaddr(message.from_header)
    local, _, domain = envelope(address).rpartition("@")
    named = {
        "From": str(Address(display_name=name, username=local, domain=domain)),
        "To": envelope(message.address),
        "Reply-To": message.reply_to,
        "Subject": message.subject,
        "Date": format_datetime(message.created_at),
        "Message-ID": message.message_id,
        "Content-Language": message.lang,
        "Auto-Submitted": "auto-generated",
    }
    return {key: value for key, value in {**named, **_filled(message)}.items() if value}


def _filled(message: Message) -> dict[str, str]:
    return {name: fill(str(value), message) for name, value in message.headers.items()}
