"""The folded forms of skills: what a typed word is compared with, kept beside the labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from expertise.skills.enums import FormKind
from expertise.skills.models import SkillForm
from maillage.core.enums import Language
from maillage.core.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from expertise.skills.models import Skill

MAX_FORM = 255
BATCH = 1000


def folded(text: str) -> str:
    """One form as it is stored: folded, single spaces, at most 255 characters."""
    return " ".join(fold(text).split())[:MAX_FORM]


def forms_of(skill: Skill) -> list[SkillForm]:
    """Unsaved forms of one skill: its labels first, then its synonyms, each once per language."""
    forms: dict[tuple[str, str], SkillForm] = {}
    for lang, label, synonyms in (
        (Language.FRENCH, skill.name, skill.synonyms_fr),
        (Language.ENGLISH, skill.name_en, skill.synonyms_en),
    ):
        for kind, words in ((FormKind.LABEL, [label]), (FormKind.SYNONYM, synonyms)):
            for text in map(folded, words):
                if text and (lang, text) not in forms:
                    forms[lang, text] = SkillForm(skill=skill, lang=lang, kind=kind, folded=text)
    return list(forms.values())


def write_forms(skills: Iterable[Skill]) -> None:
    """Replace the stored forms of these skills, in the caller's transaction; merged skills keep none."""
    known = list(skills)
    SkillForm.objects.filter(skill__in=[skill.pk for skill in known]).delete()
    fresh = [form for skill in known if skill.merged_into_id is None for form in forms_of(skill)]
    SkillForm.objects.bulk_create(fresh, batch_size=BATCH)
