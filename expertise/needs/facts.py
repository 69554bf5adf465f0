"""What a need says of itself, line by line, to a reader of a given part: pages and mails show the same."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _, ngettext

from expertise.needs.enums import Part, When
from expertise.organizations.enums import HelpKind
from maillage.core.enums import Language
from maillage.core.formats import day_text, local_date, month_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from expertise.needs.models import Need

# Who may know the municipality: those who must know whether they would have to travel.
NEAR = (Part.GROUP, Part.CONTACT, Part.ASKED)


def facts_of(need: Need, part: Part) -> list[tuple[str, str]]:
    """(what, value) for a reader; never a name, an address or a telephone. Everyone gets region and month only."""
    region = need.region_object
    place = region.name if region is not None else _("hors Québec, à distance")
    if part == Part.PUBLIC:
        month = capfirst(month_text(need.opened_at)) if need.opened_at is not None else ""
        return [(_("Région"), place), (_("Mois"), month)]
    return [
        (_("Pour quand"), due_text(need)),
        (_("Région"), place),
        (_("Municipalité"), need.municipality if part in NEAR else ""),
        (_("Sur place ou à distance"), capfirst(need.get_mode_display())),
        (_("Sorte d’aide"), _listed(HelpKind(code).label for code in need.help_kinds)),
        (_("Langues"), _listed(Language(code).label for code in need.languages)),
        (_("Cherche"), _places_text(need.places)),
    ]


def due_text(need: Need) -> str:
    """By when, as a date wherever the words would age: « aujourd’hui » is read next week too."""
    if need.needed_on is not None:
        return day_text(need.needed_on)
    if need.opened_at is not None and need.is_urgent:
        wait = timedelta(days=1 if need.when == When.TOMORROW else 0)
        return day_text(local_date(need.opened_at) + wait)
    return capfirst(need.get_when_display())


def _listed(labels: Iterable[object]) -> str:
    return capfirst(", ".join(str(label) for label in labels))


def _places_text(places: int) -> str:
    if places == 1:
        return ""
    return ngettext("%(count)s organisme", "%(count)s organismes", places) % {"count": places}
