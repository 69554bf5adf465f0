"""Real processes, each in a group of its own: campaigns kill what they started, by its id, and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass
class Process:
    """One process that is started again when it was killed, as a supervisor would."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    log: Path
    child: subprocess.Popen[bytes] | None = None
    starts: int = 0

    def start(self) -> None:
        """Start it."""
        with self.log.open("ab") as log:
            self.child = subprocess.Popen(
                self.argv, env=dict(self.env), stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True
            )
        self.starts += 1

    @property
    def pid(self) -> int:
        """Its id."""
        if self.child is None:
            raise RuntimeError(f"{self.name} was not started")
        return self.child.pid

    def is_running(self) -> bool:
        """Whether it still runs."""
        return self.child is not None and self.child.poll() is None

    def members(self) -> list[int]:
        """Itself and its children, the ids that may be killed."""
        return [self.pid, *children_of(self.pid)]

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the whole group."""
        if self.child is not None:
            _signal_group(self.child.pid, number)

    def kill(self) -> None:
        """SIGKILL, the whole group."""
        self.signal(signal.SIGKILL)
        if self.child is not None:
            self.child.wait()

    def stop(self, timeout_s: float = 15) -> None:
        """SIGTERM, then SIGKILL."""
        if self.child is None:
            return
        self.child.terminate()
        try:
            self.child.wait(timeout_s)
        except subprocess.TimeoutExpired:
            pass
        finally:
            self.kill()

    def cpu_s(self) -> float:
        """CPU seconds used so far by it, its children, and those of them that it has waited for."""
        return sum(_cpu_s(pid) for pid in self.members())


def children_of(pid: int) -> list[int]:
    """Direct children that still exist, whichever of its threads made them."""
    return [int(path.name) for path in Path("/proc").glob("[0-9]*") if _parent_of(path) == pid]


def _parent_of(path: Path) -> int:
    try:
        state, parent = (path / "stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return 0  # it has just gone
    return int(parent) if state != "Z" else 0


def kill_one(pid: int) -> bool:
    """SIGKILL one process of ours; False when it had gone."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _signal_group(pid: int, number: signal.Signals) -> None:
    try:
        os.killpg(pid, number)
    except ProcessLookupError:
        return


def _cpu_s(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return sum(int(value) for value in fields[11:15]) / os.sysconf("SC_CLK_TCK")
