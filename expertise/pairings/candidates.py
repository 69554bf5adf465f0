"""Who is likely to help with a need: what the rooms know, ranked by ``expertise.matching``. Reads only, no lock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models

from expertise.matching import Request, rank
from expertise.needs.models import NeedExclusion, NeedSkill
from expertise.organizations.models import Block, Organization
from expertise.organizations.selectors import profiles
from expertise.pairings import rounds
from expertise.pairings.enums import Reach
from expertise.pairings.known import index
from expertise.pairings.models import Pairing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from expertise.matching import Match, Profile
    from expertise.needs.models import Need

REACHES = tuple(Reach)


@dataclass(frozen=True, slots=True)
class Asked:
    """One organization to ask, with what the matcher said of it: ``reasons`` as stored in ``Pairing.reasons``."""

    organization_id: int
    score: float = 0.0
    reasons: tuple[dict[str, object], ...] = ()


def rank_candidates(*, need: Need, now: datetime, reach: Reach, limit: int) -> list[Asked]:
    """The best organizations that may be asked about a need, best first, with reasons as JSON codes.

    Args:
        need: a saved need, or a draft.
        now: the moment: absences and loads are those of now.
        reach: how far to look.
        limit: at most this many.
    """
    known = index(now=now)

    def find(organization_ids: Sequence[int]) -> list[Profile]:
        # Loads, absences and terms are read afresh, of those that the ranking reaches.
        return profiles(now=now, organization_ids=organization_ids, has_texts=False)

    matches = rank(_request(need, reach), find, known.vocabulary, limit=limit, index=known)
    return [_asked(match) for match in matches]


def widest_needed(*, need: Need, now: datetime, reach: Reach, limit: int) -> tuple[Reach, list[Asked]]:
    """The first reach from ``reach`` on that finds anyone, with whom it finds; none at the broadest: nobody is left."""
    for wider in REACHES[REACHES.index(reach) :]:
        found = rank_candidates(need=need, now=now, reach=wider, limit=limit)
        if found:
            return wider, found
    return Reach.BROADER, []


def preview_candidates(*, need: Need, now: datetime, limit: int = 5) -> list[tuple[Organization, Asked]]:
    """Who could be asked if the need were published now, best first, with the reasons; read-only."""
    _, found = widest_needed(need=need, now=now, reach=Reach.REGION, limit=limit)
    organizations = Organization.objects.in_bulk([one.organization_id for one in found])
    return [(organizations[one.organization_id], one) for one in found if one.organization_id in organizations]


def off_limits(need: Need) -> set[int]:
    """Organizations never to be paired with a need: its own group, blocked either way, unticked, closed for good."""
    own = need.organization_id
    blocks = Block.objects.filter(models.Q(organization_id=own) | models.Q(blocked_id=own))
    closed = Pairing.objects.closed_for_good().filter(need_id=need.pk)
    return {
        *(pk for pk in (own,) if pk is not None),
        *(pk for pair in blocks.values_list("organization_id", "blocked_id") for pk in pair if pk != own),
        *NeedExclusion.objects.filter(need_id=need.pk).values_list("organization_id", flat=True),
        *closed.values_list("organization_id", flat=True),
    }


def _request(need: Need, reach: Reach) -> Request:
    is_placed = need.latitude is not None and need.longitude is not None
    region = need.region_object
    return Request(
        need_id=need.pk or 0,
        text=need.text,
        lang=need.lang,
        organization_id=need.organization_id,
        skill_ids=frozenset(_skill_ids(need)),
        region=need.region,
        point=(need.latitude, need.longitude) if is_placed else None,  # type: ignore[arg-type]  # both are set
        mode=need.mode,  # type: ignore[arg-type]  # a Mode code
        languages=frozenset(need.languages),
        help_kinds=frozenset(need.help_kinds),
        reach=reach.value,  # type: ignore[arg-type]  # a Reach code
        excluded=frozenset(_excluded(need)),
        neighbours=region.neighbours if region else frozenset(),
    )


def _skill_ids(need: Need) -> Iterator[int]:
    if need.pk:
        yield from NeedSkill.objects.filter(content_object_id=need.pk).values_list("tag_id", flat=True)


def _excluded(need: Need) -> set[int]:
    """Off limits, or in their way already: what a wave of this round does not ask again."""
    if not need.pk:
        return {need.organization_id} if need.organization_id else set()
    rows = Pairing.objects.filter(need_id=need.pk)
    again = rows.reproposable_in(rounds.began_at(need)).values("pk")
    return off_limits(need) | set(rows.exclude(pk__in=again).values_list("organization_id", flat=True))


def _asked(match: Match) -> Asked:
    reasons = tuple(
        {"code": reason.code, "weight": round(reason.weight, 6), "data": dict(reason.data)} for reason in match.reasons
    )
    return Asked(organization_id=match.organization_id, score=match.score, reasons=reasons)
