"""``manage.py import_organizations FILE``: a list of organizations, unclaimed until they say « C’est nous »."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from expertise.organizations.importing.files import Summary, import_organizations
from expertise.organizations.importing.tables import FileRefusedError

if TYPE_CHECKING:
    from argparse import ArgumentParser

SHOWN_BAD_ROWS = 20


class Command(BaseCommand):
    """Import organizations from CSV, XLSX or JSONL; repeat it as often as you like."""

    help = "Import organizations from a CSV, XLSX or JSONL file (docs/import-organizations.md). Idempotent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, the name of the list, and how to import it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", default="", help="name of the list; default: the file's name")
        parser.add_argument("--dry-run", action="store_true", help="check and count, write nothing")
        parser.add_argument(
            "--as-members",
            action="store_true",
            help="TEST DATA ONLY: verified at once, with a shared address under example.org",
        )
        parser.add_argument("--bad-rows-stop", action="store_true", help="write nothing when any row is bad")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401  Django's signature
        """Rehearse, then write, so that a file that breaks in the middle leaves nothing behind."""
        path = options["file"]
        common = {"path": path, "source": options["source"] or path.stem, "as_members": options["as_members"]}
        try:
            with tqdm(unit="ligne", disable=None, desc=_("vérification")) as bar:
                summary = import_organizations(**common, now=timezone.now(), is_rehearsal=True, progress=bar.update)
            is_stopped = options["bad_rows_stop"] and summary.bad_count
            if not options["dry_run"] and not is_stopped:
                with tqdm(total=summary.read, unit="ligne", disable=None) as bar:
                    summary = import_organizations(**common, now=timezone.now(), progress=bar.update)
        except FileRefusedError as error:
            raise CommandError(f"{path}: {error.message}") from error
        self._say(summary)
        if is_stopped:
            raise CommandError(_("Rien n’a été écrit\u00a0: corrigez ces lignes, puis recommencez."))

    def _say(self, summary: Summary) -> None:
        tally = summary.tally
        self.stdout.write(
            _(
                "Organismes\u00a0: %(read)d lignes lues, %(created)d créés, %(changed)d mis à jour, "
                "%(unchanged)d inchangés, %(kept)d laissés à leurs responsables, %(known)d déjà inscrits, "
                "%(removed)d retirés à leur demande, %(bad)d lignes refusées."
            )
            % {
                "read": summary.read,
                "created": tally.created,
                "changed": tally.changed,
                "unchanged": tally.unchanged,
                "kept": tally.claimed,
                "known": tally.known,
                "removed": tally.removed,
                "bad": summary.bad_count,
            }
        )
        if summary.unknown_skills:
            self.stderr.write(
                _("%(count)d codes de compétences sont inconnus\u00a0: importez d’abord leur référentiel.")
                % {"count": summary.unknown_skills}
            )
        for line, reason in summary.reasons()[:SHOWN_BAD_ROWS]:
            self.stderr.write(_("Ligne %(line)d\u00a0: %(reason)s") % {"line": line, "reason": reason})
        others = summary.bad_count - SHOWN_BAD_ROWS
        if others > 0:
            self.stderr.write(_("… et %(count)d autres lignes refusées.") % {"count": others})
