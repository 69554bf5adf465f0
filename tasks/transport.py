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
BUSY_INTERVAL_S = 0.01


class Channel(filesystem.Channel):
    """Files named ``<milliseconds>_<random>.<lane>.msg``."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._names: defaultdict[str, deque[str]] = defaultdict(deque)

    def _put(self, queue: str, payload: object, **_: object) -> None:
        folder = Path(self.data_folder_out)
        name = f"{time.time_ns() // 1_000_000}_{uuid.uuid4().hex}.{queue}.msg"
        part = folder / f".{name}"
        try:
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
    """What ``folder://`` names."""

    Channel = Channel

    def drain_events(self, connection: Any, timeout: float | None = None) -> None:  # noqa: ANN401  kombu's connection
        """Deliver one message, polling; often while one is worked on, for the next is wanted as soon as it ends."""
        began = time.monotonic()
        while True:
            try:
                self.cycle.get(self._deliver, timeout=timeout)
            except Empty:
                if timeout is not None and time.monotonic() - began >= timeout:
                    raise TimeoutError from None  # kombu's word for "nothing came"
                time.sleep(self.polling_interval if self._wants_more() else BUSY_INTERVAL_S)
            else:
                return

    def _wants_more(self) -> bool:
        return all(channel.qos.can_consume() for channel in self.channels)

    channel_errors = (*filesystem.Transport.channel_errors, ChannelError)


TRANSPORT_ALIASES[SCHEME] = "tasks.transport:Transport"
