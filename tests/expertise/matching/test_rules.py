"""Each hard rule removes for its own reason, and for no other."""

import pytest

from expertise.matching import RULES, HeldSkill, Profile, Request, explain_exclusion
from tests.expertise.matching.builders import HOSTING, WIFI, need, organization

ROUYN, AMOS, QUEBEC = (48.24, -79.02), (48.57, -78.12), (46.81, -71.21)


def removed_by(request: Request, profile: Profile) -> list[str]:
    return [rule.code for rule in explain_exclusion(request, profile).removed_by]


def test_nothing_removes_a_neighbour_with_room() -> None:
    assert not explain_exclusion(need(), organization(7)).is_excluded


@pytest.mark.parametrize(
    ("code", "request_fields", "profile_fields"),
    [
        ("own_organization", {"organization_id": 7}, {}),
        ("excluded", {"excluded": frozenset({7})}, {}),
        ("refused_before", {"refused": frozenset({7})}, {}),
        ("state", {}, {"state": "unclaimed"}),
        ("area", {}, {"region": "02"}),
        ("language", {"languages": frozenset({"en"})}, {"languages": frozenset({"fr"})}),
        ("help_kind", {"help_kinds": frozenset({"volunteer"})}, {"help_kinds": frozenset({"market"})}),
        ("capacity", {}, {"capacity": 2, "load": 2}),
        ("capacity", {}, {"capacity": 0}),
        ("absence", {}, {"is_absent": True}),
    ],
)
def test_each_rule_names_itself(
    code: str, request_fields: dict[str, object], profile_fields: dict[str, object]
) -> None:
    assert removed_by(need(**request_fields), organization(7, **profile_fields)) == [code]


def test_all_reasons_are_told_at_once() -> None:
    profile = organization(7, region="02", is_absent=True, load=1)
    assert removed_by(need(), profile) == ["area", "capacity", "absence"]


def test_what_was_not_said_rules_nothing_out() -> None:
    request = need(languages=frozenset({"en"}), help_kinds=frozenset({"volunteer"}))
    assert removed_by(request, organization(7)) == []


@pytest.mark.parametrize("state", ["verified", "unverified"])
def test_verified_and_new_organizations_may_be_asked(state: str) -> None:
    assert removed_by(need(), organization(7, state=state)) == []


class TestArea:
    def test_served_regions_count_as_home(self) -> None:
        assert removed_by(need(), organization(7, region="02", serves_regions=frozenset({"08"}))) == []

    def test_neighbours_join_when_the_reach_widens(self) -> None:
        neighbour = organization(7, region="07")
        asked = {"neighbours": frozenset({"07"})}
        assert removed_by(need(**asked), neighbour) == ["area"]
        assert removed_by(need(**asked, reach="neighbours"), neighbour) == []
        assert removed_by(need(**asked, reach="broader"), neighbour) == []

    @pytest.mark.parametrize(
        ("mode", "reach", "is_removed"),
        [
            ("remote", "region", False),
            ("either", "region", True),
            ("either", "neighbours", False),
            ("on_site", "neighbours", True),
        ],
    )
    def test_distance_help_joins_when_the_need_allows(self, mode: str, reach: str, is_removed: bool) -> None:
        far = organization(7, region="02", is_remote=True)
        assert removed_by(need(mode=mode, reach=reach), far) == (["area"] if is_removed else [])

    def test_a_need_for_distance_help_asks_only_those_who_give_it(self) -> None:
        assert removed_by(need(mode="remote"), organization(7)) == ["area"]

    def test_the_distance_travelled_decides_when_both_places_are_known(self) -> None:
        request = need(point=ROUYN)
        near = {"region": "02", "point": AMOS, "max_distance_km": 100}
        assert removed_by(request, organization(7, **near)) == []
        assert removed_by(request, organization(7, point=QUEBEC, max_distance_km=100)) == ["area"]

    def test_a_served_region_beats_the_distance(self) -> None:
        profile = organization(7, point=QUEBEC, max_distance_km=100, serves_regions=frozenset({"08"}))
        assert removed_by(need(point=ROUYN), profile) == []

    def test_a_need_without_region_is_for_distance_help(self) -> None:
        assert removed_by(need(region=None), organization(7, region=None, is_remote=True)) == []
        assert removed_by(need(region=None), organization(7, region=None)) == ["area"]


class TestExceptions:
    def test_the_terms_of_the_asked_skill_replace_the_general_ones(self) -> None:
        held = (HeldSkill(HOSTING, help_kinds=frozenset({"volunteer"}), regions=frozenset({"02"})), HeldSkill(WIFI))
        profile = organization(7, skills=held, help_kinds=frozenset({"market"}))
        volunteer = frozenset({"volunteer"})
        assert removed_by(need("", HOSTING, region="02", help_kinds=volunteer), profile) == []
        assert removed_by(need("", HOSTING, help_kinds=volunteer), profile) == ["area", "help_kind"]
        assert removed_by(need("", WIFI, help_kinds=volunteer), profile) == ["help_kind"]

    def test_one_asked_skill_with_fitting_terms_is_enough(self) -> None:
        profile = organization(7, skills=(HeldSkill(HOSTING, regions=frozenset()), HeldSkill(WIFI)))
        assert removed_by(need("", HOSTING), profile) == ["area"]
        assert removed_by(need("", HOSTING, WIFI), profile) == []


def test_rules_speak_both_languages_under_unique_codes() -> None:
    assert len({rule.code for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.fr.endswith(".")
        assert rule.en.endswith(".")
        assert "'" not in rule.fr
