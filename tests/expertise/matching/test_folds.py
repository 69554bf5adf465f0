"""Folding documents into organizations: small ones are not punished, one more skill never harms."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from expertise.matching.folds import harmonic_mean, harmonic_means, top_sum, top_sums

SCORES = st.lists(st.sampled_from([0.0, 0.1, 0.25, 0.5, 1.0]), max_size=8)


def test_one_good_document_counts_fully_when_it_is_the_only_one() -> None:
    assert harmonic_mean(np.array([0.6])) == pytest.approx(0.6)
    assert harmonic_mean(np.array([0.6, 0.0])) == pytest.approx(0.4)


@given(st.lists(SCORES, max_size=6))
def test_all_organizations_at_once_is_each_alone(organizations: list[list[float]]) -> None:
    scores = np.array([score for one in organizations for score in one])
    owners = np.array([row for row, one in enumerate(organizations) for _ in one], dtype=np.int64)
    expected = [harmonic_mean(np.array(one)) if one else 0.0 for one in organizations]
    assert harmonic_means(scores, owners, len(organizations)) == pytest.approx(expected)


@given(SCORES, st.sampled_from([0.0, 0.3, 1.0]))
def test_one_more_skill_never_lowers(scores: list[float], more: float) -> None:
    assert top_sum([*scores, more]) >= top_sum(scores)


@given(st.lists(st.tuples(st.sampled_from([0.2, 0.5, 0.9]), st.frozensets(st.integers(0, 3)))))
def test_skills_of_all_organizations_at_once_is_each_alone(skills: list[tuple[float, frozenset[int]]]) -> None:
    by_skill = [(score, np.array(sorted(holders), dtype=np.int64)) for score, holders in skills]
    expected = [top_sum([score for score, holders in skills if row in holders]) for row in range(4)]
    assert top_sums(by_skill, 4) == pytest.approx(expected)
