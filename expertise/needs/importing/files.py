"""One file of needs from its first line to its summary."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from expertise.needs.importing.rows import BAD_NEEDS, BadNeedError, ImportedNeed, need_of
from expertise.needs.importing.writing import BATCH, NeedWriter, Tally
from expertise.organizations.models import Organization
from maillage.core.jsonl import BAD_ROWS, count_lines, read_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path

    from maillage.core.jsonl import Line

Numbered = tuple[int, ImportedNeed]


@dataclass
class Summary:
    """What an import of needs did, read and refused; ``bad`` holds (line, reason code)."""

    source: str
    tally: Tally
    read: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)

    def reasons(self) -> list[tuple[int, str]]:
        """Bad rows by line and reason, in the reader's language."""
        return [(line, str({**BAD_ROWS, **BAD_NEEDS}[code])) for line, code in sorted(self.bad)]


def import_needs(
    *,
    path: Path,
    now: datetime,
    source: str = "",
    is_published: bool = False,
    progress: Callable[[int], object] = lambda lines: None,
) -> Summary:
    """Read a file of needs; safe to repeat: identity is (source, id), what was published stays as it is.

    Args:
        path: a JSONL file, see ``docs/import-needs.md``.
        now: the moment of the import.
        source: name of the source; empty: the file's name.
        is_published: open each new need; else they wait as drafts.
        progress: told after each batch how many lines were read.

    Raises:
        UnreadableFileError: the file is refused before anything is written.
    """
    count_lines(path)
    source = (source or path.stem)[:60]
    writer = NeedWriter(source=source, now=now, is_published=is_published)
    summary = Summary(source=source, tally=writer.tally)
    for batch, lines in _batches(read_lines(path), summary):
        writer.write(list(_with_organizations(batch, summary)))
        progress(lines)
    return summary


def _batches(lines: Iterator[Line], summary: Summary) -> Iterator[tuple[list[Numbered], int]]:
    seen: set[str] = set()
    batch: list[Numbered] = []
    count = 0
    for line in lines:
        summary.read += 1
        count += 1
        need = _need(line, summary)
        if need is not None and need.source_id in seen:
            summary.bad.append((line.number, "repeated"))
        elif need is not None:
            seen.add(need.source_id)
            batch.append((line.number, need))
        if len(batch) == BATCH:
            yield batch, count
            batch, count = [], 0
    yield batch, count


def _need(line: Line, summary: Summary) -> ImportedNeed | None:
    if line.data is None:
        summary.bad.append((line.number, line.reason))
        return None
    try:
        return need_of(line.data)
    except BadNeedError as error:
        summary.bad.append((line.number, error.code))
        return None


def _with_organizations(batch: list[Numbered], summary: Summary) -> Iterator[tuple[ImportedNeed, Organization | None]]:
    """Rows with the organization that they name; a name that nobody has makes a bad row."""
    slugs = {need.organization for _number, need in batch if need.organization}
    known = {found.slug: found for found in Organization.objects.filter(slug__in=slugs)}
    for number, need in batch:
        if need.organization and need.organization not in known:
            summary.bad.append((number, "organization"))
        else:
            yield need, known.get(need.organization)
