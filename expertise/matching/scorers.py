"""Base scorers: how near each document is to a request, from 0 (nothing in common) upward.

A scorer turns postings into impacts once; a request then only adds up the impacts of its terms.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from expertise.matching.postings import FloatArray, Postings, Query, Statistics

BM25_SATURATION: Final = 1.2
BM25_LENGTH: Final = 0.75
"""k1 and b as published (Robertson and Zaragoza, 2009)."""


class Scorer(Protocol):
    """What gives each document a score for a request: words here, meaning (an encoder) later."""

    @property
    def name(self) -> str:
        """A stable code, the key of its weight."""

    def score(self, query: Query) -> FloatArray:
        """Return one score a document, 0 without evidence, comparable between requests."""


@dataclass(frozen=True, slots=True)
class ImpactScorer:
    """A sum over the request's terms of its weight of the term times the document's impact of it."""

    name: str
    postings: Postings
    impacts: FloatArray
    weigh: "Weigher"

    def score(self, query: Query) -> FloatArray:
        """Return one score a document, shape (documents,)."""
        postings = self.postings
        scores = np.zeros(postings.document_count)
        for term, weight in self.weigh(query).items():
            column = postings.terms.get(term)
            if column is not None:
                held = slice(postings.starts[column], postings.starts[column + 1])
                # A document is named once in a column, so plain indexed addition loses nothing.
                scores[postings.documents[held]] += weight * self.impacts[held]
        return scores


class Weigher(Protocol):
    """How much each term of a request weighs; unknown terms count in the request's total."""

    def __call__(self, query: Query) -> Mapping[str, float]:
        """Return the weight of each term that matters to the scorer."""


@dataclass(frozen=True, slots=True)
class CosineWeigher:
    """ln(1 + count) × idf, of length 1."""

    statistics: Statistics
    with_bigrams: bool

    def __call__(self, query: Query) -> Mapping[str, float]:
        """Return the weight of each word, and of each bigram when they count."""
        counts = query.counts if self.with_bigrams else query.words
        weights = np.log1p(np.array(list(counts.values()), dtype=np.float64)) * self.statistics.idf(counts)
        norm = float(np.sqrt((weights**2).sum())) or 1.0
        return dict(zip(counts, (weights / norm).tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class IdfWeigher:
    """The share of each word in the request's idf mass."""

    statistics: Statistics

    def __call__(self, query: Query) -> Mapping[str, float]:
        """Return the weight of each word; they sum to 1."""
        words = query.words
        idf = self.statistics.idf(words)
        mass = float(idf.sum()) or 1.0
        return dict(zip(words, (idf / mass).tolist(), strict=True))


def tfidf_scorer(postings: Postings, statistics: Statistics, *, with_bigrams: bool) -> ImpactScorer:
    """Return the cosine of TF-IDF vectors, ln(1 + count) × idf, over words or words and bigrams."""
    idf = statistics.idf(postings.terms)
    if not with_bigrams:
        idf = np.where(postings.is_bigram, 0.0, idf)
    raw = np.log1p(postings.counts) * idf[postings.columns()]
    squares = np.bincount(postings.documents, weights=raw**2, minlength=postings.document_count)
    norms = np.sqrt(np.maximum(squares, 1e-12))

    name = "tfidf_bigrams" if with_bigrams else "tfidf"
    return ImpactScorer(name, postings, raw / norms[postings.documents], CosineWeigher(statistics, with_bigrams))


def bm25_scorer(postings: Postings, statistics: Statistics) -> ImpactScorer:
    """Return BM25 over words, divided by the request's idf mass: 1 means every word, once, mean length.

    Undivided, a long request outweighs everything that its score is added to.
    """
    lengths = postings.lengths[postings.documents] / statistics.mean_length
    saturation = BM25_SATURATION * (1 - BM25_LENGTH + BM25_LENGTH * lengths)
    impacts = postings.counts * (BM25_SATURATION + 1) / (postings.counts + saturation)

    is_word = ~postings.is_bigram[postings.columns()]
    return ImpactScorer("bm25", postings, np.where(is_word, impacts, 0.0), IdfWeigher(statistics))
