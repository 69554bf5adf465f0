"""The vocabulary and the index as arrays, and back: what follows from the words is counted again, not stored."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from itertools import pairwise
from typing import Any, Final

import numpy as np

from expertise.matching.arrays import Array, Stored, pack_words, unpack_words
from expertise.matching.index import Index
from expertise.matching.lessons import Lessons
from expertise.matching.lexicon import Lexicon
from expertise.matching.postings import Postings
from expertise.matching.profiles import Document, SkillLabel
from expertise.matching.vocabulary import Vocabulary

_SYNONYMS: Final = ("fr_synonyms", "en_synonyms")
_LEARNED: Final = ("coefficients", "base_rates", "trust")


def pack_vocabulary(vocabulary: Vocabulary) -> Stored:
    """Return a vocabulary as arrays."""
    lexicon, lessons = vocabulary.lexicon, vocabulary.lessons
    kept = {
        **_pack("names", lexicon.names),
        **_pack("pooled", lexicon.pooled.postings),
        **_pack("trigrams", lexicon.trigrams.postings),
        "name_starts": lexicon.name_starts,
    }
    if lessons is not None:
        kept |= _pack("examples", lessons.scorer.postings)
        kept |= {name: getattr(lessons, name) for name in _LEARNED}
    facts = {"labels": [asdict(label) for label in vocabulary.labels], "version": vocabulary.version}
    return Stored(facts, kept)


def unpack_vocabulary(stored: Stored) -> Vocabulary:
    """Return the vocabulary that `pack_vocabulary` was given.

    Raises:
        KeyError, TypeError, ValueError: `stored` holds something else.
    """
    kept = stored.arrays
    labels = tuple(_label(facts) for facts in stored.facts["labels"])
    lessons = None
    if "coefficients" in kept:
        lessons = Lessons.learned(_unpack("examples", kept), **{name: kept[name] for name in _LEARNED})
    return Vocabulary.of(
        labels,
        Lexicon.counted(
            names=_unpack("names", kept),
            pooled=_unpack("pooled", kept),
            trigrams=_unpack("trigrams", kept),
            name_starts=kept["name_starts"],
        ),
        lessons,
        version=stored.facts["version"],
    )


def pack_index(index: Index) -> Stored:
    """Return an index as arrays; its vocabulary is kept apart."""
    sizes = [len(held) for held in index.held]
    kept: dict[str, Array] = {
        **_pack("texts", index.postings),
        "organization_ids": np.array(index.organization_ids, dtype=np.int64),
        "owners": index.owners,
        "held_sizes": np.array(sizes, dtype=np.int64),
        "held": np.array([row for held in index.held for row in sorted(held)], dtype=np.int64),
        "marks": pack_words(list(index.marks)),
    }
    documents = [[document.lang, document.kind, document.ref] for document in index.documents]
    return Stored({"documents": documents, "vocabulary": index.vocabulary.version}, kept)


def unpack_index(stored: Stored, vocabulary: Vocabulary) -> Index:
    """Return the index that `pack_index` was given.

    Args:
        stored: What `pack_index` returned.
        vocabulary: The one the index was built with. With another one, the texts still serve a build; skills have
            other rows, and are left out.

    Raises:
        KeyError, TypeError, ValueError: `stored` holds something else.
    """
    kept = stored.arrays
    ends = np.cumsum(kept["held_sizes"]).tolist()
    rows = kept["held"].tolist() if stored.facts["vocabulary"] == vocabulary.version else []
    return Index.of(
        vocabulary,
        organization_ids=tuple(kept["organization_ids"].tolist()),
        documents=tuple(Document("", lang, kind, ref) for lang, kind, ref in stored.facts["documents"]),
        owners=kept["owners"],
        held=tuple(frozenset(rows[start:end]) for start, end in pairwise((0, *ends))),
        marks=tuple(unpack_words(kept["marks"])),
        postings=_unpack("texts", kept),
    )


def _pack(name: str, postings: Postings) -> dict[str, Array]:
    return {
        f"{name}.terms": pack_words(list(postings.terms)),
        f"{name}.starts": postings.starts,
        f"{name}.documents": postings.documents.astype(np.int32),
        f"{name}.counts": postings.counts.astype(np.int32),
        f"{name}.lengths": postings.lengths.astype(np.int32),
    }


def _unpack(name: str, kept: Mapping[str, Array]) -> Postings:
    terms = unpack_words(kept[f"{name}.terms"])
    return Postings(
        terms={term: column for column, term in enumerate(terms)},
        starts=kept[f"{name}.starts"],
        documents=kept[f"{name}.documents"].astype(np.int64),
        counts=kept[f"{name}.counts"].astype(np.float64),
        lengths=kept[f"{name}.lengths"].astype(np.float64),
        is_bigram=_bigrams(terms),
    )


def _bigrams(terms: Iterable[str]) -> Array:
    return np.array([" " in term for term in terms], dtype=np.bool_)


def _label(facts: Mapping[str, Any]) -> SkillLabel:
    return SkillLabel(**{**facts, **{name: tuple(facts[name]) for name in _SYNONYMS}})
