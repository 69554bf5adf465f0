"""What organizations know, indexed once and shared by every request until their profiles change."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

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
        documents: The texts, grouped by organization, without their words: those are in `postings`.
        owners: Shape (documents,): the organization's row of each text, ascending.
        held: The vocabulary rows of the skills of each organization.
        marks: A digest of the texts of each organization: equal ones need not be analysed again.
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
    marks: tuple[str, ...]
    postings: Postings
    scorers: tuple[Scorer, ...]
    statistics: Statistics
    version: str

    @classmethod
    def build(
        cls,
        profiles: Iterable[Profile],
        vocabulary: Vocabulary,
        statistics: Statistics | None = None,
        *,
        previous: "Index | None" = None,
    ) -> "Index":
        """Index `profiles`; of several with one id the last counts, unknown skills are ignored.

        Args:
            profiles: Only `documents` and `skills` are read.
            vocabulary: Gives skills their words and relations.
            statistics: Those of another index, to score a few profiles as if they were part of it.
            previous: An index of the same organizations before: texts that did not change are taken from it. The answer
                is the same without it, later.
        """
        ordered = _ordered(profiles)
        marks = tuple(_mark(profile) for profile in ordered)
        texts = [(row, document) for row, profile in enumerate(ordered) for document in profile.documents]
        return cls.of(
            vocabulary,
            organization_ids=tuple(profile.organization_id for profile in ordered),
            documents=tuple(replace(document, text="") for _, document in texts),
            owners=np.array([row for row, _ in texts], dtype=np.int64),
            held=tuple(_held(profile, vocabulary) for profile in ordered),
            marks=marks,
            postings=_postings(ordered, marks, previous),
            statistics=statistics,
        )

    @classmethod
    def of(
        cls,
        vocabulary: Vocabulary,
        *,
        organization_ids: tuple[int, ...],
        documents: tuple[Document, ...],
        owners: IntArray,
        held: tuple[frozenset[int], ...],
        marks: tuple[str, ...],
        postings: Postings,
        statistics: Statistics | None = None,
    ) -> "Index":
        """Weigh texts that were counted before; the arguments are the attributes of the same names."""
        statistics = statistics or Statistics.of(postings)
        return cls(
            vocabulary=vocabulary,
            organization_ids=organization_ids,
            rows={organization_id: row for row, organization_id in enumerate(organization_ids)},
            documents=documents,
            owners=owners,
            held=held,
            holders=_holders(held),
            marks=marks,
            postings=postings,
            scorers=(
                tfidf_scorer(postings, statistics, with_bigrams=True),
                tfidf_scorer(postings, statistics, with_bigrams=False),
                bm25_scorer(postings, statistics),
            ),
            statistics=statistics,
            version=_version(vocabulary, zip(organization_ids, marks, held, strict=True)),
        )

    def documents_of(self, row: int) -> range:
        """Return the rows of the texts of the organization at `row`."""
        start, stop = np.searchsorted(self.owners, (row, row + 1))
        return range(int(start), int(stop))


def version_of(profiles: Iterable[Profile], vocabulary: Vocabulary) -> str:
    """Return the version an index of `profiles` would have, without building it."""
    facts = ((one.organization_id, _mark(one), _held(one, vocabulary)) for one in _ordered(profiles))
    return _version(vocabulary, facts)


def _ordered(profiles: Iterable[Profile]) -> list[Profile]:
    unique = {profile.organization_id: profile for profile in profiles}
    return [unique[organization_id] for organization_id in sorted(unique)]


def _held(profile: Profile, vocabulary: Vocabulary) -> frozenset[int]:
    return frozenset(vocabulary.rows[one.skill_id] for one in profile.skills if one.skill_id in vocabulary.rows)


def _mark(profile: Profile) -> str:
    texts = [
        (document.text[:MAX_TEXT_LETTERS], document.lang, document.kind, document.ref) for document in profile.documents
    ]
    return hashlib.sha256(repr(texts).encode()).hexdigest()[:32]


def _postings(ordered: list[Profile], marks: tuple[str, ...], previous: Index | None) -> Postings:
    """Analyse what `previous` does not hold word for word."""
    sources: list[int] = []
    fresh: list[Document] = []
    for profile, mark in zip(ordered, marks, strict=True):
        row = None if previous is None else previous.rows.get(profile.organization_id)
        if previous is not None and row is not None and previous.marks[row] == mark:
            sources += previous.documents_of(row)
        else:
            sources += [-1] * len(profile.documents)
            fresh += profile.documents
    analysed = (analyse(document.text, document.lang) for document in fresh)
    if previous is None:
        return Postings.of(analysed, with_bigrams=True)
    return previous.postings.revised(np.array(sources, dtype=np.int64), analysed, with_bigrams=True)


def _holders(held: tuple[frozenset[int], ...]) -> dict[int, IntArray]:
    holders: dict[int, list[int]] = {}
    for row, skills in enumerate(held):
        for skill_row in skills:
            holders.setdefault(skill_row, []).append(row)
    return {skill_row: np.array(rows, dtype=np.int64) for skill_row, rows in holders.items()}


def _version(vocabulary: Vocabulary, facts: Iterable[tuple[int, str, frozenset[int]]]) -> str:
    digest = hashlib.sha256(vocabulary.version.encode())
    for organization_id, mark, held in facts:
        digest.update(f"{organization_id}{mark}{sorted(held)}".encode())
    return digest.hexdigest()[:16]
