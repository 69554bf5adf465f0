"""The skills that a need or an organization can name: their words, their relations, what was taught."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from expertise.matching.lessons import Lessons
from expertise.matching.lexicon import Lexicon
from expertise.matching.profiles import Example, SkillLabel

FORMAT: Final = 1
"""Raised when the analysis or the arithmetic changes: what was cached before no longer compares."""
MAX_DEPTH: Final = 4
"""How many steps of `broader` still mean the same trade."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """An immutable, indexed taxonomy; build it once and share it.

    Attributes:
        labels: The skills, by id in ascending order; a skill's row is its rank here.
        rows: Skill id to row.
        lexicon: The words of the skills.
        lessons: What tagged examples taught, None without examples.
        version: Changes with the content, the examples and the format.
    """

    labels: tuple[SkillLabel, ...]
    rows: Mapping[int, int]
    narrower_ids: Mapping[int, tuple[int, ...]]
    lexicon: Lexicon
    lessons: Lessons | None
    version: str

    @classmethod
    def build(cls, labels: Iterable[SkillLabel], examples: Iterable[Example] = ()) -> "Vocabulary":
        """Index `labels`; of several with one id the last counts. A cycle in `broader` does no harm."""
        unique = {label.skill_id: label for label in labels}
        ordered = tuple(unique[skill_id] for skill_id in sorted(unique))
        taught = tuple(examples)
        digest = hashlib.sha256(repr((FORMAT, ordered, [_key(example) for example in taught])).encode())
        rows = {label.skill_id: row for row, label in enumerate(ordered)}
        return cls.of(ordered, Lexicon.of(ordered), Lessons.of(taught, rows), version=digest.hexdigest()[:16])

    @classmethod
    def of(
        cls, labels: tuple[SkillLabel, ...], lexicon: Lexicon, lessons: Lessons | None, *, version: str
    ) -> "Vocabulary":
        """Relate skills, by id in ascending order, whose words were counted and whose lessons were learned."""
        rows = {label.skill_id: row for row, label in enumerate(labels)}
        narrower: dict[int, list[int]] = {}
        for label in labels:
            if label.broader_id in rows and label.broader_id != label.skill_id:
                narrower.setdefault(label.broader_id, []).append(label.skill_id)
        narrower_ids = {skill_id: tuple(ids) for skill_id, ids in narrower.items()}
        return cls(labels, rows, narrower_ids, lexicon, lessons, version)

    def broader_of(self, skill_id: int) -> tuple[int, ...]:
        """Return the wider skills, nearest first, at most four steps up, each once."""
        found: dict[int, None] = {skill_id: None}
        current = self._broader_id(skill_id)
        while current is not None and current not in found and len(found) <= MAX_DEPTH:
            found[current] = None
            current = self._broader_id(current)
        return tuple(found)[1:]

    def narrower_of(self, skill_id: int) -> tuple[int, ...]:
        """Return the skills below, nearest first, at most four steps down, each once."""
        found: dict[int, None] = {skill_id: None}
        level: tuple[int, ...] = (skill_id,)
        for _ in range(MAX_DEPTH):
            level = tuple(below for above in level for below in self.narrower_ids.get(above, ()) if below not in found)
            found.update(dict.fromkeys(level))
        return tuple(found)[1:]

    def _broader_id(self, skill_id: int) -> int | None:
        row = self.rows.get(skill_id)
        broader_id = None if row is None else self.labels[row].broader_id
        return broader_id if broader_id in self.rows else None


def _key(example: Example) -> tuple[str, str, list[int]]:
    return example.text, example.lang, sorted(example.skill_ids)
