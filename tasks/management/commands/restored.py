"""After a backup was restored, before anything else starts: nothing that has left leaves again."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from tasks import journal
from tasks.enums import MessageState
from tasks.models import Message
from tasks.models.lease import LIVE

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """``manage.py restored FILE… [--cancel-rest]``."""

    help = "Mark as sent what the journals say has left since the backup; --cancel-rest when a journal is lost."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("journals", nargs="*", type=Path, help="MAILLAGE_VAR/journal/*.jsonl of every machine.")
        parser.add_argument("--cancel-rest", action="store_true", help="Cancel every mail that has not left.")

    def handle(self, *args: object, journals: list[Path], cancel_rest: bool, **options: object) -> None:
        """Replay."""
        missing = [str(path) for path in journals if not path.is_file()]
        if missing:
            raise CommandError(f"No such journal: {', '.join(missing)}")
        if not journals and not cancel_rest:
            raise CommandError("Give the journals, or --cancel-rest if they are lost.")
        marked, added = journal.replay(chain.from_iterable(map(journal.read, journals)))
        self.stdout.write(f"marked {marked} mails as sent, added {added} that the backup did not know")
        if cancel_rest:
            rest = Message.objects.filter(state__in=LIVE)
            count = rest.update(state=MessageState.CANCELLED, ended_at=timezone.now(), last_error="restored")
            self.stdout.write(f"cancelled {count} mails")
