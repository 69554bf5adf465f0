"""Writing the taxonomy: propose, accept, change, merge."""

from __future__ import annotations

import unicodedata
import uuid
from typing import TYPE_CHECKING, Any, cast

from django.db import transaction
from taggit.models import ItemBase

from expertise.skills.enums import SkillState
from expertise.skills.folded import folded, write_forms
from expertise.skills.models import Skill
from expertise.skills.signals import skill_accepted, skill_changed, skill_merged, skill_proposed
from maillage.core import audit
from maillage.core.enums import Language
from maillage.core.slugs import free_slug, taken_slugs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from members.models import User

PROPOSED_SOURCE = "proposed"
FALLBACK_SLUG = "competence"
# Words that addresses of this room use themselves, in both languages.
RESERVED_SLUGS = frozenset({"proposer", "propositions", "propose", "proposals", "suggest", "suggestions"})
MAX_LABEL = 255
MAX_SYNONYMS = 60


class SkillError(Exception):
    """A change of the taxonomy that is refused; ``code`` says why."""

    code = "skill"


class LabelError(SkillError):
    """The label is empty, too long, or no words at all."""

    code = "label"


class WrongSkillStateError(SkillError):
    """The skill is not in a state that allows this."""

    code = "state"


class SelfMergeError(SkillError):
    """A skill cannot be merged into itself."""

    code = "self_merge"


def clean_label(label: str) -> str:
    """A label on one line, in composed letters.

    Raises:
        LabelError: it holds no letter or digit, or more than 255 characters.
    """
    composed = unicodedata.normalize("NFC", label)
    printable = "".join(" " if unicodedata.category(letter).startswith("C") else letter for letter in composed)
    cleaned = " ".join(printable.split())
    if len(cleaned) > MAX_LABEL or not any(letter.isalnum() for letter in cleaned):
        raise LabelError
    return cleaned


def propose_skill(*, label: str, lang: str, actor: User, now: datetime) -> Skill:
    """A skill for what a member wrote: the one that already has this name, or a new proposal of theirs.

    A proposal works at once for its proposer; editors accept or merge it.

    Raises:
        LabelError: the label is not usable.
    """
    cleaned = clean_label(label)
    with transaction.atomic():
        known = Skill.objects.visible_to(actor).filter(forms__folded=folded(cleaned)).order_by("state", "pk").first()
        if known is not None:
            return known
        skill = Skill.objects.create(
            name=cleaned,
            name_en=cleaned if lang == Language.ENGLISH else "",
            slug=slug_for(cleaned),
            source=PROPOSED_SOURCE,
            source_id=uuid.uuid4().hex,
            state=SkillState.PROPOSED,
            proposed_by=actor,
            proposed_at=now,
        )
        write_forms([skill])
        _tell(skill_proposed, "skill.proposed", skill, now=now, actor=actor)
    return skill


def accept_skill(*, skill: Skill, actor: User, now: datetime) -> Skill:
    """Give a proposed skill to everyone.

    Raises:
        WrongSkillStateError: it is not proposed (any more).
    """
    with transaction.atomic():
        locked = _lock(skill)
        if locked.state != SkillState.PROPOSED:
            raise WrongSkillStateError
        locked.state = SkillState.ACTIVE
        locked.save()
        _tell(skill_accepted, "skill.accepted", locked, now=now, actor=actor)
    return locked


def change_skill(*, skill: Skill, actor: User, now: datetime, **fields: Any) -> Skill:  # noqa: ANN401  model fields
    """Write new labels, synonyms, descriptions or a broader skill; folded forms follow.

    Raises:
        LabelError: the French label is not usable.
        WrongSkillStateError: the skill is merged.
    """
    if "name" in fields:
        fields["name"] = clean_label(fields["name"])
    with transaction.atomic():
        locked = _lock(skill)
        if locked.state == SkillState.MERGED:
            raise WrongSkillStateError
        for name, value in fields.items():
            setattr(locked, name, value)
        locked.save()
        write_forms([locked])
        _tell(skill_changed, "skill.changed", locked, now=now, actor=actor, fields=sorted(fields))
    return locked


