"""Personal data of skills: there is none; the proposer is an account."""

from __future__ import annotations

from expertise.skills.models import Skill, SkillForm
from members.personal_data import declare_impersonal

declare_impersonal(
    Skill,
    *("name", "slug", "name_en", "synonyms_fr", "synonyms_en", "description_fr", "description_en"),
    *("source", "source_id", "uri", "state"),
    because="about a skill",
)
declare_impersonal(SkillForm, "lang", "kind", "folded", because="about a skill")
