"""The list of needs: what a reader chose, the rows, and the counts beside each filter."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from expertise.needs.enums import NeedState
from expertise.needs.models import Need, NeedSkill
from expertise.needs.querysets import ACTIVE_STATES, PUBLISHED_STATES
from expertise.skills.models import Skill
from maillage.core.regions import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet
    from django.http import QueryDict

    from maillage.core.permissions import Actor

WAITING, HELPED, ENDED = "waiting", "helped", "ended"
# What a reader distinguishes, in the order of the filter; a need left to its contact still waits.
STATE_GROUPS = {
    WAITING: (NeedState.OPEN, NeedState.ANSWERED, NeedState.UNANSWERED),
    HELPED: (NeedState.UNDER_WAY,),
    ENDED: (NeedState.FULFILLED, NeedState.CLOSED_UNKNOWN),
}
MAX_SKILLS_SHOWN = 12
OWN_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Option:
    """One box of a filter."""

    value: str
    label: str
    count: int
    is_selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter."""

    name: str
    label: str
    options: list[Option]
    is_single: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What the reader ticked; whatever is unknown is left out, so that old links still open."""

    skills: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()

    @classmethod
    def of(cls, query: QueryDict) -> Choice:
        """Read a query string."""
        return cls(
            skills=frozenset(query.getlist("skill")[:MAX_SKILLS_SHOWN]),
            regions=frozenset(query.getlist("region")) & frozenset(REGIONS),
            states=frozenset(query.getlist("state")) & frozenset(STATE_GROUPS),
        )

    def __bool__(self) -> bool:
        return bool(self.skills or self.regions or self.states)

    def without(self, name: str) -> Choice:
        """The same without one filter: its own counts must not depend on it."""
        kept = {field: getattr(self, field) for field in ("skills", "regions", "states") if field != name}
        return Choice(**kept)

    def applied_to(self, needs: QuerySet[Need]) -> QuerySet[Need]:
        """The needs that remain."""
        if self.skills:
            needs = needs.filter(pk__in=NeedSkill.objects.filter(tag__slug__in=self.skills).values("content_object"))
        if self.regions:
            needs = needs.filter(region__in=self.regions)
        if self.states:
            wanted = [state for group in self.states for state in STATE_GROUPS[group]]
            needs = needs.filter(state__in=wanted)
        return needs


def own(actor: Actor) -> QuerySet[Need]:
    """The reader's own and their groups' that are not over yet, drafts first."""
    living = (NeedState.DRAFT, NeedState.HELD, *ACTIVE_STATES)
    return _with_rows(Need.objects.of(actor).filter(state__in=living)).order_by("opened_at", "-pk")[:OWN_SHOWN]


def others(actor: Actor, chosen: Choice) -> QuerySet[Need]:
    """Published needs that the reader may see, newest first; their own too once they filter."""
    return _with_rows(chosen.applied_to(_visible(actor))).order_by("-opened_at", "-pk")


def facets(actor: Actor, chosen: Choice) -> list[Facet]:
    """The three filters with their counts: each counted as if only the two others were chosen."""
    by_skill = Counter(
        NeedSkill.objects.filter(content_object__in=chosen.without("skills").applied_to(_visible(actor)).values("pk"))
        .exclude(tag__state="merged")
        .values_list("tag_id", flat=True)
    )
    by_region = Counter(chosen.without("regions").applied_to(_visible(actor)).values_list("region", flat=True))
    by_state = Counter(chosen.without("states").applied_to(_visible(actor)).values_list("state", flat=True))
    return [
        Facet("state", _("Où en est-on?"), list(_state_options(by_state, chosen))),
        Facet("region", _("Région"), list(_region_options(by_region, chosen))),
        Facet("skill", _("Compétence"), list(_skill_options(by_skill, chosen))),
    ]


def _visible(actor: Actor) -> QuerySet[Need]:
    return Need.objects.visible_to(actor).filter(state__in=PUBLISHED_STATES)


def _with_rows(needs: QuerySet[Need]) -> QuerySet[Need]:
    return needs.select_related("organization").prefetch_related("skills")  # type: ignore[misc]  # taggit


def _state_options(counts: Counter[str], chosen: Choice) -> Iterable[Option]:
    labels = {WAITING: _("Cherche de l’aide"), HELPED: _("Aide en cours"), ENDED: _("Terminée")}
    for group, states in STATE_GROUPS.items():
        count = sum(counts[state] for state in states)
        if count or group in chosen.states:
            yield Option(group, labels[group], count, group in chosen.states)


def _region_options(counts: Counter[str | None], chosen: Choice) -> Iterable[Option]:
    for code, region in REGIONS.items():
        if counts[code] or code in chosen.regions:
            yield Option(code, region.name, counts[code], code in chosen.regions)


def _skill_options(counts: Counter[int], chosen: Choice) -> Iterable[Option]:
    common = [pk for pk, _count in counts.most_common(MAX_SKILLS_SHOWN)]
    for skill in Skill.objects.filter(Q(pk__in=common) | Q(slug__in=chosen.skills)).order_by("name", "pk"):
        yield Option(skill.slug, skill.label, counts[skill.pk], skill.slug in chosen.skills)
