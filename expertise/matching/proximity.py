"""What being near adds to a score: small beside knowing how, enough to choose between equals."""

from typing import Final

from expertise.matching.distances import distance_km
from expertise.matching.profiles import Profile, Reason, Request
from expertise.matching.rules import is_in_area, is_remote_fit

SAME_REGION: Final = 0.05
NEIGHBOUR: Final = 0.03
REMOTE: Final = 0.01
CLOSE: Final = 0.03
CLOSE_KM: Final = 150
"""Being next door adds `CLOSE`, less and less up to this distance."""


def most_proximity(request: Request) -> float:
    """Return the most that nearness can add for this request: what says no place is near nobody."""
    elsewhere = NEIGHBOUR if request.neighbours else REMOTE
    by_region = elsewhere if request.region is None else SAME_REGION
    return by_region + (CLOSE if request.point and request.mode != "remote" else 0.0)


def proximity_reasons(request: Request, profile: Profile) -> list[Reason]:
    """Return what nearness adds to the score, each part as the reason that says it."""
    comes = request.mode != "remote" and is_in_area(request, profile)
    reasons: list[Reason] = []
    if request.region is not None and request.region in {profile.region, *profile.serves_regions}:
        reasons.append(Reason("region", SAME_REGION, {"region": request.region}))
    elif comes and profile.region is not None and profile.region in request.neighbours:
        reasons.append(Reason("neighbour", NEIGHBOUR, {"region": profile.region}))
    elif is_remote_fit(request, profile):
        reasons.append(Reason("remote", REMOTE))
    if comes and request.point and profile.point:
        distance = distance_km(request.point, profile.point)
        if distance < CLOSE_KM:
            reasons.append(Reason("distance_km", CLOSE * (1 - distance / CLOSE_KM), {"distance_km": round(distance)}))
    return reasons
