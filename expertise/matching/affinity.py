"""How near what organizations know is to one request, and what each piece of it brings.

Three parts, each in [0, 1): skills wanted and held, words found in texts, words found in held skills.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

import numpy as np

from expertise.matching.folds import harmonic_mean, harmonic_means, top_sum, top_sums
from expertise.matching.index import Index
from expertise.matching.postings import FloatArray, Query
from expertise.matching.profiles import Request
from expertise.matching.suggesting import score_skills
from expertise.matching.vocabulary import Vocabulary

SKILLS: Final = 0.60
TEXTS: Final = 0.17
SKILL_WORDS: Final = 0.15
"""Weights of the three parts; with the most that nearness adds they make 1."""
LEFT_TO_TEXTS: Final = 0.5
"""What of the weight of skills passes to texts when the request calls for no skill with confidence."""
DOCUMENT_FLOOR: Final = 0.04
"""A text below shares little more than a common word with the request: that is no evidence."""
SKILL_WORDS_FLOOR: Final = 0.15
SUGGESTED_FLOOR: Final = 0.02
MAX_SUGGESTED: Final = 25
EXACT: Final = 1.0
NARROWER: Final = 0.6
BROADER: Final = 0.4
"""Credit for holding the skill itself, a part of it (WordPress for websites), what it is a part of."""
NOTHING: Final[frozenset[int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A skill the request wants: its weight, and the credit that holding each related skill gives."""

    skill_id: int
    weight: float
    credits: dict[int, float]


@dataclass(frozen=True, slots=True)
class Affinity:
    """One request compared with a whole index.

    Attributes:
        wanted: The skills asked for, or those its text calls for when none was.
        confidence: In [0, 1]: 1 for skills asked for, the best suggestion's score otherwise.
        document_scores: Shape (documents,).
        skill_scores: Shape (skills,): words shared with each skill.
        totals: Shape (organizations,): the affinity of each organization, 0 without evidence.
    """

    index: Index
    query: Query
    wanted: tuple[Wanted, ...]
    confidence: float
    document_scores: FloatArray
    skill_scores: FloatArray
    totals: FloatArray

    @classmethod
    def of(cls, request: Request, index: Index) -> "Affinity":
        """Compare `request` with everything in `index`; rules and nearness are not looked at."""
        query = Query.of(request.text, request.lang)
        named = score_skills(query, request.text, index.vocabulary)
        wanted, confidence = _wanted(request, named, index.vocabulary)
        document_scores = _score_documents(query, index)
        skill_scores = np.where(named >= SKILL_WORDS_FLOOR, named, 0.0)
        count = len(index.organization_ids)
        by_skill = [(float(skill_scores[row]), index.holders[row]) for row in _held(index, skill_scores)]
        totals = (
            SKILLS * confidence * _coverage(wanted, index)
            + text_weight(confidence) * harmonic_means(document_scores, index.owners, count)
            + SKILL_WORDS * top_sums(by_skill, count)
        )
        return cls(index, query, wanted, confidence, document_scores, skill_scores, totals)

    def of_organization(
        self,
        row: int,
        held: AbstractSet[int],
        without_documents: AbstractSet[int] = NOTHING,
    ) -> float:
        """Return the affinity of one organization as if some of its evidence were not there.

        Args:
            row: The organization's row in the index.
            held: The vocabulary rows of the skills it is taken to hold.
            without_documents: Rows of its texts taken to share no word with the request.
        """
        scores = np.array(
            [0.0 if at in without_documents else self.document_scores[at] for at in self.index.documents_of(row)]
        )
        return (
            SKILLS * self.confidence * self.coverage(held)
            + text_weight(self.confidence) * (harmonic_mean(scores) if len(scores) else 0.0)
            + SKILL_WORDS * top_sum([float(self.skill_scores[skill]) for skill in held])
        )

    def coverage(self, held: AbstractSet[int]) -> float:
        """Return the share of the wanted skills that skills at the rows `held` cover, in [0, 1]."""
        total = sum(wanted.weight for wanted in self.wanted)
        covered = 0.0
        for wanted in self.wanted:
            missing = 1.0
            for skill_row, credit in wanted.credits.items():
                if skill_row in held:
                    missing *= 1.0 - credit
            covered += wanted.weight * (1.0 - missing)
        return covered / total if total else 0.0


def text_weight(confidence: float) -> float:
    """Return the weight of texts beside skills wanted with `confidence`."""
    return TEXTS + LEFT_TO_TEXTS * SKILLS * (1.0 - confidence)


def _score_documents(query: Query, index: Index) -> FloatArray:
    mean = sum((scorer.score(query) for scorer in index.scorers), np.zeros(len(index.documents))) / len(index.scorers)
    floored: FloatArray = np.maximum(mean - DOCUMENT_FLOOR, 0.0)
    return floored


def _held(index: Index, skill_scores: FloatArray) -> list[int]:
    return [row for row in np.flatnonzero(skill_scores).tolist() if row in index.holders]


def _wanted(request: Request, named: FloatArray, vocabulary: Vocabulary) -> tuple[tuple[Wanted, ...], float]:
    asked = sorted(request.skill_ids & vocabulary.rows.keys())
    if asked:
        return tuple(_want(skill_id, 1.0, request, vocabulary) for skill_id in asked), 1.0
    best = np.argsort(-named, kind="stable")[:MAX_SUGGESTED].tolist()
    called = [row for row in best if named[row] >= SUGGESTED_FLOOR]
    wanted = tuple(_want(vocabulary.labels[row].skill_id, float(named[row]), request, vocabulary) for row in called)
    return wanted, max((one.weight for one in wanted), default=0.0)


def _want(skill_id: int, weight: float, request: Request, vocabulary: Vocabulary) -> Wanted:
    given: dict[int, float] = {}
    if request.reach == "broader":
        given |= dict.fromkeys((vocabulary.rows[one] for one in vocabulary.broader_of(skill_id)), BROADER)
    given |= dict.fromkeys((vocabulary.rows[one] for one in vocabulary.narrower_of(skill_id)), NARROWER)
    given[vocabulary.rows[skill_id]] = EXACT
    return Wanted(skill_id, weight, given)


def _coverage(wanted: tuple[Wanted, ...], index: Index) -> FloatArray:
    covered = np.zeros(len(index.organization_ids))
    for one in wanted:
        missing = np.ones(len(covered))
        for skill_row, credit in one.credits.items():
            holders = index.holders.get(skill_row)
            if holders is not None:
                missing[holders] *= 1.0 - credit
        covered += one.weight * (1.0 - missing)
    total = sum(one.weight for one in wanted)
    shares: FloatArray = covered / total if total else covered
    return shares
