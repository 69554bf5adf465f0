"""The index as it comes back from a file, or from the index before, answers as one that was built whole."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from expertise.matching import Example, Index, Vocabulary, arrays, rank, suggest
from expertise.matching.storing import pack_index, pack_vocabulary, unpack_index, unpack_vocabulary
from tests.expertise.matching.builders import (
    LABELS,
    PRINTERS,
    REQUESTS,
    VOCABULARY,
    WEB,
    WIFI,
    need,
    organization,
    profiles,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from expertise.matching import Profile, Request

EXAMPLES = (
    Example("caisse gelée", "fr", frozenset({WEB, WIFI})),
    Example("papier coincé", "fr", frozenset({PRINTERS})),
)


def same_arrays(one: Index, other: Index) -> bool:
    """Whether two indexes hold the same words in the same places, to the bit."""
    pairs = [(one.owners, other.owners)]
    pairs += [
        (getattr(one.postings, name), getattr(other.postings, name)) for name in ("starts", "documents", "counts")
    ]
    pairs += [(mine.impacts, yours.impacts) for mine, yours in zip(one.scorers, other.scorers, strict=True)]  # type: ignore[attr-defined]
    return (
        all(np.array_equal(mine, yours) for mine, yours in pairs)
        and one.postings.terms == other.postings.terms
        and (one.documents, one.held, one.marks) == (other.documents, other.held, other.marks)
        and one.version == other.version
    )


@pytest.mark.parametrize("vocabulary", [VOCABULARY, Vocabulary.build(LABELS, EXAMPLES), Vocabulary.build([])])
def test_vocabulary_from_a_file_suggests_the_same(vocabulary: Vocabulary, tmp_path: Path) -> None:
    arrays.write(tmp_path / "v", pack_vocabulary(vocabulary))
    back = unpack_vocabulary(arrays.read(tmp_path / "v"))
    assert (back.version, back.labels, back.narrower_ids) == (
        vocabulary.version,
        vocabulary.labels,
        vocabulary.narrower_ids,
    )
    for text in ("caisse gelée", "bourage de papier", "wireless network", "site", ""):
        assert suggest(text, "fr", back, floor=0) == suggest(text, "fr", vocabulary, floor=0)


@settings(max_examples=40)
@given(profiles(), REQUESTS)
def test_index_from_a_file_ranks_the_same(people: list[Profile], request_: Request) -> None:
    index = Index.build(people, VOCABULARY)
    back = unpack_index(pack_index(index), VOCABULARY)
    assert same_arrays(back, index)
    assert rank(request_, people, VOCABULARY, index=back) == rank(request_, people, VOCABULARY, index=index)


@settings(max_examples=40)
@given(profiles(max_size=4), profiles(max_size=4), st.data())
def test_index_from_the_one_before_is_the_one_built_whole(
    before: list[Profile], after: list[Profile], data: st.DataObject
) -> None:
    stayed = [one for one in before if data.draw(st.booleans())]
    people = [*{one.organization_id: one for one in (*after, *stayed)}.values()]
    previous = Index.build(before, VOCABULARY)
    assert same_arrays(Index.build(people, VOCABULARY, previous=previous), Index.build(people, VOCABULARY))


def test_only_changed_texts_are_analysed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [organization(1, "imprimantes"), organization(2, "sites"), organization(3, "tablettes")]
    previous = Index.build(people, VOCABULARY)
    read: list[str] = []
    monkeypatch.setattr("expertise.matching.index.analyse", lambda text, _lang: read.append(text) or [])
    changed = [people[0], organization(2, "courriel"), replace(people[2], load=1)]
    Index.build(changed, VOCABULARY, previous=previous)
    assert read == ["courriel"]


def test_index_of_another_vocabulary_gives_its_texts_and_no_skill() -> None:
    people = [organization(1, "imprimantes", PRINTERS), organization(2, "sites", WEB)]
    smaller = Vocabulary.build(LABELS[1:])
    stale = unpack_index(pack_index(Index.build(people, VOCABULARY)), smaller)
    assert set(stale.held) == {frozenset()}
    assert same_arrays(Index.build(people, smaller, previous=stale), Index.build(people, smaller))


def test_only_profiles_near_the_request_are_read() -> None:
    people = [organization(number, "réparation d’imprimantes", PRINTERS) for number in range(1, 501)]
    index = Index.build(people, VOCABULARY)
    asked: list[int] = []

    def find(organization_ids: Sequence[int]) -> list[Profile]:
        asked.extend(organization_ids)
        return [people[one - 1] for one in organization_ids]

    far = replace(need("imprimante", PRINTERS), excluded=frozenset(range(1, 201)))
    assert rank(far, find, VOCABULARY, 3, index=index) == rank(far, people, VOCABULARY, 3)
    asked.clear()
    assert rank(need("tenue de livres"), find, VOCABULARY, 3, index=index) == []
    assert asked == []


def test_function_without_an_index_is_refused() -> None:
    with pytest.raises(TypeError):
        rank(need("imprimante"), lambda _ids: [], VOCABULARY)
