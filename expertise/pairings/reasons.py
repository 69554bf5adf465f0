"""Why an organization was asked, in words: what ``expertise.matching`` stored as codes, said in the reader's language."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from expertise.skills.models import Skill
from maillage.core.formats import month_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Data = Mapping[str, Any]
    Labels = Mapping[int, str]


def sentences(reasons: Sequence[Mapping[str, Any]]) -> list[str]:
    """One short phrase for each reason, strongest first; one query for the names of skills."""
    return sentences_of([reasons])[0]


def sentences_of(many: Sequence[Sequence[Mapping[str, Any]]]) -> list[list[str]]:
    """The same for several pairings at once, still in one query."""
    ids = {int(reason["data"]["skill_id"]) for reasons in many for reason in reasons if "skill_id" in reason["data"]}
    labels = {skill.pk: skill.label for skill in Skill.objects.filter(pk__in=ids)} if ids else {}
    return [list(_phrases(reasons, labels)) for reasons in many]


def _phrases(reasons: Iterable[Mapping[str, Any]], labels: Labels) -> Iterable[str]:
    for reason in reasons:
        phrase = _PHRASES[str(reason["code"])](reason["data"], labels)
        if phrase:
            yield phrase


def _skill(data: Data, labels: Labels) -> str:
    label = labels.get(int(data["skill_id"]), "")
    if label and data.get("confirmed_on"):
        month = month_text(date.fromisoformat(str(data["confirmed_on"])))
        return _("%(skill)s, confirmé en %(month)s") % {"skill": label, "month": month}
    return label


def _words(data: Data, _labels: Labels) -> str:
    return _("sa fiche parle de\u00a0: %(words)s") % {"words": _listed(data)}


def _guide(data: Data, _labels: Labels) -> str:
    return _("a écrit «\u00a0%(title)s\u00a0»") % {"title": data.get("ref", "")}


def _help(data: Data, _labels: Labels) -> str:
    return _("a aidé pour une demande semblable")


def _listed(data: Data) -> str:
    return ", ".join(word.strip() for word in str(data.get("words", "")).split(",") if word.strip())


_PHRASES: dict[str, Callable[[Data, Labels], str]] = {
    "skill": _skill,
    "broader_skill": _skill,
    "words": _words,
    "guide": _guide,
    "help": _help,
    "region": lambda _data, _labels: _("dans votre région"),
    "neighbour": lambda _data, _labels: _("dans une région voisine"),
    "remote": lambda _data, _labels: _("aide à distance"),
    "distance_km": lambda data, _labels: _("à %(km)s km") % {"km": data["distance_km"]},
}
