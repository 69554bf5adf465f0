"""Brokers of a campaign's own: started, stopped, hung, filled and mended without touching anyone else's."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import Protocol

from benchmarks._fire.ports import free_port, wait_for_port
from benchmarks._fire.processes import Process


class Broker(Protocol):
    """What every broker can suffer."""

    url: str

    def start(self) -> None:
        """Start, or start again."""

    def stop(self) -> None:
        """Stop: connections are refused."""

    def hang(self) -> None:
        """Accept and never answer."""

    def resume(self) -> None:
        """Answer again."""

    def fill(self) -> None:
        """No room for one more message."""

    def drain(self) -> None:
        """Room again."""


class Folder:
    """The embedded default. ``flag`` is read by the campaign's transport (``_fire.transport``)."""

    url = ""

    def __init__(self, var: Path) -> None:
        self.flag = var / "broker-fault"

    def start(self) -> None:
        """The folder answers."""
        self.flag.unlink(missing_ok=True)

    def stop(self) -> None:
        """The folder is gone."""
        self.flag.write_text("stopped")

    def hang(self) -> None:
        """The file system does not answer."""
        self.flag.write_text("hung")

    def fill(self) -> None:
        """The disk is full."""
        self.flag.write_text("full")

    resume = start
    drain = start


class Redis:
    """A redis-server in memory."""

    def __init__(self, var: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        argv = ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(var)]
        self.process = Process("redis", argv, os.environ, var / "redis.log")

    def start(self) -> None:
        """Start, empty."""
        self.process.start()
        wait_for_port(self.port)

    def stop(self) -> None:
        """Kill: what it held is lost."""
        self.process.kill()

    def hang(self) -> None:
        """SIGSTOP."""
        self.process.signal(signal.SIGSTOP)

    def resume(self) -> None:
        """SIGCONT."""
        self.process.signal(signal.SIGCONT)

    def fill(self) -> None:
        """Memory full, nothing evicted: every write is an error."""
        self._configure("1mb")
        self._command("CONFIG", "SET", "maxmemory-policy", "noeviction")

    def drain(self) -> None:
        """No limit."""
        self._configure("0")

    def _configure(self, maximum: str) -> None:
        self._command("CONFIG", "SET", "maxmemory", maximum)

    def _command(self, *words: str) -> None:
        subprocess.run(["redis-cli", "-p", str(self.port), *words], check=True, capture_output=True, timeout=10)


class Rabbit:
    """A RabbitMQ node of its own, with its own port mapper."""

    def __init__(self, var: Path) -> None:
        self.port, mapper, distribution = free_port(), free_port(), free_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}/%2F"
        home = var / "rabbitmq"
        home.mkdir()
        (home / "rabbitmq.conf").write_text(
            f"listeners.tcp.1 = 127.0.0.1:{self.port}\ndistribution.listener.interface = 127.0.0.1\n"
        )
        (home / "plugins").write_text("[].\n")
        self.env = {
            **os.environ,
            "HOME": str(home),
            "ERL_EPMD_PORT": str(mapper),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": f"fire{self.port}@localhost",
            "RABBITMQ_DIST_PORT": str(distribution),
            "RABBITMQ_CONFIG_FILE": str(home / "rabbitmq.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(home / "plugins"),
            "RABBITMQ_MNESIA_BASE": str(home / "data"),
            "RABBITMQ_LOG_BASE": str(home / "log"),
            "RABBITMQ_CONF_ENV_FILE": "/dev/null",
            "RUNNING_UNDER_SYSTEMD": "1",
        }
        self.mapper = Process(
            "epmd", ["epmd", "-address", "127.0.0.1", "-port", str(mapper)], self.env, home / "epmd.log"
        )
        self.process = Process("rabbitmq", [_program("rabbitmq-server")], self.env, home / "server.log")
        self.mapper.start()
        wait_for_port(mapper)

    def start(self) -> None:
        """Start with what the disk holds."""
        self.process.start()
        wait_for_port(self.port)

    def stop(self) -> None:
        """Kill."""
        self.process.kill()

    def hang(self) -> None:
        """SIGSTOP."""
        self.process.signal(signal.SIGSTOP)

    def resume(self) -> None:
        """SIGCONT."""
        self.process.signal(signal.SIGCONT)

    def fill(self) -> None:
        """The disk alarm: publishers are blocked."""
        self._control("set_disk_free_limit", "900000GB")

    def drain(self) -> None:
        """The alarm ends."""
        self._control("set_disk_free_limit", "50MB")

    def close(self) -> None:
        """End the node and its port mapper."""
        self.process.kill()
        self.mapper.kill()

    def _control(self, *words: str) -> None:
        argv = [_program("rabbitmqctl"), "--node", self.env["RABBITMQ_NODENAME"], *words]
        subprocess.run(argv, env=self.env, check=True, capture_output=True, timeout=60)


def _program(name: str) -> str:
    """Where RabbitMQ's own script is; Debian's wrapper would change the account."""
    own = Path("/usr/lib/rabbitmq/bin") / name
    return str(own) if own.exists() else name


def make(name: str, var: Path) -> Folder | Redis | Rabbit:
    """A broker by its name on the command line."""
    kinds: dict[str, type[Folder | Redis | Rabbit]] = {"filesystem": Folder, "redis": Redis, "rabbitmq": Rabbit}
    return kinds[name](var)
