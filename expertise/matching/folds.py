"""From the scores of what an organization has to one score for the organization."""

from typing import Final

import numpy as np

from expertise.matching.postings import FloatArray, IntArray

_MAX_RANK: Final = 2_001
_RECIPROCALS = 1.0 / np.arange(1, _MAX_RANK)
_HARMONICS = np.concatenate(([1.0], np.cumsum(_RECIPROCALS)))
TOP: Final = 3


def harmonic_mean(scores: FloatArray) -> float:
    """Return the rank-weighted mean of one organization's document scores, sum(s_i / i) / sum(1 / i).

    Documents that do not exist are not counted as zeros: padding would punish small organizations
    (measured: AUC .83 to .79).
    """
    ranked = np.sort(scores)[::-1][: _MAX_RANK - 1]
    return float(ranked @ _RECIPROCALS[: len(ranked)] / _HARMONICS[len(ranked)])


def harmonic_means(scores: FloatArray, owners: IntArray, owner_count: int) -> FloatArray:
    """Return `harmonic_mean` for every owner, shape (owners,); an owner without documents gets 0.

    Args:
        scores: Shape (documents,), none negative.
        owners: Shape (documents,): the owner's row of each document.
        owner_count: How many owners there are.
    """
    held = np.minimum(np.bincount(owners, minlength=owner_count), _MAX_RANK - 1)
    hits = np.flatnonzero(scores)
    order = hits[np.lexsort((-scores[hits], owners[hits]))]
    owner = owners[order]
    first = np.searchsorted(owner, owner)
    rank = np.arange(len(owner)) - first
    counted = rank < _MAX_RANK - 1
    weighted = scores[order[counted]] * _RECIPROCALS[rank[counted]]
    return np.bincount(owner[counted], weights=weighted, minlength=owner_count) / _HARMONICS[held]


def top_sum(scores: list[float]) -> float:
    """Return the three best of an organization's skill scores, the i-th divided by i, over 1 + 1/2 + 1/3.

    Skills are declared, not sampled: holding one more must never lower an organization.
    """
    ranked = sorted(scores, reverse=True)[:TOP]
    return sum(score / rank for rank, score in enumerate(ranked, start=1)) / float(_HARMONICS[TOP])


def top_sums(by_skill: list[tuple[float, IntArray]], owner_count: int) -> FloatArray:
    """Return `top_sum` for every owner, shape (owners,).

    Args:
        by_skill: The score of a skill and the rows of its holders, each once.
        owner_count: How many owners there are.
    """
    seen = np.zeros(owner_count, dtype=np.int64)
    totals = np.zeros(owner_count)
    for score, holders in sorted(by_skill, key=lambda item: -item[0]):
        fresh = holders[seen[holders] < TOP]
        seen[fresh] += 1
        totals[fresh] += score / seen[fresh]
    return totals / float(_HARMONICS[TOP])
