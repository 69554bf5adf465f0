"""Why an organization was asked: what ``expertise.matching`` stored as codes, said in the reader's language.

They are fragments, so that a mail may join them: « hébergement web, confirmé en août; dans votre région ».
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from expertise.skills.models import Skill
from maillage.core.formats import is_french, month_text
from maillage.core.regions import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Reasons = Sequence[Mapping[str, Any]]


def sentences(reasons: Reasons) -> list[str]:
    """One fragment for each reason of one pairing, in their order; codes that are no longer known are left out."""
    return sentences_of([reasons])[0]


def sentences_of(many: Sequence[Reasons]) -> list[list[str]]:
    """The fragments of several pairings, in one query for the names of all skills."""
    skills = Skill.objects.in_bulk(_skill_ids(reason for reasons in many for reason in reasons))
    return [[said for reason in reasons if (said := _sentence(reason, skills))] for reasons in many]


def _skill_ids(reasons: Iterable[Mapping[str, Any]]) -> set[int]:
    data = [reason.get("data", {}) for reason in reasons]
    return {one[name] for one in data for name in ("skill_id", "asked_id") if name in one}


def _sentence(reason: Mapping[str, Any], skills: Mapping[int, Skill]) -> str:
    code, data = str(reason.get("code")), reason.get("data", {})
    if code in ("skill", "broader_skill"):
        return _of_skill(data, skills)
    if code == "words":
        return _("la fiche parle de : %(words)s") % {"words": data["words"]} if data.get("words") else ""
    if code == "guide":
        return _("a écrit « %(title)s »") % {"title": data["ref"]} if data.get("ref") else _("a écrit là-dessus")
    if code == "neighbour":
        region = REGIONS.get(str(data.get("region")))
        return (
            _("dans une région voisine, %(name)s") % {"name": region.name} if region else _("dans une région voisine")
        )
    if code in ("distance", "distance_km"):
        return _("à %(distance)s km") % {"distance": data["distance_km"]} if data.get("distance_km") else ""
    fixed = {"help": _("a aidé une demande semblable"), "region": _("dans votre région"), "remote": _("à distance")}
    return fixed.get(code, "")


def _of_skill(data: Mapping[str, Any], skills: Mapping[int, Skill]) -> str:
    skill = skills.get(data["skill_id"])
    if skill is None:
        return ""
    label = skill.label
    asked = skills.get(data.get("asked_id", 0))
    if asked is not None and asked.pk != skill.pk:
        label = _("%(label)s (proche de %(asked)s)") % {"label": label, "asked": asked.label}
    if "confirmed_on" not in data:
        return label
    return _("%(label)s, confirmé en %(month)s") % {"label": label, "month": _month(str(data["confirmed_on"]))}


def _month(written: str) -> str:
    """« août »; with its year once the month alone could be another one."""
    day = date.fromisoformat(written)
    months_ago = (timezone.localdate().year - day.year) * 12 + timezone.localdate().month - day.month
    if not 0 <= months_ago < 12:  # noqa: PLR2004  months of a year
        return month_text(day)
    month = str(MONTHS[day.month])
    return month.lower() if is_french() else month
