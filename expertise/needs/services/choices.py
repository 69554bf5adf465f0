"""Which skills a need asks for, and whom its group does not want to be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from expertise.needs.enums import NeedState
from expertise.needs.models import Need, NeedExclusion, NeedSkill
from expertise.needs.services import transitions
from expertise.needs.services.errors import WrongStateError
from maillage.core import audit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from expertise.skills.models import Skill
    from maillage.core.permissions import Actor


@transaction.atomic
def set_need_skills(*, need: Need, skills: Collection[Skill], actor: Actor | None, now: datetime) -> Need:
    """Say which skills a need asks for; those already there keep how they came."""
    transitions.lock(need)
    kept = need.need_skills.filter(is_suggested=True).values_list("tag_id", flat=True)
    suggested = [skill for skill in skills if skill.pk in set(kept)]
    write_skills(need, skills, suggested)
    need.updated_at = now
    need.save(update_fields=["updated_at"])
    audit.record(verb="need.skills_set", subject=need, now=now, actor=actor, skills=sorted(s.pk for s in skills))
    return need


@transaction.atomic
def set_exclusions(*, need: Need, shown: Iterable[int], asked: Iterable[int], now: datetime) -> Need:
    """Keep those organizations from being asked that were shown with a tick and came back without.

    Args:
        need: a draft; other states keep what they have.
        shown: ids of the organizations that the page showed.
        asked: ids of those that were still ticked.
        now: when.

    Raises:
        WrongStateError: the need was already published.
    """
    transitions.lock(need)
    if need.state != NeedState.DRAFT:
        raise WrongStateError(state=need.state, verb="need.exclusions_set")
    shown, asked = set(shown), set(asked)
    need.exclusions.filter(organization_id__in=asked).delete()
    there = set(need.exclusions.values_list("organization_id", flat=True))
    NeedExclusion.objects.bulk_create(
        [NeedExclusion(need=need, organization_id=pk) for pk in sorted(shown - asked - there)]
    )
    need.updated_at = now
    need.save(update_fields=["updated_at"])
    return need


def write_skills(need: Need, skills: Collection[Skill], suggested: Collection[Skill]) -> None:
    """Make the rows of a locked need's skills what they should be."""
    wanted = {skill.pk: skill for skill in skills}
    from_text = {skill.pk for skill in suggested}
    need.need_skills.exclude(tag_id__in=wanted).delete()
    there = set(need.need_skills.values_list("tag_id", flat=True))
    NeedSkill.objects.bulk_create(
        [
            NeedSkill(content_object=need, tag=skill, is_suggested=pk in from_text)
            for pk, skill in wanted.items()
            if pk not in there
        ]
    )
