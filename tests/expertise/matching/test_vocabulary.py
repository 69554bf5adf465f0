"""The taxonomy: relations without end do no harm, content has a version."""

import pickle

from expertise.matching import Example, Index, SkillLabel, Vocabulary, rank, version_of
from tests.expertise.matching.builders import (
    HOSTING,
    LABELS,
    ORPHAN,
    PRINTERS,
    VOCABULARY,
    WEB,
    WORDPRESS,
    need,
    organization,
)


def test_relations_go_both_ways() -> None:
    assert VOCABULARY.broader_of(HOSTING) == (WEB,)
    assert VOCABULARY.narrower_of(WEB) == (HOSTING, WORDPRESS)


def test_a_missing_parent_is_no_parent() -> None:
    assert VOCABULARY.broader_of(ORPHAN) == ()
    assert VOCABULARY.broader_of(404) == ()


def test_a_cycle_ends() -> None:
    circle = Vocabulary.build(SkillLabel(one, f"compétence{one}", broader_id=one % 3 + 1) for one in (1, 2, 3))
    assert circle.broader_of(1) == (2, 3)
    assert sorted(circle.narrower_of(1)) == [2, 3]
    assert [
        match.organization_id for match in rank(need("", 1, reach="broader"), [organization(4, "", 2)], circle)
    ] == [4]


def test_a_skill_that_is_its_own_parent_has_none() -> None:
    alone = Vocabulary.build([SkillLabel(1, "seule", broader_id=1)])
    assert alone.broader_of(1) == alone.narrower_of(1) == ()


def test_the_version_follows_the_content_not_the_order() -> None:
    assert Vocabulary.build(reversed(LABELS)).version == VOCABULARY.version
    assert Vocabulary.build(LABELS[1:]).version != VOCABULARY.version
    taught = Vocabulary.build(LABELS, [Example("papier", "fr", frozenset({PRINTERS}))])
    assert taught.version != VOCABULARY.version


def test_the_version_of_an_index_is_known_without_building_it() -> None:
    network = [organization(2, "imprimantes", PRINTERS), organization(1, "sites web")]
    index = Index.build(network, VOCABULARY)
    assert version_of(reversed(network), VOCABULARY) == index.version
    assert version_of([organization(2, "imprimantes", load=1), network[1]], VOCABULARY) != index.version
    busy = organization(2, "imprimantes", PRINTERS, load=1)
    assert version_of([busy, network[1]], VOCABULARY) == index.version


def test_an_index_survives_a_cache() -> None:
    network = [organization(2, "imprimantes", PRINTERS), organization(1, "sites web")]
    index = pickle.loads(pickle.dumps(Index.build(network, VOCABULARY)))  # noqa: S301
    assert rank(need("imprimante"), network, index.vocabulary, index=index) == rank(
        need("imprimante"), network, VOCABULARY
    )
