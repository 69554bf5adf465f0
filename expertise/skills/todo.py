"""Skills that members proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from expertise.skills.enums import SkillState
from expertise.skills.models import Skill
from maillage.core.todo import Button, Row, Waiting

if TYPE_CHECKING:
    from datetime import datetime


def proposed(now: datetime, limit: int) -> Waiting:
    """The one that waits longest first."""
    waiting = (
        Skill.objects.filter(state=SkillState.PROPOSED).select_related("proposed_by").order_by("proposed_at", "pk")
    )
    return Waiting(waiting.count(), [_row(skill, now) for skill in waiting[:limit]])


def _row(skill: Skill, now: datetime) -> Row:
    return Row(
        title=skill.label,
        url=reverse("skills:review", args=[skill.slug]),
        since=skill.proposed_at or now,
        meta=[str(skill.proposed_by)] if skill.proposed_by is not None else [],
        button=Button(reverse("skills:accept", args=[skill.slug]), _("Accepter")),
        second=Button(reverse("skills:review", args=[skill.slug]), _("Réunir à une autre"), is_link=True),
        fallback=_("Sans geste, elle sert à qui l’a proposée, et à personne d’autre."),
    )
