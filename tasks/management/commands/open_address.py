"""Write to an address again that a bounce or a complaint had closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from tasks import suppressions

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """``manage.py open_address ADDRESS``."""

    help = "Open a closed address again, once its owner has said that it works."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("address")

    def handle(self, *args: object, address: str, **options: object) -> None:
        """Open it."""
        if not suppressions.open_again(address=address):
            raise CommandError("This address is not closed.")
        self.stdout.write("open")
