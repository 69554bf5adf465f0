"""One taxonomy file from its first line to its summary."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from expertise.skills.importing.choosing import ESCO_DEFAULT, is_wanted, source_of
from expertise.skills.importing.concepts import BAD_CONCEPTS, BadConceptError, Concept, concept_of
from expertise.skills.importing.writing import BATCH, SkillWriter, Tally
from maillage.core.jsonl import BAD_ROWS, Line, count_lines, read_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import datetime
    from pathlib import Path


@dataclass
class Summary:
    """What an import of skills did, read and refused; ``bad`` holds (line, reason code)."""

    source: str
    tally: Tally
    read: int = 0
    left_out: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)

    def reasons(self) -> list[tuple[int, str]]:
        """Bad rows by line and reason, in the reader's language."""
        return [(line, str({**BAD_ROWS, **BAD_CONCEPTS}[code])) for line, code in self.bad]


def import_skills(
    *,
    path: Path,
    now: datetime,
    source: str = "",
    only: Collection[str] | None = None,
    replaces: bool = False,
    progress: Callable[[int], object] = lambda lines: None,
) -> Summary:
    """Read a taxonomy file; safe to repeat: nothing is doubled, and what editors wrote stays.

    Args:
        path: a JSONL file, see ``docs/import-skills.md``.
        now: the moment of the import.
        source: name of the taxonomy; empty: from the file's name.
        only: groups of rows to take; None: ESCO's digital and transversal rows, all rows of others; empty: all.
        replaces: the file's words win over those in the database.
        progress: told after each batch how many lines were read.

    Raises:
        UnreadableFileError: the file is refused before anything is written.
    """
    count_lines(path)
    source = source or source_of(path.name)
    groups = (ESCO_DEFAULT if source == "esco" else ()) if only is None else only
    writer = SkillWriter(source=source, now=now, replaces=replaces)
    summary = Summary(source=source, tally=writer.tally)
    for batch, lines in _batches(read_lines(path), summary, groups):
        writer.write(batch)
        progress(lines)
    writer.link()
    return summary


def _batches(lines: Iterator[Line], summary: Summary, groups: Collection[str]) -> Iterator[tuple[list[Concept], int]]:
    seen: set[str] = set()
    batch: list[Concept] = []
    count = 0
    for line in lines:
        summary.read += 1
        count += 1
        concept = _concept(line, summary, groups)
        if concept is not None and concept.source_id in seen:
            summary.bad.append((line.number, "repeated"))
        elif concept is not None:
            seen.add(concept.source_id)
            batch.append(concept)
        if len(batch) == BATCH:
            yield batch, count
            batch, count = [], 0
    yield batch, count


def _concept(line: Line, summary: Summary, groups: Collection[str]) -> Concept | None:
    if line.data is None:
        summary.bad.append((line.number, line.reason))
        return None
    if not is_wanted(line.data, groups):
        summary.left_out += 1
        return None
    try:
        return concept_of(line.data, summary.source)
    except BadConceptError as error:
        summary.bad.append((line.number, error.code))
        return None
