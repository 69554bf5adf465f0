"""Reads of the taxonomy as other rooms need it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.db.models import Case, Count, IntegerField, Max, Min, Value, When

from expertise.matching.kept import Kept
from expertise.matching.profiles import SkillLabel
from expertise.matching.storing import pack_vocabulary, unpack_vocabulary
from expertise.matching.vocabulary import Vocabulary
from expertise.skills.folded import folded
from expertise.skills.models import Skill, SkillForm
from maillage.core.folding import split_words

if TYPE_CHECKING:
    from maillage.core.permissions import Actor

MAX_PARTS = 6

# One vocabulary for all processes: building 1,600 concepts takes 1.7 s, mapping them 0.05 s.
_kept: Kept[Vocabulary] = Kept("vocabulary.arrays", pack=pack_vocabulary, unpack=unpack_vocabulary)

FIELDS = (
    "pk", "name", "name_en", "synonyms_fr", "synonyms_en", "description_fr", "description_en", "broader_id",
)  # fmt: skip


def vocabulary_version() -> str:
    """Changes whenever an active skill comes, goes or changes; one query over two indexed columns."""
    found = Skill.objects.active().aggregate(count=Count("pk"), last=Max("updated_at"), highest=Max("pk"))
    return f"{found['count']}:{found['highest']}:{found['last'].isoformat() if found['last'] else ''}"


def vocabulary() -> Vocabulary:
    """The matching vocabulary of all active skills, built again only when one of them changed."""
    stamp = f"{connection.settings_dict['NAME']}:{vocabulary_version()}"
    return _kept.get(stamp, lambda _before: Vocabulary.build(skill_labels()), settings.MATCHING_FOLDER)


def forget_vocabulary() -> None:
    """Build anew at the next call: for tests, where a rolled back database may repeat a version."""
    _kept.forget()


def skill_labels() -> list[SkillLabel]:
    """The words of all active skills, by id."""
    rows = Skill.objects.active().order_by("pk").values_list(*FIELDS)
    return [
        SkillLabel(
            skill_id=pk,
            fr=name,
            en=name_en,
            fr_synonyms=tuple(synonyms_fr),
            en_synonyms=tuple(synonyms_en),
            fr_description=description_fr,
            en_description=description_en,
            broader_id=broader_id,
        )
        for pk, name, name_en, synonyms_fr, synonyms_en, description_fr, description_en, broader_id in rows
    ]


def skill_named(label: str, actor: Actor) -> Skill | None:
    """The skill that the actor may use under this label or synonym, whatever its accents; active ones first."""
    named = Skill.objects.visible_to(actor).filter(forms__folded=folded(label))
    return named.order_by("state", "forms__kind", "pk").first()


def find_skills(words: str, actor: Actor, limit: int) -> list[Skill]:
    """Skills with a name or synonym that holds every word, whatever its accents; whole names first, then by name."""
    parts = split_words(words)[:MAX_PARTS]
    if not parts:
        return []
    forms = SkillForm.objects.all()
    for part in parts:
        forms = forms.filter(folded__contains=part)
    whole = folded(words)
    rank = Case(When(forms__folded=whole, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = Skill.objects.visible_to(actor).filter(pk__in=forms.values("skill"))
    # One row a form: the least rank of a skill is its own.
    return list(found.annotate(rank=Min(rank)).order_by("rank", "name", "pk")[:limit])
