"""How near a text is to each skill, by the skill's own words: names (labels, synonyms) and descriptions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from expertise.matching.analysis import MAX_TEXT_LETTERS, Token, analyse
from expertise.matching.postings import FloatArray, IntArray, Postings, Query, Statistics
from expertise.matching.profiles import SkillLabel
from expertise.matching.scorers import ImpactScorer, bm25_scorer, tfidf_scorer
from maillage.core.folding import split_words

NAME_WEIGHT: Final = 0.5
"""Share of the best name; the rest is BM25 over all the skill's words."""
SHORT_QUERY_WORDS: Final = 8
"""Up to here a text may be the name of what is sought, and letters are compared too: typos, compounds
and derivations then meet (ESCO synonyms, MRR@10: words .65, trigrams .72)."""
CORE_WORDS: Final = 8
"""A long text says more than one thing: no skill has to cover more than its so many rarest words."""
CLOSE_SPELLING: Final = 0.5
"""Any two words share a few common letters: below, that means nothing."""
SPELLING_WEIGHT: Final = 0.9
QUERY_COVERAGE_POWER: Final = 0.25
NAME_COVERAGE_POWER: Final = 1.0
"""½ and ½ would be the cosine; a need says much that no name holds, so what it covers weighs less."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of all skills, indexed; row i of every answer is the skill at row i of `labels`."""

    skill_count: int
    names: Postings
    name_masses: FloatArray
    name_idf: FloatArray
    name_starts: IntArray
    statistics: Statistics
    pooled: ImpactScorer
    trigrams: ImpactScorer

    @classmethod
    def of(cls, labels: Sequence[SkillLabel]) -> "Lexicon":
        """Analyse the names and descriptions of `labels`."""
        names: list[list[Token]] = []
        spelled: list[list[Token]] = []
        pooled: list[list[Token]] = []
        starts: list[int] = []
        for label in labels:
            starts.append(len(names))
            words: list[Token] = []
            for lang, description in (("fr", label.fr_description), ("en", label.en_description)):
                for name in label.names(lang):
                    names.append(analyse(name, lang))
                    spelled.append(letter_trigrams(name))
                    words += names[-1]
                words += analyse(description, lang)
            if len(names) == starts[-1]:  # every skill keeps a place, even one that nobody named
                names.append([])
                spelled.append([])
            pooled.append(words)
        return cls.counted(
            names=Postings.of(names),
            pooled=Postings.of(pooled),
            trigrams=Postings.of(spelled),
            name_starts=np.array(starts, dtype=np.int64),
        )

    @classmethod
    def counted(cls, *, names: Postings, pooled: Postings, trigrams: Postings, name_starts: IntArray) -> "Lexicon":
        """Weigh words that were counted before.

        Args:
            names: The words of each name.
            pooled: The words of each skill.
            trigrams: The letter trigrams of each name.
            name_starts: Shape (skills,): the row of the first name of each skill.
        """
        statistics = Statistics.of(pooled)
        idf = statistics.idf(names.terms) ** 2
        masses = np.bincount(names.documents, idf[names.columns()], minlength=names.document_count)
        return cls(
            skill_count=len(name_starts),
            names=names,
            name_masses=np.maximum(masses, 1e-9),
            name_idf=idf,
            name_starts=name_starts,
            statistics=statistics,
            pooled=bm25_scorer(pooled, statistics),
            trigrams=tfidf_scorer(trigrams, Statistics.of(trigrams), with_bigrams=False),
        )

    def score(self, query: Query, text: str) -> FloatArray:
        """Return the nearness of `text`, analysed as `query`, to each skill: shape (skills,), in [0, 1)."""
        if not self.skill_count or not query.counts:
            return np.zeros(self.skill_count)
        idf = np.sort(self.statistics.idf(query.words))[::-1]
        by_name = self._best(self._name_scores(query, float((idf[:CORE_WORDS] ** 2).sum())))
        # BM25 is divided by the idf of all words: bring it back to that of the core.
        by_words = self.pooled.score(query) * float(idf.sum() / idf[:CORE_WORDS].sum())
        words = NAME_WEIGHT * by_name + (1 - NAME_WEIGHT) * np.minimum(by_words, 1.0)
        if len(query.words) > SHORT_QUERY_WORDS:
            return words
        spelling = self._best(self.trigrams.score(Query.spelled(letter_trigrams(text))))
        spelling[spelling < CLOSE_SPELLING] = 0.0
        return np.maximum(words, SPELLING_WEIGHT * spelling + (1 - SPELLING_WEIGHT) * words)

    def _name_scores(self, query: Query, core_mass: float) -> FloatArray:
        names = self.names
        matched = np.zeros(names.document_count)
        for term in query.words:
            column = names.terms.get(term)
            if column is not None:
                matched[names.documents[names.starts[column] : names.starts[column + 1]]] += self.name_idf[column]
        covered: FloatArray = (matched / self.name_masses) ** NAME_COVERAGE_POWER
        return covered * np.minimum(matched / core_mass, 1.0) ** QUERY_COVERAGE_POWER

    def _best(self, by_name: FloatArray) -> FloatArray:
        best: FloatArray = np.maximum.reduceat(by_name, self.name_starts)
        return best


def letter_trigrams(text: str) -> list[Token]:
    """Return the letter trigrams of the folded words of `text`, word borders included."""
    line = f"_{'_'.join(split_words(text[:MAX_TEXT_LETTERS]))}_"
    return [Token("", line[at : at + 3]) for at in range(len(line) - 2)]
