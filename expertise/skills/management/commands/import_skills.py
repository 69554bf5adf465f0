"""``manage.py import_skills FILE``: read a taxonomy into the network's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from expertise.skills.importing.files import Summary, import_skills
from maillage.core.jsonl import UnreadableFileError, count_lines

if TYPE_CHECKING:
    from argparse import ArgumentParser

SHOWN_BAD_ROWS = 20


class Command(BaseCommand):
    """Import skills from a JSONL file; repeat it as often as you like."""

    help = "Import skills from a JSONL file (ESCO, gc_talent, inclusion_fr, or your own). Idempotent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, its source, and which rows of it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="", help="name of the taxonomy; default: from the file's name")
        rows = parser.add_mutually_exclusive_group()
        rows.add_argument("--all", action="store_true", help="every row (ESCO's default: digital and transversal)")
        rows.add_argument(
            "--only",
            action="append",
            metavar="GROUP",
            help="digital, or a value of reuse, type, vocabulary, broader or id; may be repeated",
        )
        parser.add_argument("--replace", action="store_true", help="the file's words win over those in the database")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401  Django's signature
        """Read, write, say what happened."""
        try:
            total = count_lines(options["file"])
            with tqdm(total=total, unit="ligne", disable=None) as bar:
                summary = import_skills(
                    path=options["file"],
                    now=timezone.now(),
                    source=options["source"],
                    only=() if options["all"] else options["only"],
                    replaces=options["replace"],
                    progress=bar.update,
                )
        except UnreadableFileError as error:
            raise CommandError(f"{options['file']}: {error.message}") from error
        self._say(summary)

    def _say(self, summary: Summary) -> None:
        tally = summary.tally
        self.stdout.write(
            _(
                "Compétences (%(source)s)\u00a0: %(read)d lignes lues, %(created)d créées, %(changed)d complétées, "
                "%(unchanged)d déjà là, %(linked)d rattachées, %(left_out)d laissées de côté, %(bad)d refusées."
            )
            % {
                "source": summary.source,
                "read": summary.read,
                "created": tally.created,
                "changed": tally.changed,
                "unchanged": tally.unchanged + tally.merged,
                "linked": tally.linked,
                "left_out": summary.left_out,
                "bad": len(summary.bad),
            }
        )
        for line, reason in summary.reasons()[:SHOWN_BAD_ROWS]:
            self.stderr.write(_("Ligne %(line)d\u00a0: %(reason)s") % {"line": line, "reason": reason})
        if len(summary.bad) > SHOWN_BAD_ROWS:
            self.stderr.write(
                _("… et %(count)d autres lignes refusées.") % {"count": len(summary.bad) - SHOWN_BAD_ROWS}
            )
