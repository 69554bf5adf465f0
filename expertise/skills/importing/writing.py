"""Writing concepts in batches: what is new is made, what exists keeps what editors wrote."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from expertise.skills.enums import SkillState
from expertise.skills.folded import folded, write_forms
from expertise.skills.models import Skill
from expertise.skills.services import FALLBACK_SLUG, MAX_SYNONYMS, RESERVED_SLUGS
from expertise.skills.signals import skills_imported
from maillage.core.slugs import free_slug

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.skills.importing.concepts import Concept

BATCH = 500
WRITTEN = ("name", "name_en", "synonyms_fr", "synonyms_en", "description_fr", "description_en", "uri", "updated_at")


@dataclass
class Tally:
    """What an import did."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    merged: int = 0
    linked: int = 0


@dataclass
class SkillWriter:
    """Writes the concepts of one source; ``replaces``: the file's words win over those in the database."""

    source: str
    now: datetime
    replaces: bool = False
    tally: Tally = field(default_factory=Tally)
    _slugs: set[str] = field(default_factory=set)
    _parents: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._slugs = {*Skill.objects.values_list("slug", flat=True), *RESERVED_SLUGS}

    def write(self, concepts: Sequence[Concept]) -> None:
        """Create or complete up to ``BATCH`` skills in one transaction."""
        known = self._known([concept.source_id for concept in concepts])
        created: list[Skill] = []
        changed: list[Skill] = []
        for concept in concepts:
            self._parents[concept.source_id] = concept.broader
            skill = known.get(concept.source_id)
            if skill is None:
                created.append(self._new(concept))
            elif skill.state == SkillState.MERGED:
                self.tally.merged += 1
            elif self._complete(skill, concept):
                changed.append(skill)
            else:
                self.tally.unchanged += 1
        with transaction.atomic():
            made = Skill.objects.bulk_create(created)
            Skill.objects.bulk_update(changed, WRITTEN)
            write_forms([*made, *changed])
            self._tell([*made, *changed])
        self.tally.created += len(made)
        self.tally.changed += len(changed)

    def link(self) -> None:
        """Set the broader skill of every concept written, once all are there: the first one that is known."""
        ids = list(self._parents)
        for start in range(0, len(ids), BATCH):
            children = self._known(ids[start : start + BATCH])
            wanted = {parent for child in children for parent in self._parents[child]}
            parents = self._known(sorted(wanted))
            moved = [skill for source_id, skill in children.items() if self._adopt(skill, source_id, parents)]
            with transaction.atomic():
                Skill.objects.bulk_update(moved, ("broader", "updated_at"))
                self._tell(moved)
            self.tally.linked += len(moved)

    def _known(self, source_ids: Sequence[str]) -> dict[str, Skill]:
        rows = Skill.objects.filter(source=self.source, source_id__in=source_ids)
        return {skill.source_id: skill for skill in rows}

    def _new(self, concept: Concept) -> Skill:
        slug = free_slug(concept.fr, fallback=FALLBACK_SLUG, taken=self._slugs)
        self._slugs.add(slug)
        return Skill(
            source=self.source,
            source_id=concept.source_id,
            slug=slug,
            name=concept.fr,
            name_en=concept.en,
            synonyms_fr=list(concept.fr_synonyms),
            synonyms_en=list(concept.en_synonyms),
            description_fr=concept.fr_description,
            description_en=concept.en_description,
            uri=concept.uri,
        )

    def _complete(self, skill: Skill, concept: Concept) -> bool:
        """Fill what is empty and add synonyms; with ``replaces`` the file's words take the place of ours."""
        before = [getattr(skill, name) for name in WRITTEN[:-1]]
        skill.name_en = self._kept(skill.name_en, concept.en)
        skill.name = self._kept(skill.name, concept.fr)
        skill.description_fr = self._kept(skill.description_fr, concept.fr_description)
        skill.description_en = self._kept(skill.description_en, concept.en_description)
        skill.uri = self._kept(skill.uri, concept.uri)
        skill.synonyms_fr = self._synonyms(skill.synonyms_fr, concept.fr_synonyms)
        skill.synonyms_en = self._synonyms(skill.synonyms_en, concept.en_synonyms)
        skill.updated_at = self.now
        return before != [getattr(skill, name) for name in WRITTEN[:-1]]

    def _kept(self, ours: str, theirs: str) -> str:
        return (theirs or ours) if self.replaces else (ours or theirs)

    def _synonyms(self, ours: list[str], theirs: Sequence[str]) -> list[str]:
        if self.replaces:
            return list(theirs) or ours
        seen = {folded(word) for word in ours}
        return [*ours, *(word for word in theirs if folded(word) not in seen)][: max(len(ours), MAX_SYNONYMS)]

    def _adopt(self, skill: Skill, source_id: str, parents: dict[str, Skill]) -> bool:
        """Give a skill without broader one its first known one; whether it changed."""
        if skill.state == SkillState.MERGED or (skill.broader_id is not None and not self.replaces):
            return False
        for wanted in self._parents[source_id]:
            parent = parents.get(wanted)
            if parent is not None and parent.state == SkillState.MERGED:
                parent = parent.merged_into
            if parent is not None and parent.pk not in (skill.pk, skill.broader_id) and parent.broader_id != skill.pk:
                skill.broader = parent
                skill.updated_at = self.now
                return True
        return False

    def _tell(self, skills: Sequence[Skill]) -> None:
        if skills:
            skills_imported.send(sender=Skill, pks=[skill.pk for skill in skills], now=self.now)
