"""The organizations most likely to help with a need, each with its reasons; none without evidence."""

from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from expertise.matching.affinity import Affinity
from expertise.matching.index import Index
from expertise.matching.profiles import HeldSkill, Match, Profile, Request
from expertise.matching.proximity import most_proximity, proximity_reasons
from expertise.matching.reasons import evidence_of, strongest
from expertise.matching.rules import accepts_through, is_allowed
from expertise.matching.vocabulary import Vocabulary

EVIDENCE_FLOOR: Final = 0.04
"""The least affinity proposed: one of 15 skills asked for; below, on 45 lay needs and 14 that are no ICT
need, what two texts share is mostly chance. Nobody is a better answer than anybody."""
LEAST_EVIDENCE: Final = 1e-9
FIRST_BATCH: Final = 64
"""How many organizations are asked for first; then ever twice as many, for rules may leave out most of them."""
_DECIMALS: Final = 9
"""Scores that differ less are equal: what is left is the order in which floats were added."""


Finder = Callable[[Sequence[int]], Iterable[Profile]]
"""Reads the profiles of some organizations, by id, as of now; one that may not be asked is left out."""


@dataclass(frozen=True, slots=True, order=True)
class _Candidate:
    negative_score: float
    load: int
    organization_id: int
    profile: Profile = field(compare=False)
    held: dict[int, HeldSkill] = field(compare=False)


def rank(
    request: Request,
    profiles: Iterable[Profile] | Finder,
    vocabulary: Vocabulary,
    limit: int = 10,
    *,
    index: Index | None = None,
    floor: float = EVIDENCE_FLOOR,
) -> list[Match]:
    """Return the best organizations for `request`, best first; ties go to the less loaded, then by id.

    Args:
        request: The need.
        profiles: Who may be asked, as of now: rules read loads and absences from here. With an index, a function
            that finds them: only the nearest are read.
        vocabulary: The skills, with what tagged examples taught.
        limit: At most this many.
        index: Texts and skills of the organizations, built before; those it does not hold are left
            out. Built from `profiles` when None.
        floor: The least affinity (nearness not counted) that is evidence; none is proposed with 0.

    Raises:
        TypeError: A function was given, and no index.
    """
    find, index = _sources(profiles, vocabulary, index)
    affinity = Affinity.of(request, index)
    best = _best(request, find, affinity, limit=max(limit, 0), floor=max(floor, LEAST_EVIDENCE))
    return [_explain(request, candidate, affinity) for candidate in best]


def _sources(profiles: Iterable[Profile] | Finder, vocabulary: Vocabulary, index: Index | None) -> tuple[Finder, Index]:
    if callable(profiles):
        if index is None:
            raise TypeError("A function finds profiles by id: without an index there are no ids.")
        return profiles, index
    by_id = {profile.organization_id: profile for profile in profiles}

    def find(organization_ids: Sequence[int]) -> Iterable[Profile]:
        return [by_id[one] for one in organization_ids if one in by_id]

    return find, index or Index.build(by_id.values(), vocabulary)


def _walk(affinity: Affinity, find: Finder, floor: float) -> Iterator[tuple[float, Profile | None]]:
    """Yield the affinity and the profile of the organizations above the floor, nearest first."""
    order = np.argsort(-affinity.totals, kind="stable")
    rows = order[affinity.totals[order] >= floor].tolist()
    start, size = 0, FIRST_BATCH
    while start < len(rows):
        batch = rows[start : start + size]
        ids = [affinity.index.organization_ids[row] for row in batch]
        by_id = {profile.organization_id: profile for profile in find(ids)}
        yield from ((float(affinity.totals[row]), by_id.get(one)) for row, one in zip(batch, ids, strict=True))
        start, size = start + size, size * 2


def _best(request: Request, find: Finder, affinity: Affinity, *, limit: int, floor: float) -> list[_Candidate]:
    """Walk the organizations by affinity until nearness can lift no other one into the best."""
    best: list[_Candidate] = []
    most = most_proximity(request)
    for total, profile in _walk(affinity, find, floor):
        ceiling = round(total + most, _DECIMALS)
        if not limit or (len(best) == limit and -best[-1].negative_score > ceiling):
            break
        if profile is None or not is_allowed(request, profile):
            continue
        candidate = _candidate(request, profile, affinity, floor)
        if candidate is not None:
            insort(best, candidate)
            del best[limit:]
    return best


def _candidate(request: Request, profile: Profile, affinity: Affinity, floor: float) -> _Candidate | None:
    rows, index = affinity.index.vocabulary.rows, affinity.index
    row = index.rows[profile.organization_id]
    known = index.held[row]
    held = {
        rows[skill.skill_id]: skill
        for skill in profile.skills
        if rows.get(skill.skill_id) in known and _has_fitting_terms(request, profile, skill)
    }
    is_as_indexed = len(held) == len(known)
    knowing = float(affinity.totals[row]) if is_as_indexed else evidence_of(profile, affinity, held=held).score
    if knowing < floor:
        return None
    near = sum(reason.weight for reason in proximity_reasons(request, profile))
    return _Candidate(-round(knowing + near, _DECIMALS), profile.load, profile.organization_id, profile, held)


def _has_fitting_terms(request: Request, profile: Profile, held: HeldSkill) -> bool:
    if held.help_kinds is None and held.regions is None:
        return True  # no exception: the rules have already read the general terms
    return accepts_through(request, profile, held)


def _explain(request: Request, candidate: _Candidate, affinity: Affinity) -> Match:
    evidence = evidence_of(candidate.profile, affinity, held=candidate.held)
    reasons = [*evidence.reasons(), *proximity_reasons(request, candidate.profile)]
    return Match(candidate.organization_id, -candidate.negative_score, strongest(reasons))
