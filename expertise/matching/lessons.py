"""What tagged texts teach: which words call for which skills, by ridge regression."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from expertise.matching.analysis import analyse
from expertise.matching.postings import FloatArray, Postings, Query, Statistics
from expertise.matching.profiles import Example
from expertise.matching.scorers import ImpactScorer, tfidf_scorer

RIDGE: Final = 0.1
"""Chosen on services.jsonl by 5 folds (.05 to .2 are alike, 1 and above lose)."""
PRIOR_EXAMPLES: Final = 3.0
"""A skill's own words weigh as much as this many examples of it."""
MAX_EXAMPLES: Final = 2_000
"""The regression solves a square system of this size: 1 s, 100 MB."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """A linear model from TF-IDF words to skills.

    Attributes:
        scorer: Gives the weight of each word of a text.
        coefficients: Shape (terms, skills).
        base_rates: Shape (skills,): the share of examples that have the skill.
        trust: Shape (skills,), in [0, 1): how much the examples count beside the skill's own words.
    """

    scorer: ImpactScorer
    coefficients: NDArray[np.float32]
    base_rates: FloatArray
    trust: FloatArray

    @classmethod
    def of(cls, examples: Sequence[Example], rows: Mapping[int, int]) -> "Lessons | None":
        """Learn from the last 2,000 examples; unknown skills are ignored, None when nothing is left.

        Args:
            examples: Texts with their skills, oldest first.
            rows: Skill id to row of the answers.
        """
        known = [example for example in examples if example.skill_ids & rows.keys()][-MAX_EXAMPLES:]
        if not known:
            return None
        postings = Postings.of(analyse(example.text, example.lang) for example in known)
        scorer = _scorer(postings)
        texts = np.zeros((len(known), len(postings.terms)), dtype=np.float32)
        texts[postings.documents, postings.columns()] = scorer.impacts
        tagged = np.zeros((len(known), len(rows)))
        for row, example in enumerate(known):
            tagged[row, [rows[skill_id] for skill_id in example.skill_ids & rows.keys()]] = 1.0
        base_rates = tagged.mean(axis=0)
        kernel = (texts @ texts.T).astype(np.float64)
        kernel[np.diag_indices_from(kernel)] += RIDGE
        duals = np.linalg.solve(kernel, tagged - base_rates).astype(np.float32)
        counts = tagged.sum(axis=0)
        return cls(scorer, texts.T @ duals, base_rates, counts / (counts + PRIOR_EXAMPLES))

    @classmethod
    def learned(
        cls, examples: Postings, *, coefficients: NDArray[np.float32], base_rates: FloatArray, trust: FloatArray
    ) -> "Lessons":
        """Return what was learned before from `examples`; the other arguments are its attributes."""
        return cls(_scorer(examples), coefficients, base_rates, trust)

    def weigh(self, query: Query) -> dict[str, tuple[int, float]]:
        """Return the column and the weight of each word of the request that an example holds."""
        terms = self.scorer.postings.terms
        return {term: (terms[term], weight) for term, weight in self.scorer.weigh(query).items() if term in terms}

    def predict(self, query: Query) -> FloatArray | None:
        """Return the expected share of people who would tag the text so, shape (skills,), within [0, 1].

        None when no word of the request occurs in any example: nothing was taught about it.
        """
        weights = self.weigh(query)
        if not weights:
            return None
        columns = [column for column, _ in weights.values()]
        values = np.array([weight for _, weight in weights.values()], dtype=np.float32)
        return np.clip(self.base_rates + values @ self.coefficients[columns], 0.0, 1.0)


def _scorer(postings: Postings) -> ImpactScorer:
    return tfidf_scorer(postings, Statistics.of(postings), with_bigrams=False)
