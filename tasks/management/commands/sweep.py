"""Announce what is due, once, or again and again: for cron, and where beat does not run."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand
from django.utils import timezone

from tasks.sweep import sweep

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """``manage.py sweep [--every SECONDS]``."""

    help = "Announce due jobs and mails to the workers. Safe to run several at once, beside beat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--every", type=float, default=0.0, metavar="SECONDS", help="Go on until stopped.")

    def handle(self, *args: object, **options: float) -> None:
        """Sweep."""
        while True:
            self.stdout.write(f"announced {sweep(now=timezone.now())}")
            if not options["every"]:
                return
            time.sleep(options["every"])
