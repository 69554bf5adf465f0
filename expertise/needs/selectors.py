"""Reads of needs that join several rooms: skills found in a text, needs that resemble another, whom to call."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from expertise.matching import suggest
from expertise.needs.models import Need
from expertise.needs.querysets import ACTIVE_STATES
from expertise.organizations.models import Organization
from expertise.organizations.selectors import NoContactError, contact_for
from expertise.skills.models import Skill
from expertise.skills.selectors import vocabulary
from maillage.core.folding import fold, split_words
from maillage.core.formats import local_date

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from expertise.organizations.models import RegionalContact
    from maillage.core.permissions import Actor

MAX_SUGGESTED = 5
MAX_OFFERED = 6
MAX_FOUND = 12
# Of what scores between this and a suggestion, one in three is right: worth offering, never worth ticking.
OFFERED_FLOOR = 0.1
# A search asks for what is near, not for what is sure: half of what a suggestion must reach.
SEARCH_FLOOR = 0.15
SAME_WITHIN = timedelta(days=7)
# Two tellings of one breakdown by two colleagues share half of their words or more; two needs of one group, a fifth.
SAME_WORDS_SHARE = 0.5


def suggested_skills(text: str, lang: str, limit: int = MAX_SUGGESTED) -> list[Skill]:
    """Active skills that a text calls for, best first; none when nothing is worth showing."""
    return _skills_in_order([found.skill_id for found in suggest(text, lang, vocabulary(), limit=limit)])


def offered_skills(text: str, lang: str, limit: int = MAX_OFFERED) -> list[Skill]:
    """Suggested skills, then near ones that a person may tick, best first."""
    found = suggest(text, lang, vocabulary(), limit=limit, floor=OFFERED_FLOOR)
    return _skills_in_order([one.skill_id for one in found])


def found_skills(query: str, lang: str, actor: Actor, limit: int = MAX_FOUND) -> list[Skill]:
    """Skills that the actor may use, for a few typed words: names that begin or hold them first, then near ones."""
    folded = fold(" ".join(query.split()))
    if not folded:
        return []
    visible = Skill.objects.visible_to(actor)
    named = list(visible.filter(forms__folded__startswith=folded).distinct()[:limit])
    if len(named) < limit:
        holding = visible.filter(forms__folded__contains=folded).exclude(pk__in=[skill.pk for skill in named])
        named += list(holding.distinct()[: limit - len(named)])
    near = suggest(query, lang, vocabulary(), limit=limit, floor=SEARCH_FLOOR)
    known = {skill.pk for skill in named}
    return [*named, *_skills_in_order([found.skill_id for found in near if found.skill_id not in known])][:limit]


def skills_of_ids(ids: Collection[int], actor: Actor) -> list[Skill]:
    """Those of the ids that exist and that the actor may use, in the order given."""
    return _in_order(Skill.objects.visible_to(actor).filter(pk__in=ids), list(ids))


def same_needs(need: Need, now: datetime) -> list[Need]:
    """Needs of the same group, opened in the last seven days and still open, that say nearly the same."""
    if need.organization_id is None:
        return []
    recent = Need.objects.filter(
        organization_id=need.organization_id, state__in=ACTIVE_STATES, opened_at__gte=now - SAME_WITHIN
    ).exclude(pk=need.pk)
    words = set(split_words(need.text))
    return [other for other in recent.order_by("-opened_at", "-pk") if _is_same(words, set(split_words(other.text)))]


def contact_of(need: Need, now: datetime) -> RegionalContact | None:
    """The named human for a need: the one who holds it, else the region's; None before ``start_network``."""
    if need.contact is not None:
        return need.contact
    try:
        return contact_for(need.region, local_date(now))
    except NoContactError:
        return None


def pairing_pk_of(need: Need, actor: Actor) -> int | None:
    """Id of the row by which one of the actor's organizations was asked: its page takes the answer."""
    own = Organization.objects.of(actor).values("pk")
    found: int | None = need.pairings.filter(organization__in=own).order_by("pk").values_list("pk", flat=True).first()
    return found


def organizations_named(name: str, actor: Actor, limit: int = 5) -> list[Organization]:
    """Organizations that a typed name may mean, nearest first: before making a second one of the same."""
    words = split_words(name)
    if not words:
        return []
    wanted = Q()
    for word in sorted(words, key=len, reverse=True)[:3]:
        wanted |= Q(slug__contains=word)
    near = Organization.objects.visible_to(actor).listed().filter(wanted).order_by("name", "pk")[:200]
    scored = [(_shared(set(words), set(split_words(found.name))), found) for found in near]
    kept = sorted((row for row in scored if row[0] >= SAME_WORDS_SHARE), key=lambda row: -row[0])
    return [found for _, found in kept[:limit]]


def _is_same(words: set[str], others: set[str]) -> bool:
    return words == others or _shared(words, others) >= SAME_WORDS_SHARE


def _shared(words: set[str], others: set[str]) -> float:
    """Jaccard's share of words in common; 0 when either is empty."""
    return len(words & others) / len(words | others) if words and others else 0.0


def _skills_in_order(ids: list[int]) -> list[Skill]:
    return _in_order(Skill.objects.active().filter(pk__in=ids), ids)


def _in_order(skills: Collection[Skill], ids: list[int]) -> list[Skill]:
    by_id = {skill.pk: skill for skill in skills}
    return [by_id[pk] for pk in dict.fromkeys(ids) if pk in by_id]
