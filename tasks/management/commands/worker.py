"""Start a worker: processes that run due jobs and send due mails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand

from tasks.celery import app

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """``manage.py worker [--processes N]``."""

    help = "Run due jobs and send due mails, in N processes. Stop with SIGTERM: rows under way are finished first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--processes", type=int, default=2, help="Rows run at once (2).")
        parser.add_argument(
            "--name", default="worker@%h", help="Name in the logs; give each worker of a machine its own."
        )

    def handle(self, *args: object, **options: object) -> None:
        """Hand over to Celery."""
        app.worker_main(
            [
                "worker",
                "--pool=prefork",
                f"--concurrency={options['processes']}",
                f"--hostname={options['name']}",
                "--without-gossip",
                "--without-mingle",
                "--without-heartbeat",
                "--loglevel=WARNING",
            ]
        )
