"""One import file from its first line to its summary: rehearsed first, then written, with the same code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.utils import timezone

from expertise.organizations.importing.cells import BAD_CELLS, BadRowError, imported_of
from expertise.organizations.importing.places import imported_of_place, is_place
from expertise.organizations.importing.skills import SkillFinder
from expertise.organizations.importing.tables import FileRefusedError, read_table
from expertise.organizations.importing.writing import BATCH, OrganizationWriter, Tally
from maillage.core.jsonl import UnreadableFileError, count_lines, read_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime
    from pathlib import Path

    from expertise.organizations.importing.facts import Imported
    from maillage.core.permissions import Actor

    Rows = Iterator[tuple[int, "Imported | BadRowError"]]

MAX_BAD_ROWS: Final = 1000
PREVIEWED: Final = 5
JSONL_CODES: Final = {"truncated": "broken", "not_jsonl": "not_table", "encoding": "encoding", "empty": "empty"}


@dataclass
class Summary:
    """What an import did, or would do. ``bad``: (line, faults), at most a thousand; ``first``: the first good rows."""

    tally: Tally
    read: int = 0
    bad_count: int = 0
    unknown_skills: int = 0
    bad: list[tuple[int, BadRowError]] = field(default_factory=list)
    first: list[Imported] = field(default_factory=list)

    @property
    def good_count(self) -> int:
        """Rows that are organizations."""
        return self.read - self.bad_count

    @property
    def to_write(self) -> int:
        """Rows that change something."""
        return self.tally.created + self.tally.changed

    def reasons(self) -> list[tuple[int, str]]:
        """Bad rows by line, each with all its reasons, in the reader's language."""
        return [
            (line, "; ".join(str(BAD_CELLS[code]) % data for code, data in error.faults)) for line, error in self.bad
        ]


def import_organizations(
    *,
    path: Path,
    source: str,
    now: datetime,
    actor: Actor | None = None,
    as_members: bool = False,
    is_rehearsal: bool = False,
    limit: int | None = None,
    progress: Callable[[int], object] = lambda rows: None,
) -> Summary:
    """Read a file of organizations; safe to repeat. Rows are held a batch at a time, whatever the file's length.

    Args:
        path: CSV, XLSX (``docs/import-organizations.md``) or JSONL of the public data files.
        source: name of the list, part of the identity of its organizations.
        now: the moment of the import.
        actor: who imports.
        as_members: test data only: verified, with an address under example.org.
        is_rehearsal: count and check, write nothing.
        limit: refuse a file with more rows than this.
        progress: told after each batch how many rows were read.

    Raises:
        FileRefusedError: the file is not what it says; nothing was written unless it broke in the middle.
    """
    writer = OrganizationWriter(source=source, now=now, actor=actor, as_members=as_members, is_rehearsal=is_rehearsal)
    summary = Summary(tally=writer.tally)
    for batch, count in _batches(_rows(path, summary, timezone.localdate(now)), summary):
        if limit is not None and summary.read > limit:
            raise FileRefusedError("too_many", limit=limit)
        writer.write(batch)
        progress(count)
    return summary


def _batches(rows: Rows, summary: Summary) -> Iterator[tuple[list[Imported], int]]:
    """Good rows, at most ``BATCH`` at a time, each with how many rows were read for it; bad ones into the summary."""
    seen: set[str] = set()
    batch: list[Imported] = []
    before = 0
    for line, row in rows:
        summary.read += 1
        _sort(line, row, summary, seen, batch)
        if len(batch) == BATCH:
            yield batch, summary.read - before
            batch, before = [], summary.read
    yield batch, summary.read - before


def _sort(line: int, row: Imported | BadRowError, summary: Summary, seen: set[str], batch: list[Imported]) -> None:
    """A good row into the batch, a bad one into the summary."""
    if not isinstance(row, BadRowError) and row.source_id in seen:
        row = BadRowError([("repeated", {})])
    if isinstance(row, BadRowError):
        summary.bad_count += 1
        if len(summary.bad) < MAX_BAD_ROWS:
            summary.bad.append((line, row))
        return
    seen.add(row.source_id)
    batch.append(row)
    if len(summary.first) < PREVIEWED:
        summary.first.append(row)


def _rows(path: Path, summary: Summary, today: date) -> Rows:
    is_jsonl = path.suffix.lower() in (".jsonl", ".ndjson")
    return _jsonl_rows(path, summary) if is_jsonl else _table_rows(path, today)


def _table_rows(path: Path, today: date) -> Rows:
    skills = SkillFinder()
    for row in read_table(path):
        try:
            yield row.line, imported_of(row.values, skills, today)
        except BadRowError as error:
            yield row.line, error


def _jsonl_rows(path: Path, summary: Summary) -> Rows:
    skills = SkillFinder()
    try:
        count_lines(path)
        for line in read_lines(path):
            if line.data is None or not is_place(line.data):
                yield line.number, BadRowError([("not_object", {})])
                continue
            try:
                imported, unknown = imported_of_place(line.data, skills)
            except BadRowError as error:
                yield line.number, error
                continue
            summary.unknown_skills += unknown
            yield line.number, imported
    except UnreadableFileError as error:
        raise FileRefusedError(JSONL_CODES.get(error.code, error.code), line=error.line) from error
