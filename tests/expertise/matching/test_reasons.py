"""Reasons are true: without its evidence, the score is lower by what the reason weighs."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given

from expertise.matching import Document, HeldSkill, Index, Match, Profile, Reason, Request, rank
from expertise.matching.analysis import analyse
from expertise.matching.postings import Query
from tests.expertise.matching.builders import (
    HOSTING,
    REQUESTS,
    VOCABULARY,
    WEB,
    WORDPRESS,
    need,
    organization,
    profiles,
)


def without(reason: Reason, profile: Profile, request: Request) -> Profile:
    """The same organization without what the reason says of it."""
    match reason.code:
        case "skill" | "broader_skill":
            skill_id = int(reason.data["skill_id"])
            asked_id = int(reason.data.get("asked_id", skill_id))
            answers = {skill_id, asked_id, *VOCABULARY.narrower_of(asked_id), *VOCABULARY.broader_of(asked_id)}
            return replace(profile, skills=tuple(held for held in profile.skills if held.skill_id not in answers))
        case "words" | "guide" | "help":
            return replace(
                profile,
                documents=tuple(
                    _without_words(document, request) if document.ref == reason.data["ref"] else document
                    for document in profile.documents
                ),
            )
        case "region":
            return replace(profile, region=None, serves_regions=frozenset())
        case "neighbour":
            return replace(profile, region=None)
        case "remote":
            return replace(profile, is_remote=False)
        case "distance_km":
            return replace(profile, point=None)
    raise AssertionError(reason.code)


def _without_words(document: Document, request: Request) -> Document:
    asked = Query.of(request.text, request.lang).words
    kept = [token.surface for token in analyse(document.text, document.lang) if token.term not in asked]
    return replace(document, text=" ".join(kept))


def score_of(profile: Profile, request: Request, index: Index) -> float:
    """What the organization would score in the collection of `index`, 0 when it is not proposed."""
    alone = Index.build([profile], VOCABULARY, statistics=index.statistics)
    matches = rank(request, [profile], VOCABULARY, index=alone)
    return matches[0].score if matches else 0.0


@given(REQUESTS, profiles(max_size=5))
def test_taking_the_evidence_away_lowers_the_score(request_: Request, network: list[Profile]) -> None:
    index = Index.build(network, VOCABULARY)
    by_id = {profile.organization_id: profile for profile in network}
    for match in rank(request_, network, VOCABULARY, index=index):
        profile = by_id[match.organization_id]
        assert score_of(profile, request_, index) == pytest.approx(match.score, abs=1e-6)
        for reason in match.reasons:
            weaker = score_of(without(reason, profile, request_), request_, index)
            assert weaker < match.score
            assert weaker == 0 or reason.code == "region" or match.score - weaker >= reason.weight * 0.5


@given(REQUESTS, profiles(max_size=5))
def test_each_skill_named_counts_by_itself(request_: Request, network: list[Profile]) -> None:
    index = Index.build(network, VOCABULARY)
    by_id = {profile.organization_id: profile for profile in network}
    for match in rank(request_, network, VOCABULARY, index=index):
        profile = by_id[match.organization_id]
        for skill_id in [reason.data["skill_id"] for reason in match.reasons if "skill_id" in reason.data]:
            kept = tuple(held for held in profile.skills if held.skill_id != skill_id)
            assert score_of(replace(profile, skills=kept), request_, index) < match.score


@given(REQUESTS, profiles())
def test_at_most_three_strongest_first(request_: Request, network: list[Profile]) -> None:
    for match in rank(request_, network, VOCABULARY):
        weights = [reason.weight for reason in match.reasons]
        assert 1 <= len(weights) <= 3
        assert all(weight > 0 for weight in weights)
        assert all(one >= other - 1e-9 for one, other in pairwise(weights))


def one_match(request: Request, profile: Profile) -> Match:
    (match,) = rank(request, [profile], VOCABULARY)
    return match


def test_a_skill_says_when_it_was_confirmed() -> None:
    profile = organization(4, skills=(HeldSkill(HOSTING, confirmed_on=date(2026, 8, 3)),))
    reason = one_match(need("", HOSTING), profile).reasons[0]
    assert (reason.code, reason.data) == ("skill", {"skill_id": HOSTING, "confirmed_on": "2026-08-03"})


def test_a_part_of_the_skill_names_what_was_asked() -> None:
    reason = one_match(need("", WEB), organization(4, "", WORDPRESS)).reasons[0]
    assert (reason.code, reason.data) == ("skill", {"skill_id": WORDPRESS, "asked_id": WEB})


def test_the_words_are_those_of_the_need_rarest_first() -> None:
    others = [organization(number, "imprimante et réseau") for number in range(10, 20)]
    profile = organization(4, "L’imprimante Zébra du centre")
    match = next(
        one
        for one in rank(need("imprimantes zebra"), [profile, *others], VOCABULARY, limit=20)
        if one.organization_id == 4
    )
    assert match.reasons[0].data["words"] == "zebra, imprimantes"


def test_where_it_is_is_said_after_what_it_knows() -> None:
    profile = organization(4, "imprimante", point=(48.2, -79.0))
    match = one_match(need("imprimante", point=(48.2, -79.0)), profile)
    assert [reason.code for reason in match.reasons] == ["words", "region", "distance_km"]
    assert match.reasons[2].data == {"distance_km": 0}
