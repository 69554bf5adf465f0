"""``manage.py catalogues``: bring message catalogues up to date, check them, compile them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError

from maillage.core import catalogues

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Update by default; ``--check`` writes nothing and fails on any difference or missing translation."""

    help = "Update, check or compile the message catalogues."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options."""
        parser.add_argument("--check", action="store_true", help="write nothing; fail if anything is missing or stale")
        parser.add_argument("--compile", action="store_true", help="only compile .po files into .mo")

    def handle(self, *, check: bool, compile: bool, **options: object) -> None:  # noqa: A002  option's name
        """Do it for every room and language."""
        if not compile:
            faults = [fault for room in catalogues.rooms() for fault in self._room(room, check=check)]
            if faults and check:
                raise CommandError("\n".join(faults))
            for fault in faults:
                self.stdout.write(fault)
        if not check:
            self.stdout.write(f"{catalogues.compile_all()} catalogues compiled")

    def _room(self, room: catalogues.Room, *, check: bool) -> list[str]:
        faults = []
        for lang in catalogues.LANGUAGES:
            catalog = catalogues.updated(room, lang)
            if not len(catalog):
                continue
            path = room.catalogue(lang)
            content = catalogues.written(catalog)
            if not path.exists() or path.read_bytes() != content:
                if check:
                    faults.append(f"{path}: run manage.py catalogues")
                else:
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_bytes(content)
            faults += [f"{path}: not translated: {message}" for message in catalogues.missing(catalog)]
        return faults
