"""``manage.py import_needs FILE``: read help requests from a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from expertise.needs.importing.files import Summary, import_needs
from maillage.core.jsonl import UnreadableFileError, count_lines

if TYPE_CHECKING:
    from argparse import ArgumentParser

SHOWN_BAD_ROWS = 20


class Command(BaseCommand):
    """Import needs from a JSONL file; repeat it as often as you like."""

    help = "Import needs from a JSONL file, as drafts (or open, with --publish). Idempotent. See docs/import-needs.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, its source, and whether its needs are opened."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="", help="name of the source; default: the file's name")
        parser.add_argument("--publish", action="store_true", help="open every new need: organizations will be asked")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401  Django's signature
        """Read, write, say what happened."""
        try:
            total = count_lines(options["file"])
            with tqdm(total=total, unit="ligne", disable=None) as bar:
                summary = import_needs(
                    path=options["file"],
                    now=timezone.now(),
                    source=options["source"],
                    is_published=options["publish"],
                    progress=bar.update,
                )
        except UnreadableFileError as error:
            raise CommandError(f"{options['file']}: {error.message}") from error
        self._say(summary)

    def _say(self, summary: Summary) -> None:
        tally = summary.tally
        self.stdout.write(
            _(
                "Demandes (%(source)s)\u00a0: %(read)d lignes lues, %(created)d créées, %(changed)d changées, "
                "%(unchanged)d déjà là, %(left)d déjà publiées, %(published)d publiées maintenant, %(bad)d refusées."
            )
            % {"source": summary.source, "read": summary.read, "bad": len(summary.bad), **vars(tally)}
        )
        for line, reason in summary.reasons()[:SHOWN_BAD_ROWS]:
            self.stderr.write(_("Ligne %(line)d\u00a0: %(reason)s") % {"line": line, "reason": reason})
        if len(summary.bad) > SHOWN_BAD_ROWS:
            self.stderr.write(
                _("… et %(count)d autres lignes refusées.") % {"count": len(summary.bad) - SHOWN_BAD_ROWS}
            )
