"""The broker of the embedded default: announcements as small files in a folder, written and taken atomically.

Kombu's own transport can read a file that is half written, and lists its folder for each message.
"""

from __future__ import annotations

import time
import uuid
from collections import defaultdict, deque
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps, loads

SCHEME = "folder"
NEXT_TURN_S = 0.001


class Channel(filesystem.Channel):
    """Files named ``<milliseconds>_<random>.<lane>.msg``."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._names: defaultdict[str, deque[str]] = defaultdict(deque)

    def basic_ack(self, delivery_tag: str, multiple: bool = False) -> None:
        """A message is done with: the next one is wanted."""
        super().basic_ack(delivery_tag, multiple)
        self.connection.deliver_waiting()

    def basic_reject(self, delivery_tag: str, requeue: bool = False) -> None:
        """Put back or thrown away: the next one is wanted."""
        super().basic_reject(delivery_tag, requeue)
        self.connection.deliver_waiting()

    def _queue_bind(self, *_: object) -> None:
        """No table of bindings to keep: a routing key names its lane."""

    def _lookup(self, exchange: str, routing_key: str, default: str | None = None) -> list[str]:
        return [routing_key]

    def _put(self, queue: str, payload: object, **_: object) -> None:
        folder = Path(self.data_folder_out)
        name = f"{time.time_ns() // 1_000_000}_{uuid.uuid4().hex}.{queue}.msg"
        part = folder / f".{name}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            part.write_text(dumps(payload), encoding="utf-8")
            part.rename(folder / name)
        except OSError as error:
            raise ChannelError(f"Cannot write into {folder}: {error}") from error

    def _get(self, queue: str) -> Any:  # noqa: ANN401  kombu's payload
        folder = Path(self.data_folder_in)
        names = self._names[queue] or self._listed(folder, queue)
        while names:
            name = names.popleft()
            taken = folder / f".taken-{uuid.uuid4().hex}"
            try:
                (folder / name).rename(taken)
            except FileNotFoundError:
                continue  # another worker took it
            text = taken.read_text(encoding="utf-8")
            taken.unlink()
            return loads(text)
        raise Empty

    def _listed(self, folder: Path, queue: str) -> deque[str]:
        ending = f".{queue}.msg"
        try:
            found = sorted(path.name for path in folder.iterdir() if path.name.endswith(ending) and path.name[0] != ".")
        except OSError as error:
            raise ChannelError(f"Cannot read {folder}: {error}") from error
        self._names[queue] = deque(found)
        return self._names[queue]


class Transport(filesystem.Transport):
    """What ``folder://`` names. It runs in Celery's event loop, as Redis and RabbitMQ do.

    Outside that loop, Celery's processes share one pipe and its lock: a child killed while it waits for work keeps the
    lock, and its worker never works again (seen after 30 kills). In the loop each child has a pipe of its own.
    """

    Channel = Channel
    implements = filesystem.Transport.implements.extend(asynchronous=True)
    loop: Any = None
    connection_errors = (*filesystem.Transport.connection_errors, ChannelError)

    def register_with_event_loop(self, connection: Any, loop: Any) -> None:  # noqa: ANN401  kombu's own
        """Look for messages five times a second, and as soon as one is done with."""
        self.loop = loop
        loop.call_repeatedly(self.polling_interval, self.deliver_waiting)

    def deliver_waiting(self) -> None:
        """Hand over what the worker has room for.

        One that has expired is thrown away at the loop's next turn, which must not wait for the next poll: a thousand
        of them would hold everything up for minutes.
        """
        while self.loop is not None and self.channels:
            try:
                self.cycle.get(self._deliver)
            except Empty:
                return
            self.loop.call_later(NEXT_TURN_S, _turn)


def _turn() -> None:
    """Nothing: the loop turns, which is all that is wanted."""


TRANSPORT_ALIASES[SCHEME] = "tasks.transport:Transport"
