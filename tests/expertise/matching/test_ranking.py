"""Ranking: what is proposed may be asked, has evidence, and comes in the same order every time."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, strategies as st

from expertise.matching import Document, HeldSkill, Index, Match, Profile, Request, explain_exclusion, rank
from expertise.matching.proximity import most_proximity, proximity_reasons
from tests.expertise.matching.builders import (
    ACCOUNTING,
    HOSTING,
    PRINTERS,
    REQUESTS,
    VOCABULARY,
    WEB,
    WIFI,
    WORDPRESS,
    need,
    organization,
    profiles,
)

PRINTING = organization(1, "Nous réparons les imprimantes et le Wi-Fi des groupes", PRINTERS, WIFI)
BOOKS = organization(2, "Tenue de livres et comptabilité", ACCOUNTING)
WEBSITES = organization(3, "Création de sites web", WEB, WORDPRESS)
NETWORK = [PRINTING, BOOKS, WEBSITES]


def ids(matches: list[Match]) -> list[int]:
    return [match.organization_id for match in matches]


class TestFinding:
    @pytest.mark.parametrize(
        ("text", "lang", "first"),
        [
            ("l’imprimante prend pas le wifi", "fr", 1),
            ("bourrage de papier", "fr", 1),
            ("comptable", "fr", 2),
            ("our WordPress website is broken", "en", 3),
        ],
    )
    def test_lay_words_find_who_can_help(self, text: str, lang: str, first: int) -> None:
        assert ids(rank(need(text, lang=lang), NETWORK, VOCABULARY))[:1] == [first]

    def test_an_english_need_finds_french_profiles_through_the_labels_of_skills(self) -> None:
        silent = organization(4, "", ACCOUNTING)
        assert ids(rank(need("bookkeeping", lang="en"), [silent], VOCABULARY)) == [4]

    def test_asked_skills_count_more_than_words(self) -> None:
        talker = organization(4, "hébergement web hébergement web")
        holder = organization(5, "", HOSTING)
        assert ids(rank(need("hébergement web", HOSTING), [talker, holder], VOCABULARY)) == [5, 4]

    def test_a_part_of_the_asked_skill_counts_less_than_the_skill(self) -> None:
        whole, part = organization(4, "", WEB), organization(5, "", WORDPRESS)
        assert ids(rank(need("", WEB), [part, whole], VOCABULARY)) == [4, 5]

    def test_a_wider_skill_counts_once_the_reach_is_broader(self) -> None:
        wide = organization(4, "", WEB)
        assert rank(need("", HOSTING), [wide], VOCABULARY) == []
        matches = rank(need("", HOSTING, reach="broader"), [wide], VOCABULARY)
        assert [reason.code for reason in matches[0].reasons] == ["broader_skill", "region"]

    def test_the_terms_of_a_skill_that_do_not_fit_give_no_credit(self) -> None:
        held = (HeldSkill(HOSTING, regions=frozenset({"02"})), HeldSkill(WIFI))
        fits, differs = organization(4, "", HOSTING, WIFI), organization(5, skills=held)
        matches = rank(need("", HOSTING, WIFI), [fits, differs], VOCABULARY)
        assert ids(matches) == [4, 5]
        assert all(reason.data.get("skill_id") != HOSTING for reason in matches[1].reasons)


class TestHonesty:
    @pytest.mark.parametrize("text", ["", "🖨️🔥🔥", "zzxqw kjhgf", "bonjour, pouvez-vous nous aider svp", "x" * 20_000])
    def test_nothing_said_finds_nobody(self, text: str) -> None:
        assert rank(need(text), NETWORK, VOCABULARY) == []

    def test_no_candidates_is_an_answer(self) -> None:
        assert rank(need("imprimante", PRINTERS), [], VOCABULARY) == []

    def test_unknown_skills_are_ignored(self) -> None:
        assert rank(need("", 12_345), [organization(4, "", 12_345)], VOCABULARY) == []

    def test_limits_below_one_give_nothing(self) -> None:
        assert rank(need("imprimante"), NETWORK, VOCABULARY, limit=0) == []
        assert rank(need("imprimante"), NETWORK, VOCABULARY, limit=-3) == []

    def test_a_long_need_is_read_to_2_000_characters(self) -> None:
        text = "imprimante " * 5_000
        assert ids(rank(need(text), NETWORK, VOCABULARY))[:1] == [1]

    def test_an_organization_with_2_000_skills_is_not_everywhere_first(self) -> None:
        everything = organization(4, "", *range(1, 2_001))
        matches = rank(need("tenue de livres", ACCOUNTING), [everything, BOOKS], VOCABULARY)
        assert ids(matches) == [2, 4]

    def test_the_index_decides_who_is_known(self) -> None:
        index = Index.build([PRINTING], VOCABULARY)
        assert ids(rank(need("imprimante comptable"), NETWORK, VOCABULARY, index=index)) == [1]


class TestOrder:
    def test_equals_go_to_the_less_loaded_then_by_id(self) -> None:
        twins = [
            organization(9, "imprimantes", capacity=5, load=1),
            organization(8, "imprimantes", capacity=5, load=2),
            organization(6, "imprimantes", capacity=5, load=1),
        ]
        assert ids(rank(need("imprimantes"), twins, VOCABULARY)) == [6, 9, 8]

    def test_the_nearer_of_equals_comes_first(self) -> None:
        away = organization(4, "imprimantes", region="07", serves_regions=frozenset())
        asked = need("imprimantes", reach="neighbours", neighbours=frozenset({"07"}))
        assert ids(rank(asked, [away, organization(5, "imprimantes")], VOCABULARY)) == [5, 4]

    @given(REQUESTS, profiles(), st.randoms())
    def test_the_order_of_profiles_changes_nothing(
        self, request_: Request, network: list[Profile], random: Random
    ) -> None:
        shuffled = random.sample(network, len(network))
        assert rank(request_, shuffled, VOCABULARY) == rank(request_, network, VOCABULARY)

    @given(REQUESTS, profiles(), st.integers(0, 8))
    def test_a_shorter_list_is_the_start_of_the_longer(
        self, request_: Request, network: list[Profile], limit: int
    ) -> None:
        everyone = rank(request_, network, VOCABULARY, limit=100)
        assert rank(request_, network, VOCABULARY, limit=limit) == everyone[:limit]

    @given(REQUESTS, profiles())
    def test_scores_descend_within_their_bounds(self, request_: Request, network: list[Profile]) -> None:
        scores = [match.score for match in rank(request_, network, VOCABULARY)]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)


class TestRules:
    @given(REQUESTS, profiles())
    def test_nobody_proposed_breaks_a_rule(self, request_: Request, network: list[Profile]) -> None:
        by_id = {profile.organization_id: profile for profile in network}
        for match in rank(request_, network, VOCABULARY):
            profile = by_id[match.organization_id]
            assert not explain_exclusion(request_, profile).is_excluded
            assert match.organization_id not in request_.excluded | request_.refused | {request_.organization_id}
            assert profile.load < profile.capacity

    @given(REQUESTS, profiles(), st.integers(0, 7))
    def test_excluding_one_moves_no_other(self, request_: Request, network: list[Profile], position: int) -> None:
        everyone = rank(request_, network, VOCABULARY, limit=100)
        if position >= len(everyone):
            return
        gone = everyone[position].organization_id
        rest = rank(replace(request_, excluded=request_.excluded | {gone}), network, VOCABULARY, limit=100)
        assert rest == [match for match in everyone if match.organization_id != gone]

    @given(REQUESTS, profiles())
    def test_everyone_proposed_shares_a_word_or_a_skill(self, request_: Request, network: list[Profile]) -> None:
        for match in rank(request_, network, VOCABULARY):
            assert {reason.code for reason in match.reasons} - {"region", "neighbour", "remote", "distance_km"}


def test_documents_of_every_kind_are_read() -> None:
    kinds = {"guide": "guide", "help": "help", "description": "words"}
    for kind, code in kinds.items():
        documents = (Document("Bourrage de papier dans la photocopieuse", "fr", kind, "Guide 12"),)
        (match,) = rank(need("photocopieuse"), [organization(4, documents=documents)], VOCABULARY)
        assert match.reasons[0].code == code
        assert match.reasons[0].data == {"words": "photocopieuse", "ref": "Guide 12"}


@given(profiles(), REQUESTS)
def test_nearness_never_adds_more_than_the_request_allows(people: list[Profile], request_: Request) -> None:
    for profile in people:
        added = sum(reason.weight for reason in proximity_reasons(request_, profile))
        assert added <= most_proximity(request_) + 1e-12