def merge_skill(*, skill: Skill, into: Skill, actor: User, now: datetime) -> Skill:
    """Let ``into`` stand for ``skill`` everywhere: whatever held one holds the other, once; its words lead there.

    Raises:
        SelfMergeError: both are the same.
        WrongSkillStateError: ``skill`` is merged already, or ``into`` is not active.
    """
    if skill.pk == into.pk:
        raise SelfMergeError
    with transaction.atomic():
        rows = {row.pk: row for row in Skill.objects.select_for_update().filter(pk__in=(skill.pk, into.pk))}
        old, kept = rows[skill.pk], rows[into.pk]
        if old.state == SkillState.MERGED or kept.state != SkillState.ACTIVE:
            raise WrongSkillStateError
        _move_tags(old, kept)
        _move_relations(old, kept)
        kept.synonyms_fr = _united(kept.name, kept.synonyms_fr, [old.name, *old.synonyms_fr])
        kept.synonyms_en = _united(kept.name_en, kept.synonyms_en, [old.name_en, *old.synonyms_en])
        kept.save()
        old.state, old.merged_into, old.broader = SkillState.MERGED, kept, None
        old.save()
        write_forms([old, kept])
        _tell(skill_merged, "skill.merged", old, now=now, actor=actor, into=kept.pk)
        skill_changed.send(sender=Skill, pk=kept.pk, now=now)
    return kept


def slug_for(label: str) -> str:
    """A free address for a label."""
    taken = taken_slugs(Skill, label, FALLBACK_SLUG) | RESERVED_SLUGS
    return free_slug(label, fallback=FALLBACK_SLUG, taken=taken)


def _lock(skill: Skill) -> Skill:
    return Skill.objects.select_for_update().get(pk=skill.pk)


def _tell(signal: Any, verb: str, skill: Skill, *, now: datetime, actor: User, **data: object) -> None:  # noqa: ANN401
    audit.record(verb=verb, subject=skill, now=now, actor=actor, **data)
    signal.send(sender=Skill, pk=skill.pk, now=now)


def _united(label: str, synonyms: Iterable[str], more: Iterable[str]) -> list[str]:
    """Synonyms of both, each once whatever its accents, without the label itself."""
    seen = {folded(label)}
    united: list[str] = []
    for word in (*synonyms, *more):
        form = folded(word)
        if form and form not in seen:
            seen.add(form)
            united.append(word)
    return united[:MAX_SYNONYMS]


def _move_tags(old: Skill, kept: Skill) -> None:
    """Every through-row of every room. Rooms above are reached by their reverse relations, so none is forgotten.

    A row that would repeat is dropped, after the kept row ``absorb``s what it knows, when its model can.
    """
    for relation in Skill._meta.related_objects:
        through = relation.related_model
        if not (isinstance(through, type) and issubclass(through, ItemBase)):
            continue
        objects = cast("Any", through)._default_manager
        rows = objects.filter(**{relation.field.name: old})
        doubled = objects.filter(**{relation.field.name: kept}, content_object__in=rows.values("content_object"))
        kept_rows = {row.content_object_id: row for row in doubled}
        for row in rows.filter(content_object__in=list(kept_rows)):
            if hasattr(through, "absorb"):
                kept_rows[row.content_object_id].absorb(row)
            row.delete()
        rows.update(**{relation.field.name: kept})


def _move_relations(old: Skill, kept: Skill) -> None:
    """Narrower skills and earlier merges follow; a skill kept from below its old self moves up, so no circle forms."""
    ancestor, depth = kept.broader, 0
    while ancestor is not None and depth < MAX_SYNONYMS:
        if ancestor.pk == old.pk:
            kept.broader_id = old.broader_id if old.broader_id != kept.pk else None
            break
        ancestor, depth = ancestor.broader, depth + 1
    Skill.objects.filter(broader=old).exclude(pk=kept.pk).update(broader=kept)
    Skill.objects.filter(merged_into=old).update(merged_into=kept)
