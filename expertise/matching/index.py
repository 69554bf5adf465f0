"""What organizations know, indexed once and shared by every request until their profiles change."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from expertise.matching.analysis import MAX_TEXT_LETTERS, analyse
from expertise.matching.postings import IntArray, Postings, Statistics
from expertise.matching.profiles import Document, Profile
from expertise.matching.scorers import Scorer, bm25_scorer, tfidf_scorer
from expertise.matching.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Index:
    """The texts and skills of organizations as arrays; which of them may be asked is read elsewhere.

    Attributes:
        organization_ids: In ascending order; an organization's row is its rank here.
        rows: Organization id to row.
        documents: The texts, grouped by organization.
        owners: Shape (documents,): the organization's row of each text, ascending.
        held: The vocabulary rows of the skills of each organization.
        postings: The words of the texts.
        holders: Skill row to the rows of the organizations that hold it.
        scorers: What compares a request with each text.
        statistics: How common each word is.
        version: Changes with the content and with the vocabulary.
    """

    vocabulary: Vocabulary
    organization_ids: tuple[int, ...]
    rows: Mapping[int, int]
    documents: tuple[Document, ...]
    owners: IntArray
    held: tuple[frozenset[int], ...]
    holders: Mapping[int, IntArray]
    postings: Postings
    scorers: tuple[Scorer, ...]
    statistics: Statistics
    version: str

    @classmethod
    def build(
        cls, profiles: Iterable[Profile], vocabulary: Vocabulary, statistics: Statistics | None = None
    ) -> "Index":
        """Index `profiles`; of several with one id the last counts, unknown skills are ignored.

        Args:
            profiles: Only `documents` and `skills` are read.
            vocabulary: Gives skills their words and relations.
            statistics: Those of another index, to score a few profiles as if they were part of it.
        """
        unique = {profile.organization_id: profile for profile in profiles}
        ordered = [unique[organization_id] for organization_id in sorted(unique)]
        texts = [(row, document) for row, profile in enumerate(ordered) for document in profile.documents]
        postings = Postings.of((analyse(document.text, document.lang) for _, document in texts), with_bigrams=True)
        held = tuple(
            frozenset(vocabulary.rows[one.skill_id] for one in profile.skills if one.skill_id in vocabulary.rows)
            for profile in ordered
        )
        statistics = statistics or Statistics.of(postings)
        return cls(
            vocabulary=vocabulary,
            organization_ids=tuple(profile.organization_id for profile in ordered),
            rows={profile.organization_id: row for row, profile in enumerate(ordered)},
            documents=tuple(document for _, document in texts),
            owners=np.array([row for row, _ in texts], dtype=np.int64),
            held=held,
            holders=_holders(held),
            postings=postings,
            scorers=(
                tfidf_scorer(postings, statistics, with_bigrams=True),
                tfidf_scorer(postings, statistics, with_bigrams=False),
                bm25_scorer(postings, statistics),
            ),
            statistics=statistics,
            version=_version(ordered, vocabulary),
        )

    def documents_of(self, row: int) -> range:
        """Return the rows of the texts of the organization at `row`."""
        start, stop = np.searchsorted(self.owners, (row, row + 1))
        return range(int(start), int(stop))


def version_of(profiles: Iterable[Profile], vocabulary: Vocabulary) -> str:
    """Return the version an index of `profiles` would have, without building it."""
    unique = {profile.organization_id: profile for profile in profiles}
    return _version([unique[organization_id] for organization_id in sorted(unique)], vocabulary)


def _holders(held: tuple[frozenset[int], ...]) -> dict[int, IntArray]:
    holders: dict[int, list[int]] = {}
    for row, skills in enumerate(held):
        for skill_row in skills:
            holders.setdefault(skill_row, []).append(row)
    return {skill_row: np.array(rows, dtype=np.int64) for skill_row, rows in holders.items()}


def _version(ordered: list[Profile], vocabulary: Vocabulary) -> str:
    digest = hashlib.sha256(vocabulary.version.encode())
    for profile in ordered:
        texts = [
            (document.text[:MAX_TEXT_LETTERS], document.lang, document.kind, document.ref)
            for document in profile.documents
        ]
        digest.update(repr((profile.organization_id, texts, sorted(held.skill_id for held in profile.skills))).encode())
    return digest.hexdigest()[:16]
