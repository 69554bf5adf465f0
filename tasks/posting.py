"""Handing a mail over: into a folder, to a mail server, or to a provider, as MAIL_URL says.

What comes back is one of four answers, because each calls for something else.
"""

from __future__ import annotations

import hashlib
import re
import smtplib
import ssl
from dataclasses import dataclass
from email.utils import parseaddr
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlsplit

from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused, AnymailRequestsAPIError
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.utils import DNS_NAME
from django.utils.module_loading import import_string

from tasks import mime
from tasks.links import fill

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.core.mail.backends.base import BaseEmailBackend

    from tasks.models import Message

PERMANENT = 500
PLAIN_PORT, TLS_PORT, STARTTLS_PORT = 25, 465, 587
UNKNOWN_MAILBOX = {550, 551, 553}


class PostingError(Exception):
    """The mail was not, or perhaps not, handed over."""


class BouncedError(PostingError):
    """Refused for good; ``is_address_dead``: because of the address, which is then closed."""

    def __init__(self, text: str, *, is_address_dead: bool) -> None:
        super().__init__(text)
        self.is_address_dead = is_address_dead


class TryAgainError(PostingError):
    """Refused for now, or the connection died and says nothing about delivery: the same bytes go again."""


class ServerDownError(PostingError):
    """Nothing was tried: the server is not there, is closed, or does not accept our password."""


def post(message: Message) -> None:
    """Hand one mail over.

    Raises:
        BouncedError, TryAgainError, ServerDownError: it was not.
        UnsendableError: it can never become a mail (``mime.problem_with`` says so before).
    """
    url = settings.MAIL_URL
    if not url:
        _into_folder(message)
    elif url.startswith("anymail+"):
        _to_provider(message, url)
    else:
        _to_server(message, url)


def _into_folder(message: Message) -> None:
    """One ``.eml`` a mail, named by its Message-ID: a second copy replaces the first."""
    payload = mime.build(message)
    folder = settings.MAIL_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{message.created_at:%Y%m%d-%H%M%S}-{hashlib.sha256(message.message_id.encode()).hexdigest()[:12]}.eml"
    part = folder / f".{name}"
    part.write_bytes(payload)
    part.rename(folder / name)


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server as MAIL_URL names it."""

    host: str
    port: int
    username: str
    password: str
    is_tls: bool
    is_starttls: bool

    def connect(self) -> smtplib.SMTP:
        """A conversation that may begin.

        Raises:
            OSError, SMTPException: nobody is there, TLS fails, or the password is refused.
        """
        options = {"timeout": settings.EMAIL_TIMEOUT, "local_hostname": DNS_NAME.get_fqdn()}
        if self.is_tls:
            client: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, context=_context(), **options)
        else:
            client = smtplib.SMTP(self.host, self.port, **options)
        try:
            if self.is_starttls:
                client.starttls(context=_context())
            if self.username:
                client.login(self.username, self.password)
        except BaseException:
            client.close()
            raise
        return client


@lru_cache(maxsize=1)
def _context() -> ssl.SSLContext:
    return ssl.create_default_context()


def server(url: str) -> Server:
    """``smtps``: TLS at once; port 587 or ``?starttls=1``: STARTTLS, which must succeed."""
    parts = urlsplit(url)
    is_tls = parts.scheme == "smtps"
    port = parts.port or (TLS_PORT if is_tls else PLAIN_PORT)
    wants_starttls = port == STARTTLS_PORT or dict(parse_qsl(parts.query)).get("starttls") == "1"
    return Server(
        host=parts.hostname or "localhost",
        port=port,
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_tls=is_tls,
        is_starttls=wants_starttls and not is_tls,
    )


def _to_server(message: Message, url: str) -> None:
    payload = mime.build(message)
    sender = mime.envelope(parseaddr(message.from_header)[1])
    recipient = mime.envelope(message.address)
    try:
        client = server(url).connect()
    except (OSError, smtplib.SMTPException) as error:
        raise ServerDownError(f"{type(error).__name__}: {error}") from error
    try:
        client.sendmail(sender, [recipient], payload)
    except smtplib.SMTPRecipientsRefused as error:
        raise _refusal(*error.recipients[recipient], is_about_address=True) from error
    except smtplib.SMTPSenderRefused as error:
        # Our own sender is refused: no recipient's fault, and an operator can mend it.
        raise TryAgainError(f"Sender refused: {error.smtp_code} {error.smtp_error!r}") from error
    except smtplib.SMTPResponseException as error:
        raise _refusal(error.smtp_code, error.smtp_error, is_about_address=False) from error
    except (OSError, smtplib.SMTPException) as error:
        raise TryAgainError(f"The connection died: {type(error).__name__}: {error}") from error
    finally:
        # Handed over or not by now: a server that takes its time to say goodbye is not waited for.
        client.close()


def _refusal(code: int, answer: bytes | str, *, is_about_address: bool) -> PostingError:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    shown = f"{code} {text}"
    if code < PERMANENT:
        return TryAgainError(shown)
    # RFC 3463: 5.1.x is about the address; 5.2.x (full), 5.7.x (policy) are not.
    enhanced = re.match(r"5\.(\d+)\.\d+", text)
    is_unknown = code in UNKNOWN_MAILBOX and (enhanced is None or enhanced[1] == "1")
    return BouncedError(shown, is_address_dead=is_about_address and is_unknown)


def _to_provider(message: Message, url: str) -> None:
    """Any provider that anymail knows; its webhooks tell bounces later."""
    headers = mime.headers_of(message)
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=fill(message.body_text, message),
        from_email=headers.pop("From"),
        to=[headers.pop("To")],
        reply_to=[headers.pop("Reply-To")] if message.reply_to else [],
        headers={name: value for name, value in headers.items() if name != "Subject"},
    )
    if message.body_html:
        mail.attach_alternative(fill(message.body_html, message), "text/html")
    try:
        provider(url).send_messages([mail])
    except AnymailRecipientsRefused as error:
        raise BouncedError(str(error), is_address_dead=True) from error
    except AnymailRequestsAPIError as error:
        if error.status_code in {401, 403}:
            raise ServerDownError(f"The provider does not accept our key: {error}") from error
        raise TryAgainError(str(error)) from error
    except (AnymailAPIError, OSError) as error:
        raise TryAgainError(str(error)) from error


def provider(url: str) -> BaseEmailBackend:
    """``anymail+postmark://KEY?option=value``: the backend of a provider, with its key and options."""
    name, _, rest = url.removeprefix("anymail+").partition("://")
    key, _, query = rest.partition("?")
    key_name = {"postmark": "server_token"}.get(name, "api_key")
    backend: Callable[..., BaseEmailBackend] = import_string(f"anymail.backends.{name}.EmailBackend")
    return backend(**{key_name: unquote(key.rstrip("/")), **dict(parse_qsl(query))})
