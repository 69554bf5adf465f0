"""What the embedded broker, a folder, can suffer: gone, not answering, full. Read from a file by every process."""

from __future__ import annotations

import errno
import time
from typing import TYPE_CHECKING, Any

from django.conf import settings
from kombu.exceptions import ChannelError

from tasks import transport

if TYPE_CHECKING:
    from collections.abc import Callable

FLAG = "broker-fault"
EVERY_S = 0.05


def install() -> None:
    """Put the faults between Celery and the folder."""
    for name in ("_put", "_get", "_size"):
        real = getattr(transport.Channel, name)
        setattr(transport.Channel, name, _faulty(real, is_write=name == "_put"))


def _faulty(real: Callable[..., Any], *, is_write: bool) -> Callable[..., Any]:
    def called(*args: Any, **named: Any) -> Any:  # noqa: ANN401  whatever kombu gives
        while (fault := _fault()) == "hung":
            time.sleep(EVERY_S)
        if fault == "stopped":
            raise ChannelError("The folder is gone.")
        if fault == "full" and is_write:
            raise ChannelError(f"[Errno {errno.ENOSPC}] No space left on device")
        return real(*args, **named)

    return called


def _fault() -> str:
    path = settings.VAR / FLAG
    try:
        return path.read_text()
    except FileNotFoundError:
        return ""
