"""A real SMTP server that keeps what it accepts and answers as told by the recipient's domain."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller

from benchmarks._fire.ports import free_port

if TYPE_CHECKING:
    from collections.abc import Callable

    from aiosmtpd.smtp import SMTP, Envelope, Session

ACCEPTED = "250 OK"


@dataclass
class Mailbox:
    """What arrived: copies by recipient, Message-IDs and digests of bytes of each."""

    copies: Counter[str] = field(default_factory=Counter)
    by_id: Counter[str] = field(default_factory=Counter)
    ids: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    bodies: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    sources: list[bytes] = field(default_factory=list)

    def add(self, recipient: str, content: bytes, *, keeps_source: bool) -> None:
        """Keep one copy."""
        self.copies[recipient] += 1
        self.by_id[str(message_from_bytes(content)["Message-ID"])] += 1
        self.ids[recipient].add(str(message_from_bytes(content)["Message-ID"]))
        self.bodies[recipient].add(hashlib.sha256(content).hexdigest())
        if keeps_source:
            self.sources.append(content)

    @property
    def duplicates(self) -> int:
        """Copies beyond the first of each recipient's mail."""
        return sum(self.copies.values()) - len(self.copies)

    @property
    def differing(self) -> int:
        """Recipients whose copies are not the same mail, byte for byte."""
        return sum(len(self.bodies[one]) > 1 or len(self.ids[one]) > 1 for one in self.copies)


class Sink:
    """The server; ``script`` maps a domain to what happens to mail for it."""

    def __init__(self, *, keeps_sources: bool = False) -> None:
        self.mailbox = Mailbox()
        self.tries: Counter[str] = Counter()
        self.script: dict[str, str] = {}
        self.before_accepting: Callable[[int], Callable[[], None] | None] | None = None
        self.keeps_sources = keeps_sources
        self.lock = threading.Lock()
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port(), ready_timeout=10)

    def start(self) -> int:
        """Listen; returns the port."""
        self._controller.start()
        return int(self._controller.port)

    def stop(self) -> None:
        """Close."""
        self._controller.stop(no_assert=True)

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        rcpt_options: Any,  # noqa: ANN401
    ) -> str:
        """Refuse by domain, or take the recipient."""
        self.tries[address] += 1
        act = self._act(address)
        if act[:3].isdigit() and not act.startswith("data"):
            return act
        envelope.rcpt_tos.append(address)
        return ACCEPTED

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the mail and answer as told; what ``before_accepting`` gives runs once the 250 has left."""
        recipient = str(envelope.rcpt_tos[0])
        act = self._act(recipient)
        if act.startswith("data "):
            return act.removeprefix("data ")
        if act.startswith("slow "):
            await asyncio.sleep(float(act.removeprefix("slow ")))
        if act == "silent":
            await asyncio.sleep(3600)
        content = envelope.original_content or b""
        with self.lock:
            self.mailbox.add(recipient, content, keeps_source=self.keeps_sources)
        if act == "close after data":
            server.transport.abort()
            return ACCEPTED
        blow = self.before_accepting(int(session.peer[1])) if self.before_accepting is not None else None
        if blow is not None:
            await server.push(ACCEPTED)
            blow()
        return ACCEPTED

    def _act(self, address: str) -> str:
        """« 450 …, once » acts at the first try only."""
        act = self.script.get(address.rpartition("@")[2], "")
        if act.endswith(", once"):
            return act.removesuffix(", once") if self.tries[address] <= 1 else ""
        return act
