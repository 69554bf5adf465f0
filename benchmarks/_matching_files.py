"""The files of the matching benchmarks: strings for ids outside, integers inside."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from expertise.matching import Example, SkillLabel

Row = dict[str, Any]


class Numbers:
    """Gives each id of a file a number, in order of appearance, and gives the id back."""

    def __init__(self, ids: Iterable[Any]) -> None:
        """Number `ids`, each once."""
        self.ids = list(dict.fromkeys(ids))
        self._numbers: dict[object, int] = {one: number for number, one in enumerate(self.ids)}

    def __len__(self) -> int:
        """How many there are."""
        return len(self.ids)

    def known(self, ids: Iterable[Any]) -> frozenset[int]:
        """Return the numbers of those `ids` that have one."""
        return frozenset(self._numbers[one] for one in ids if one in self._numbers)

    def of(self, one: object) -> int:
        """Return the number of an id.

        Raises:
            KeyError: It was not numbered.
        """
        return self._numbers[one]


def read_rows(path: Path) -> list[Row]:
    """Read a JSONL file; empty lines are skipped."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def write_rows(path: Path, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write a JSONL file and return how many rows it has."""
    count = 0
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    return count


def read_skills(rows: list[Row]) -> tuple[Numbers, list[SkillLabel]]:
    """Return the numbers of the skills and the skills; a `broader` that is not a row is left out."""
    numbers = Numbers(row["id"] for row in rows)
    return numbers, [_skill(row, numbers) for row in rows]


def _skill(row: Row, numbers: Numbers) -> SkillLabel:
    broader = row.get("broader") or []
    above = sorted(numbers.known([broader] if isinstance(broader, str | int) else broader))
    return SkillLabel(
        skill_id=numbers.of(row["id"]),
        fr=row.get("fr", ""),
        en=row.get("en", ""),
        fr_synonyms=tuple(row.get("fr_synonyms", ())),
        en_synonyms=tuple(row.get("en_synonyms", ())),
        fr_description=row.get("fr_description", ""),
        en_description=row.get("en_description", ""),
        broader_id=above[0] if above else None,
    )


def read_examples(path: Path | None, skills: Numbers) -> list[Example]:
    """Return the tagged texts of `path`, none without a path."""
    if path is None:
        return []
    return [Example(row["text"], row.get("lang", "fr"), skills.known(row["skills"])) for row in read_rows(path)]


def with_progress(rows: list[Row], what: str) -> Iterator[Row]:
    """Yield `rows`, telling on the standard error how far they are, twenty times at most."""
    step = max(len(rows) // 20, 1)
    for done, row in enumerate(rows, start=1):
        yield row
        if done % step == 0 or done == len(rows):
            print(f"{done}/{len(rows)} {what}", file=sys.stderr)
