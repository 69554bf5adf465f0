"""Distances between places, as the crow flies."""

from math import asin, cos, radians, sin, sqrt
from typing import Final

from expertise.matching.profiles import Point

EARTH_RADIUS_KM: Final = 6_371.0


def distance_km(one: Point, other: Point) -> float:
    """Return the great-circle distance between two points (haversine)."""
    latitude, longitude = radians(one[0]), radians(one[1])
    other_latitude, other_longitude = radians(other[0]), radians(other[1])
    chord = (
        sin((other_latitude - latitude) / 2) ** 2
        + cos(latitude) * cos(other_latitude) * sin((other_longitude - longitude) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(chord, 1.0)))
