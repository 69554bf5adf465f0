"""Rows of the public data files, French places and Mauricie associations, as organizations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from expertise.organizations.enums import HelpKind, OrganizationKind
from expertise.organizations.importing.cells import BadRowError
from expertise.organizations.importing.facts import Imported
from maillage.core.enums import Language
from maillage.core.regions import REGIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from expertise.organizations.importing.skills import SkillFinder

# Labels of the codes that places declare are in ../skills/inclusion_fr.jsonl, imported under this source.
PLACES_SKILLS: Final = "inclusion_fr"
FRANCE: Final = "FR"
MAX_DESCRIPTION: Final = 4000
_BY_REGION: Final = {region.name_fr: code for code, region in REGIONS.items()}
# What places write under "fees", as the three terms of help of this network; membership is a solidarity rate.
_FEES: Final = (
    ("gratuit sous condition", HelpKind.SOLIDARITY),
    ("gratuit", HelpKind.VOLUNTEER),
    ("adhésion", HelpKind.SOLIDARITY),
    ("agrée", HelpKind.SOLIDARITY),
    ("solidaire", HelpKind.SOLIDARITY),
    ("payant", HelpKind.MARKET),
)


def is_place(row: Mapping[str, object]) -> bool:
    """Whether a row is of the public data files."""
    return "country" in row and "source" in row


def imported_of_place(row: Mapping[str, Any], skills: SkillFinder) -> tuple[Imported, int]:
    """One place or association, its own wording kept; and how many of its codes are unknown here.

    Raises:
        BadRowError: it has no identifier or no name.
    """
    if not isinstance(row.get("id"), str) or not _text(row, "name"):
        raise BadRowError([("name", {})])
    codes = [skills.coded(PLACES_SKILLS, code) for code in _list(row, "skills")]
    forms = " ".join(_list(row, "legal_form"))
    is_cooperative = "Coopérative" in forms or "SCOP" in forms
    imported = Imported(
        source_id=row["id"],
        name=_text(row, "name")[:255],
        kind=OrganizationKind.SOCIAL_ECONOMY if is_cooperative else OrganizationKind.COMMUNITY,
        is_cooperative="Coopérative" in forms,
        description=_text(row, "description")[:MAX_DESCRIPTION],
        lang=Language.FRENCH,
        region=_BY_REGION.get(_text(row, "region")),
        area=_area(row),
        municipality=_text(row, "city")[:120],
        latitude=row.get("lat"),
        longitude=row.get("lon"),
        # Registers do not say; who is outside Québec can help from afar only.
        is_remote=_text(row, "region") not in _BY_REGION,
        languages=(Language.FRENCH.value,),
        help_kinds=_help_kinds(_list(row, "fees")),
        website=_website(row),
        source_on=_day(_text(row, "updated")),
        skills=tuple(dict.fromkeys(skill_id for skill_id in codes if skill_id is not None)),
    )
    return imported, sum(skill_id is None for skill_id in codes)


def _area(row: Mapping[str, Any]) -> str:
    """Where a place outside Québec is, widest last."""
    if row.get("country") != FRANCE:
        return ""
    return ", ".join(part for part in (_text(row, "region"), "France") if part)


def _help_kinds(fees: list[str]) -> tuple[str, ...]:
    found = []
    for fee in fees:
        kind = next((kind for words, kind in _FEES if fee.lower().startswith(words)), None)
        found += [kind.value] if kind else []
    return tuple(dict.fromkeys(found))


def _website(row: Mapping[str, Any]) -> str:
    address = _text(row, "website").split("|")[0].split(";")[0].strip()
    is_address = address.startswith(("http://", "https://")) and len(address) <= 255 and " " not in address  # noqa: PLR2004
    return address if is_address else ""


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return value.replace("\x00", "").strip() if isinstance(value, str) else ""


def _list(row: Mapping[str, Any], name: str) -> list[str]:
    value = row.get(name)
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
