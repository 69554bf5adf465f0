"""What is dear to build is built once for all processes: in memory, beside that in a file, under a stamp."""

import fcntl
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Generic, TypeVar

from expertise.matching import arrays
from expertise.matching.arrays import Stored, UnreadableFileError

FORMAT: Final = 1
"""Raised when what files hold, the analysis of texts or the arithmetic changes: older files are built anew."""

Thing = TypeVar("Thing")
log = logging.getLogger(__name__)


class Kept(Generic[Thing]):
    """One thing, of one stamp at a time. The stamp says what it was built from; another stamp means: build anew.

    A file is only ever an answer for the stamp it was written under. One that is truncated, damaged or of another
    format counts as none. Where the folder cannot be written, each process builds its own, and the log says why.
    """

    def __init__(self, name: str, *, pack: Callable[[Thing], Stored], unpack: Callable[[Stored], Thing]) -> None:
        """Keep a thing in the file `name`; `unpack` returns what `pack` was given."""
        self._name = name
        self._pack = pack
        self._unpack = unpack
        self._held: tuple[str, Thing] | None = None
        self._lock = threading.RLock()

    def get(self, stamp: str, build: Callable[[Thing | None], Thing], folder: Path | None) -> Thing:
        """Return the thing of `stamp`: from memory, from the file, or built and written.

        Args:
            stamp: What it is to be built from; read before `build` reads, so that it is never newer than the content.
            build: Makes it; given one of an older stamp, to take from it what is still true, or None.
            folder: Where the file lies; None: in memory only.
        """
        held = self._held
        if held is not None and held[0] == stamp:
            return held[1]
        with self._lock:
            self._held = self._held_or_read(stamp, folder)
            if self._held is None or self._held[0] != stamp:
                # One process builds, those that wait for it then read.
                with _alone(folder, self._name):
                    self._held = self._held_or_read(stamp, folder)
                    if self._held is None or self._held[0] != stamp:
                        self._held = (stamp, build(None if self._held is None else self._held[1]))
                        self._write(folder)
            return self._held[1]

    def forget(self) -> None:
        """Forget what is in memory; a file stays."""
        self._held = None

    def _held_or_read(self, stamp: str, folder: Path | None) -> tuple[str, Thing] | None:
        """What is in memory, or in the file when that is of the stamp, or all there is: one of another stamp."""
        held = self._held
        if folder is None or (held is not None and held[0] == stamp):
            return held
        try:
            stored = arrays.read(folder / self._name)
            if stored.facts.get("format") != FORMAT:
                return held
            found = str(stored.facts["stamp"])
            if held is not None and found != stamp:
                return held  # neither is right, and what is in memory costs nothing
            return found, self._unpack(stored)
        except FileNotFoundError:
            return held
        except (UnreadableFileError, OSError, LookupError, ValueError, TypeError) as error:
            log.warning("%s is built anew: %s", self._name, error)
            return held

    def _write(self, folder: Path | None) -> None:
        if folder is None or self._held is None:
            return
        stamp, thing = self._held
        stored = self._pack(thing)
        facts = {**stored.facts, "format": FORMAT, "stamp": stamp}
        try:
            arrays.write(folder / self._name, Stored(facts, stored.arrays))
        except OSError as error:
            log.warning("%s stays in memory only: %s", self._name, error)


@contextmanager
def _alone(folder: Path | None, name: str) -> Iterator[None]:
    """Let one process of this machine through at a time; the system frees the lock of one that dies."""
    if folder is None:
        yield
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / f"{name}.lock").open("ab")
    except OSError as error:
        log.warning("%s may be built by several processes at once: %s", name, error)
        yield
        return
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
