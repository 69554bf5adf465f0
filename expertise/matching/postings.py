"""Which documents hold which terms, as flat arrays: built once, read by every scorer, easy to map from disk."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from expertise.matching.analysis import Token, analyse, bigrams

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Postings:
    """The terms of `n` documents in compressed sparse columns, one column a term.

    Attributes:
        terms: Term to column; a term with a space is a bigram.
        starts: Shape (terms + 1,): where the column of each term begins in `documents` and `counts`.
        documents: Shape (entries,): rows of the documents that hold the term.
        counts: Shape (entries,): how often.
        lengths: Shape (n,): single terms in each document.
        is_bigram: Shape (terms,).
    """

    terms: Mapping[str, int]
    starts: IntArray
    documents: IntArray
    counts: FloatArray
    lengths: FloatArray
    is_bigram: BoolArray

    @classmethod
    def of(cls, analysed: Iterable[Sequence[Token]], *, with_bigrams: bool = False) -> "Postings":
        """Build the postings of analysed documents; a document's row is its rank in `analysed`.

        Terms come in alphabetical order: the same documents give the same arrays, however they came together.
        """
        terms: dict[str, int] = {}
        columns: list[int] = []
        rows: list[int] = []
        counts: list[int] = []
        lengths: list[int] = []
        for row, tokens in enumerate(analysed):
            lengths.append(len(tokens))
            for term, count in count_terms(tokens, with_bigrams=with_bigrams).items():
                columns.append(terms.setdefault(term, len(terms)))
                rows.append(row)
                counts.append(count)
        return cls._assembled(
            list(terms),
            np.array(columns, dtype=np.int64),
            np.array(rows, dtype=np.int64),
            np.array(counts, dtype=np.float64),
            np.array(lengths, dtype=np.float64),
        )

    def revised(self, sources: IntArray, fresh: Iterable[Sequence[Token]], *, with_bigrams: bool = False) -> "Postings":
        """Return the postings of a collection of which some documents are here already.

        Args:
            sources: Shape (documents,): the row here of each document of the new collection, each at most once; -1 for
                a new one.
            fresh: The new ones, analysed, in the order of their rows.
            with_bigrams: As when these were built.
        """
        added = Postings.of(fresh, with_bigrams=with_bigrams)
        kept, new = np.flatnonzero(sources >= 0), np.flatnonzero(sources < 0)
        row_of = np.full(self.document_count, -1, dtype=np.int64)
        row_of[sources[kept]] = kept
        lengths = np.empty(len(sources))
        lengths[kept], lengths[new] = self.lengths[sources[kept]], added.lengths
        terms = dict(self.terms)
        renamed = np.array([terms.setdefault(term, len(terms)) for term in added.terms], dtype=np.int64)
        rows = row_of[self.documents]
        is_kept = rows >= 0
        return self._assembled(
            list(terms),
            np.concatenate((self.columns()[is_kept], renamed[added.columns()])),
            np.concatenate((rows[is_kept], new[added.documents])),
            np.concatenate((self.counts[is_kept], added.counts)),
            lengths,
        )

    @classmethod
    def _assembled(
        cls, terms: list[str], columns: IntArray, rows: IntArray, counts: FloatArray, lengths: FloatArray
    ) -> "Postings":
        """Sort the entries by term and document; a term that no document holds goes."""
        used = np.flatnonzero(np.bincount(columns, minlength=len(terms))).tolist()
        order = sorted(used, key=terms.__getitem__)
        rank = np.zeros(len(terms), dtype=np.int64)
        rank[order] = np.arange(len(order))
        columns = rank[columns]
        by_term = np.lexsort((rows, columns))
        starts = np.zeros(len(order) + 1, dtype=np.int64)
        np.cumsum(np.bincount(columns, minlength=len(order)), out=starts[1:])
        names = [terms[column] for column in order]
        return cls(
            terms={term: column for column, term in enumerate(names)},
            starts=starts,
            documents=rows[by_term],
            counts=counts[by_term],
            lengths=lengths,
            is_bigram=np.array([" " in term for term in names], dtype=np.bool_),
        )

    @property
    def document_count(self) -> int:
        """How many documents there are, empty ones included."""
        return len(self.lengths)

    def holds(self, term: str, document: int) -> bool:
        """Say whether the document at row `document` holds `term`."""
        column = self.terms.get(term)
        if column is None:
            return False
        # Rows ascend within a column, for documents are read in order.
        start, stop = int(self.starts[column]), int(self.starts[column + 1])
        at = start + int(np.searchsorted(self.documents[start:stop], document))
        return at < stop and int(self.documents[at]) == document

    def columns(self) -> IntArray:
        """Return the column of each entry, shape (entries,)."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))


@dataclass(frozen=True, slots=True)
class Statistics:
    """How common each term is, apart from the postings: a part of a collection is scored by the whole's."""

    document_count: int
    mean_length: float
    frequencies: Mapping[str, int]

    @classmethod
    def of(cls, postings: Postings) -> "Statistics":
        """Count the documents of `postings` that hold each term; empty documents do not count."""
        filled = postings.lengths[postings.lengths > 0]
        held = np.diff(postings.starts).tolist()
        return cls(
            document_count=len(filled),
            mean_length=float(filled.mean()) if len(filled) else 1.0,
            frequencies={term: held[column] for term, column in postings.terms.items()},
        )

    def idf(self, terms: Iterable[str]) -> FloatArray:
        """Return the inverse document frequency ln(1 + (n - f + ½) / (f + ½)) of each term.

        Source: Robertson and Zaragoza (2009), in the form that never turns negative (Lucene).
        """
        frequency = np.array([self.frequencies.get(term, 0) for term in terms], dtype=np.float64)
        count = max(self.document_count, 1)
        return np.log1p((np.maximum(count - frequency, 0) + 0.5) / (frequency + 0.5))


@dataclass(frozen=True, slots=True)
class Query:
    """The terms of a request, each with its count, and the words they were written as."""

    counts: Mapping[str, int]
    surfaces: Mapping[str, str]

    @classmethod
    def of(cls, text: str, lang: str) -> "Query":
        """Analyse a request's text."""
        tokens = analyse(text, lang)
        surfaces: dict[str, str] = {}
        for token in tokens:
            surfaces.setdefault(token.term, token.surface)
        return cls(counts=count_terms(tokens, with_bigrams=True), surfaces=surfaces)

    @classmethod
    def spelled(cls, trigrams: Sequence[Token]) -> "Query":
        """Wrap the letter trigrams of a text."""
        return cls(counts=Counter(token.term for token in trigrams), surfaces={})

    @property
    def words(self) -> Mapping[str, int]:
        """The single terms and their counts."""
        return {term: count for term, count in self.counts.items() if " " not in term}


def count_terms(tokens: Sequence[Token], *, with_bigrams: bool) -> Counter[str]:
    """Count the single terms, and the bigrams when asked, of an analysed text."""
    counts = Counter(token.term for token in tokens)
    if with_bigrams:
        counts.update(bigrams(list(tokens)))
    return counts
