"""A real SMTP server that keeps what it accepts, for people to read."""

from __future__ import annotations

import re
import time
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller

from demo.processes import free_port

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage

WITHIN_S = 60
LINK = re.compile(r"https?://[^\s<>\")]+")


class Mailbox:
    """Every mail that arrived, oldest first."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.port = free_port(0)
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ANN401, N802  aiosmtpd's
        """Accept."""
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"

    def start(self) -> int:
        """Listen; return the port."""
        self._controller.start()
        return self.port

    def stop(self) -> None:
        """Stop listening."""
        self._controller.stop()

    def wait(self, wanted: Callable[[EmailMessage], bool], *, count: int = 1, after: int = 0) -> list[EmailMessage]:
        """At least ``count`` mails that fit, among those that came after the first ``after``."""
        deadline = time.monotonic() + WITHIN_S
        while time.monotonic() < deadline:
            found = [mail for mail in self.mails[after:] if wanted(mail)]
            if len(found) >= count:
                return found
            time.sleep(0.1)
        subjects = [(mail["To"], mail["Subject"]) for mail in self.mails[after:]]
        raise AssertionError(f"{count} mails did not come within {WITHIN_S} s; came: {subjects}")


def text_of(mail: EmailMessage) -> str:
    """The text part."""
    body = mail.get_body(("plain",))
    return "" if body is None else str(body.get_content())


def html_of(mail: EmailMessage) -> str:
    """The HTML part."""
    body = mail.get_body(("html",))
    return "" if body is None else str(body.get_content())


def link_of(mail: EmailMessage, part: str) -> str:
    """The first link of the text part that holds ``part``."""
    return next(link for link in LINK.findall(text_of(mail)) if part in link)
