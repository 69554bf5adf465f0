"""Québec's 17 administrative regions, their codes, names and neighbours.

Source of codes and names: Institut de la statistique du Québec, list of administrative regions (codes 01 to 17).
Neighbours: pairs of regions that share a land border, a bridge or a regular ferry.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Region:
    """One administrative region; ``name_en`` is the official name, which is French, with English typography."""

    code: str
    name_fr: str
    name_en: str
    neighbours: frozenset[str]

    @property
    def name(self) -> str:
        """Name in the language of the reader."""
        return self.name_en if (get_language() or "fr").startswith("en") else self.name_fr


_NAMES = {
    "01": ("Bas-Saint-Laurent", "Bas-Saint-Laurent"),
    "02": ("Saguenay–Lac-Saint-Jean", "Saguenay–Lac-Saint-Jean"),
    "03": ("Capitale-Nationale", "Capitale-Nationale"),
    "04": ("Mauricie", "Mauricie"),
    "05": ("Estrie", "Estrie"),
    "06": ("Montréal", "Montreal"),
    "07": ("Outaouais", "Outaouais"),
    "08": ("Abitibi-Témiscamingue", "Abitibi-Témiscamingue"),
    "09": ("Côte-Nord", "Côte-Nord"),
    "10": ("Nord-du-Québec", "Nord-du-Québec"),
    "11": ("Gaspésie–Îles-de-la-Madeleine", "Gaspésie–Îles-de-la-Madeleine"),
    "12": ("Chaudière-Appalaches", "Chaudière-Appalaches"),
    "13": ("Laval", "Laval"),
    "14": ("Lanaudière", "Lanaudière"),
    "15": ("Laurentides", "Laurentides"),
    "16": ("Montérégie", "Montérégie"),
    "17": ("Centre-du-Québec", "Centre-du-Québec"),
}
_BORDERS = (
    "01-03 01-09 01-11 01-12 02-03 02-04 02-09 02-10 03-04 03-09 03-12 04-07 04-08 04-10 04-14 04-15 04-17 05-12 05-16 "
    "05-17 06-13 06-14 06-16 07-08 07-15 08-10 09-10 12-17 13-14 13-15 14-15 14-16 15-16 16-17"
)


def _neighbours_of(code: str) -> frozenset[str]:
    pairs = [border.split("-") for border in _BORDERS.split()]
    return frozenset(b for a, b in pairs if a == code) | frozenset(a for a, b in pairs if b == code)


REGIONS: dict[str, Region] = {
    code: Region(code, name_fr, name_en, _neighbours_of(code)) for code, (name_fr, name_en) in _NAMES.items()
}


def choices() -> list[tuple[str, str]]:
    """(code, name) of all regions in the reader's language, in the order of their codes."""
    return [(region.code, region.name) for region in REGIONS.values()]


def region_of(code: str | None) -> Region | None:
    """The region of a code; None for no code (outside Québec, remote only).

    Raises:
        KeyError: there is no such region.
    """
    return REGIONS[code] if code else None
