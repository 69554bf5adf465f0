"""Skills of import files: by name for tables, by code for the referentials of places."""

from __future__ import annotations

from expertise.skills.enums import SkillState
from expertise.skills.folded import folded
from expertise.skills.models import Skill, SkillForm


class SkillFinder:
    """Finds active skills by label, synonym or code; every answer is remembered, good or bad."""

    def __init__(self) -> None:
        self._by_name: dict[str, int | None] = {}
        self._by_code: dict[str, dict[str, int]] = {}

    def named(self, label: str) -> int | None:
        """Id of the skill with this label or synonym in either language; labels come before synonyms."""
        key = folded(label)
        if key not in self._by_name:
            forms = SkillForm.objects.filter(folded=key, skill__state=SkillState.ACTIVE)
            self._by_name[key] = forms.order_by("kind", "skill").values_list("skill", flat=True).first()
        return self._by_name[key]

    def coded(self, source: str, code: str) -> int | None:
        """Id of the skill of a referential, or of the one that it was merged into."""
        if source not in self._by_code:
            rows = Skill.objects.filter(source=source).values_list("source_id", "merged_into", "pk")
            self._by_code[source] = {source_id: merged or pk for source_id, merged, pk in rows}
        return self._by_code[source].get(code)
