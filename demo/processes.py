"""Web, worker and beat as child processes that end with us."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

ROOT = Path(__file__).resolve().parents[1]
READY_WITHIN_S = 240
ENDS_WITHIN_S = 15


class StartError(RuntimeError):
    """A process ended or never answered; the message points at its log."""


def free_port(wanted: int) -> int:
    """``wanted`` when nothing listens there, else any free one of the loopback."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise StartError("no free port on the loopback")


class Processes:
    """Start with ``with``; leaving it ends them, gently first."""

    def __init__(self, *, port: int, environment: dict[str, str], log_folder: Path) -> None:
        self.port = port
        self.environment = environment
        self.log_folder = log_folder
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        self.log_folder.mkdir(parents=True, exist_ok=True)
        python = sys.executable
        manage = [python, "manage.py"]
        try:
            self._start("worker", [*manage, "worker", "--processes", "2"])
            self._start("beat", [*manage, "beat"])
            web = [python, "-m", "gunicorn", "maillage.wsgi:application", "--bind", f"127.0.0.1:{self.port}"]
            self._start("web", [*web, "--workers", "2", "--access-logfile", "-"])
            self._await_web()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def check(self) -> None:
        """Raise StartError if one of them has ended."""
        for name, process in self._running.items():
            if process.poll() is not None:
                raise StartError(f"{name} ended with {process.returncode}: see {self.log_folder / name}.log")

    def wait(self) -> None:
        """Return when one of them has ended; raise StartError that says which."""
        while True:
            self.check()
            time.sleep(1)

    def _start(self, name: str, command: list[str]) -> None:
        with (self.log_folder / f"{name}.log").open("wb") as log:
            self._running[name] = subprocess.Popen(  # noqa: S603  our own commands
                command,
                cwd=ROOT,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _await_web(self) -> None:
        deadline = time.monotonic() + READY_WITHIN_S
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        while time.monotonic() < deadline:
            self.check()
            try:
                with opener.open(f"http://127.0.0.1:{self.port}/health/live", timeout=3):
                    return
            except OSError:
                time.sleep(0.2)
        raise StartError(f"the web server never answered: see {self.log_folder / 'web'}.log")

    def _end(self) -> None:
        for process in self._running.values():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
        deadline = time.monotonic() + ENDS_WITHIN_S
        for process in self._running.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
