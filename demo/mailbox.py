"""Mails as the embedded default delivers them: files in a folder."""

from __future__ import annotations

import re
import time
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from demo.browser import PageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage
    from pathlib import Path

WITHIN_S = 60
QUIET_S = 2.0
PAUSE_S = 0.05
LINK = re.compile(r"https?://[^\s<>\")]+")


def text_of(mail: EmailMessage) -> str:
    """The text part, with the headers that people read."""
    body = mail.get_body(("plain",))
    words = body.get_content() if body is not None else ""
    return (
        f"De : {mail['From']}\nÀ : {mail['To']}\nRépondre à : {mail['Reply-To']}\nObjet : {mail['Subject']}\n\n{words}"
    )


def links_of(mail: EmailMessage) -> list[str]:
    """Every link of the text part, in order."""
    return LINK.findall(text_of(mail))


class Mailbox:
    """New mails of a folder; what ``wait`` returned is not seen again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._seen = self._paths()

    def wait(self, wanted: Callable[[EmailMessage], bool], count: int = 1) -> list[EmailMessage]:
        """The first ``count`` new mails that fit.

        Raises:
            PageError: they did not come in time.
        """
        deadline = time.monotonic() + WITHIN_S
        while True:
            found = [(path, mail) for path, mail in self._new() if wanted(mail)][:count]
            if len(found) == count:
                self._seen |= {path for path, _ in found}
                return [mail for _, mail in found]
            if time.monotonic() > deadline:
                raise PageError(f"waited {WITHIN_S} s for {count} mails; {len(found)} came")
            time.sleep(PAUSE_S)

    def settle(
        self, about: Callable[[EmailMessage], bool], *wanted: Callable[[EmailMessage], bool]
    ) -> tuple[list[EmailMessage], float]:
        """Every new mail about something, once each wanted one of them came and none has followed for ``QUIET_S``.

        Returns:
            The mails, and when the last one was there (``time.time()``).

        Raises:
            PageError: a wanted one did not come in time.
        """
        found = [mail for one in wanted for mail in self.wait(lambda mail, one=one: about(mail) and one(mail))]
        last = time.time()
        while time.time() - last < QUIET_S:
            more = [(path, mail) for path, mail in self._new() if about(mail)]
            if more:
                self._seen |= {path for path, _ in more}
                found += [mail for _, mail in more]
                last = time.time()
            time.sleep(PAUSE_S)
        return found, last

    def _new(self) -> list[tuple[Path, EmailMessage]]:
        paths = sorted(self._paths() - self._seen, key=lambda path: path.stat().st_mtime)
        return [(path, message_from_bytes(path.read_bytes(), policy=policy.default)) for path in paths]

    def _paths(self) -> set[Path]:
        return set(self.folder.glob("*.eml")) if self.folder.exists() else set()
