"""A scratch network: database, broker, folder and mail sink of its own, removed when the campaign ends."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks._fire import brokers, databases
from benchmarks._fire.ports import free_port, wait_for_port
from benchmarks._fire.processes import Process
from benchmarks._fire.sink import Sink

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]


def add_stack_arguments(parser: ArgumentParser) -> None:
    """Engines, and what to keep."""
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--broker", choices=("filesystem", "redis", "rabbitmq"), default="filesystem")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--short", action="store_true", help="leases and backoffs of seconds instead of minutes")
    parser.add_argument("--keep", action="store_true", help="keep the folder, with its logs")


# Leases and waits that let a small campaign end within a minute; everything else stays as in production.
SHORT = {
    "QUEUE_LEASE_S": 8,
    "QUEUE_SOFT_LIMIT_S": 5,
    "QUEUE_HARD_LIMIT_S": 6,
    "QUEUE_SEND_LIMIT_S": 4,
    "QUEUE_ANNOUNCED_S": 5,
    "QUEUE_OUTSTANDING": 80,
    "QUEUE_BACKOFF_S": [1, 1, 2, 2],
    "MAIL_BACKOFF_S": [1, 1, 2, 2],
    "MAIL_SERVER_DOWN_S": 2,
    "EMAIL_TIMEOUT": 3,
}


@dataclass
class Stack:
    """What one campaign runs on."""

    folder: Path
    broker: brokers.Folder | brokers.Redis | brokers.Rabbit
    sink: Sink
    env: dict[str, str]
    processes: list[Process] = field(default_factory=list)

    def spawn(self, name: str, *argv: str, env: Mapping[str, str] | None = None) -> Process:
        """Start ``manage.py …`` in a group of its own."""
        return self.start(name, [sys.executable, str(ROOT / "manage.py"), *argv], env=env)

    def start(self, name: str, argv: Sequence[str], *, env: Mapping[str, str] | None = None) -> Process:
        """Start any program in a group of its own."""
        process = Process(name, argv, {**self.env, **(env or {})}, self.folder / f"{name}.log")
        process.start()
        self.processes.append(process)
        return process

    def serve(self, *, processes: int) -> int:
        """Start the real web server; returns its port."""
        port = free_port()
        argv = [sys.executable, "-m", "gunicorn", "maillage.wsgi:application", "--bind", f"127.0.0.1:{port}"]
        self.start("web", [*argv, "--workers", str(processes), "--timeout", "60"])
        wait_for_port(port)
        return port

    def revive(self) -> int:
        """Start again whatever has ended, as a supervisor does; returns how many."""
        ended = [process for process in self.processes if not process.is_running()]
        for process in ended:
            process.kill()
            process.start()
        return len(ended)

    def workers(self, count: int, *, processes: int = 1) -> list[Process]:
        """Start real workers."""
        return [
            self.spawn(f"worker{n}", "worker", "--processes", str(processes), "--name", f"worker{n}@%h")
            for n in range(count)
        ]

    def close(self) -> None:
        """End every process of this campaign."""
        for process in self.processes:
            process.kill()
        self.sink.stop()
        closing: Callable[[], None] = getattr(self.broker, "close", self.broker.stop)
        self.broker.resume()
        closing()


@contextmanager
def stack(
    args: Namespace, *, is_clock_moved: bool = False, keeps_mails: bool = False, **settings: object
) -> Iterator[Stack]:
    """A stack with Django set up in this process and its database migrated."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that what was started is ended
    folder = Path(tempfile.mkdtemp(prefix="maillage-fire-"))
    database = databases.make(args.database, folder)
    broker = brokers.make(args.broker, folder)
    broker.start()
    sink = Sink(keeps_sources=keeps_mails)
    values = {**(SHORT if args.short else {}), **settings}
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "benchmarks._fire.settings",
        "MAILLAGE_VAR": str(folder),
        "DATABASE_URL": database,
        "BROKER_URL": broker.url,
        "MAIL_URL": f"smtp://127.0.0.1:{sink.start()}",
        "MAIL_FROM": "Maillage <maillage@example.org>",
        "FIRE_SETTINGS": json.dumps(values),
        "LOG_FORMAT": "json",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
    }
    if is_clock_moved:
        env["FIRE_CLOCK"] = str(folder / "clock")
        (folder / "clock").write_text("0")
    made = Stack(folder, broker, sink, env)
    try:
        _set_up(env)
        yield made
    finally:
        made.close()
        databases.drop(database)
        if not args.keep:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            tell(f"kept: {folder}")


def _set_up(env: Mapping[str, str]) -> None:
    os.environ.update(env)
    import django

    django.setup()


def tell(text: str) -> None:
    """Progress."""
    print(text, file=sys.stderr, flush=True)


def wait_until(is_true: Callable[[], bool], *, timeout_s: float, what: str, every_s: float = 0.5) -> float:
    """Wait, telling nothing; returns the seconds it took.

    Raises:
        TimeoutError: it did not happen.
    """
    began = time.monotonic()
    while time.monotonic() - began < timeout_s:
        if is_true():
            return time.monotonic() - began
        time.sleep(every_s)
    raise TimeoutError(f"After {timeout_s} s, still not {what}.")
