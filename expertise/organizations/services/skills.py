"""What an organization says it knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction

from expertise.organizations.models import Organization, OrganizationSkill
from expertise.organizations.services.errors import TooManyError, UnknownSkillError
from expertise.organizations.services.telling import lock, tell
from expertise.organizations.signals import organization_changed
from expertise.skills.enums import SkillState
from maillage.core.permissions import is_editor

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from expertise.skills.models import Skill
    from maillage.core.permissions import Actor

# « Places that tick every box » tell nothing: beyond this nobody keeps a list true.
MAX_SKILLS: Final = 200


@dataclass(frozen=True, slots=True)
class SkillTerms:
    """Exceptions of one skill to the organization's general terms; None: as the organization."""

    help_kinds: list[str] | None = None
    served_regions: list[str] | None = None


def set_organization_skills(
    *,
    organization: Organization,
    skills: Iterable[Skill],
    actor: Actor,
    now: datetime,
    terms: Mapping[int, SkillTerms] | None = None,
) -> list[OrganizationSkill]:
    """Replace the list; whoever saves it has read it, so every skill on it is confirmed.

    Args:
        organization: whose skills.
        skills: Skill instances; one that was merged counts as the one that stands for it.
        actor: a member, or an editor.
        now: when.
        terms: exceptions by skill id; None: the present ones stay.

    Raises:
        UnknownSkillError: a proposal of somebody outside the organization.
        TooManyError: more than ``MAX_SKILLS``.
    """
    wanted = {skill.pk: skill for skill in map(_standing, skills)}
    if len(wanted) > MAX_SKILLS:
        raise TooManyError
    with transaction.atomic():
        locked = lock(organization)
        _check_usable(wanted.values(), locked, actor)
        present = {row.tag_id: row for row in locked.organization_skills.all()}
        rows = _replaced(locked, wanted, present, terms, now)
        locked.confirmed_at = locked.updated_at = now
        locked.save(update_fields=["confirmed_at", "updated_at"])
        change = {
            "added": sorted(wanted.keys() - present.keys()),
            "removed": sorted(present.keys() - wanted.keys()),
        }
        tell(organization_changed, "organization.skills_set", locked, now=now, actor=actor, **change)
    return rows


def _replaced(
    organization: Organization,
    wanted: Mapping[int, Skill],
    present: Mapping[int, OrganizationSkill],
    terms: Mapping[int, SkillTerms] | None,
    now: datetime,
) -> list[OrganizationSkill]:
    """Rows of the wanted skills, made or kept, all confirmed; the others go."""
    organization.organization_skills.exclude(tag__in=wanted).delete()
    kept = [_row(row, terms, now) for skill_id, row in present.items() if skill_id in wanted]
    fresh = [
        _row(OrganizationSkill(tag=skill, content_object=organization), terms, now)
        for skill_id, skill in wanted.items()
        if skill_id not in present
    ]
    OrganizationSkill.objects.bulk_update(kept, ("confirmed_at", "help_kinds", "served_regions"))
    return [*kept, *OrganizationSkill.objects.bulk_create(fresh)]


def _standing(skill: Skill) -> Skill:
    return skill.merged_into if skill.merged_into is not None else skill


def _row(row: OrganizationSkill, terms: Mapping[int, SkillTerms] | None, now: datetime) -> OrganizationSkill:
    row.confirmed_at = now
    if terms is not None:
        exception = terms.get(row.tag_id, SkillTerms())
        row.help_kinds, row.served_regions = exception.help_kinds, exception.served_regions
    return row


def _check_usable(skills: Iterable[Skill], organization: Organization, actor: Actor) -> None:
    """Proposals work at once, but only for the organization of their proposer, until an editor accepts them."""
    proposers = {skill.proposed_by_id for skill in skills if skill.state == SkillState.PROPOSED}
    if not proposers or is_editor(actor):
        return
    team = set(organization.seats.active().values_list("user_id", flat=True))
    if not proposers <= team:
        raise UnknownSkillError
