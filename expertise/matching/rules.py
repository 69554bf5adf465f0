"""Hard rules: each removes a candidate for one named reason that can be said in both languages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from expertise.matching.distances import distance_km
from expertise.matching.profiles import HeldSkill, Profile, Request

MATCHED_STATES: Final = frozenset({"verified", "unverified"})
"""An unclaimed organization never asked for anything; a suspended or closed one takes nothing."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its code, its sentence in French and in English, and its test."""

    code: str
    fr: str
    en: str
    removes: Callable[[Request, Profile], bool]


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """The rules that remove an organization from a need, in their order; none when it may be asked."""

    removed_by: tuple[Rule, ...]

    @property
    def is_excluded(self) -> bool:
        """Whether any rule removes it."""
        return bool(self.removed_by)


def explain_exclusion(request: Request, profile: Profile) -> RuleVerdict:
    """Name every rule that removes the organization: the answer to « pourquoi pas elle? »."""
    return RuleVerdict(tuple(rule for rule in RULES if rule.removes(request, profile)))


def is_allowed(request: Request, profile: Profile) -> bool:
    """Say whether no rule removes the organization."""
    return not any(rule.removes(request, profile) for rule in RULES)


def accepts_through(request: Request, profile: Profile, held: HeldSkill) -> bool:
    """Say whether the terms of one held skill (its exceptions before the general ones) fit the need."""
    return _is_reached(request, profile, held) and _gives_kind(request, profile, held)


def is_in_area(request: Request, profile: Profile, regions: frozenset[str] | None = None) -> bool:
    """Say whether the organization comes to where the need is.

    Args:
        request: Its `reach` lets the organizations of neighbouring regions in.
        profile: Its region and those it serves; a distance it gave counts when both places are known.
        regions: Replaces the regions it serves, its own included, when not None.
    """
    served = profile.serves_regions if regions is None else regions
    if request.region is not None and request.region in served:
        return True
    if regions is None and request.point and profile.point and profile.max_distance_km is not None:
        return distance_km(request.point, profile.point) <= profile.max_distance_km
    if request.region is None:
        return False
    home = {profile.region} if regions is None else regions
    reached = {request.region} | (request.neighbours if request.reach != "region" else frozenset())
    return bool(home & reached)


def is_remote_fit(request: Request, profile: Profile) -> bool:
    """Say whether help at a distance is wanted and given.

    A need that takes either way asks nearby first: distance joins in when its reach widens, or at
    once when it has no region.
    """
    if not profile.is_remote or request.mode == "on_site":
        return False
    return request.mode == "remote" or request.reach != "region" or request.region is None


def _is_reached(request: Request, profile: Profile, held: HeldSkill | None = None) -> bool:
    if is_remote_fit(request, profile):
        return True
    return request.mode != "remote" and is_in_area(request, profile, held.regions if held else None)


def _gives_kind(request: Request, profile: Profile, held: HeldSkill | None = None) -> bool:
    given = held.help_kinds if held and held.help_kinds is not None else profile.help_kinds
    is_silent = not given and not (held and held.help_kinds is not None)
    return not request.help_kinds or is_silent or bool(request.help_kinds & given)


def _asked_skills(request: Request, profile: Profile) -> Iterator[HeldSkill]:
    return (held for held in profile.skills if held.skill_id in request.skill_ids)


def _is_out_of_area(request: Request, profile: Profile) -> bool:
    asked = list(_asked_skills(request, profile))
    if not asked:
        return not _is_reached(request, profile)
    return not any(_is_reached(request, profile, held) for held in asked)


def _is_another_kind(request: Request, profile: Profile) -> bool:
    reached = [held for held in _asked_skills(request, profile) if _is_reached(request, profile, held)]
    if not reached:
        return not _gives_kind(request, profile)
    return not any(_gives_kind(request, profile, held) for held in reached)


def _is_another_language(request: Request, profile: Profile) -> bool:
    return bool(request.languages and profile.languages) and not request.languages & profile.languages


RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "own_organization",
        "C’est l’organisme qui demande de l’aide.",
        "It is the organization that asks for help.",
        lambda request, profile: profile.organization_id == request.organization_id,
    ),
    Rule(
        "excluded",
        "L’organisme a été décoché, bloqué ou déjà consulté pour cette demande.",
        "The organization was unticked, blocked or already asked for this request.",
        lambda request, profile: profile.organization_id in request.excluded,
    ),
    Rule(
        "refused_before",
        "L’organisme a déjà répondu que ce n’est pas son domaine ou pas sa région.",
        "The organization already answered that this is not its field or not its region.",
        lambda request, profile: profile.organization_id in request.refused,
    ),
    Rule(
        "state",
        "L’organisme n’est pas actif dans le réseau.",
        "The organization is not active in the network.",
        lambda _, profile: profile.state not in MATCHED_STATES,
    ),
    Rule(
        "area",
        "L’organisme ne dessert pas cette région, ni sur place ni à distance.",
        "The organization does not serve this region, on site or remotely.",
        _is_out_of_area,
    ),
    Rule(
        "language",
        "L’organisme n’offre pas ses services dans la langue demandée.",
        "The organization does not offer its services in the language asked for.",
        _is_another_language,
    ),
    Rule(
        "help_kind",
        "L’organisme n’offre pas le genre d’aide demandé.",
        "The organization does not offer the kind of help asked for.",
        _is_another_kind,
    ),
    Rule(
        "capacity",
        "L’organisme aide déjà autant de groupes qu’il le peut.",
        "The organization already helps as many groups as it can.",
        lambda _, profile: profile.load >= profile.capacity,
    ),
    Rule(
        "absence",
        "L’organisme est absent ou fermé en ce moment.",
        "The organization is away or closed at the moment.",
        lambda _, profile: profile.is_absent,
    ),
)
"""Every hard rule, in the order in which an editor reads them."""
