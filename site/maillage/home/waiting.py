"""« À faire » as its page shows it: the panels, the oldest harms on top, whose week it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from maillage.core import todo
from maillage.core.editors_week import next_opening
from maillage.core.formats import listed_text, local_date, moment_text
from maillage.core.models import Network
from members import editors

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

# Rows on one screen: « D’abord » would say them twice.
A_GLANCE = 2 * todo.FIRST


@dataclass(frozen=True, slots=True)
class TodoPage:
    """``first`` is empty when a glance over the panels shows as much; ``mail``: when the week's leaves, and to whom."""

    panels: Sequence[todo.Panel]
    first: Sequence[todo.Row]
    count: int
    mail: str


def page(now: datetime) -> TodoPage:
    """Everything that waits, in a number of queries that does not follow what waits."""
    panels = todo.panels(now)
    count = sum(panel.waiting.count for panel in panels)
    urgent = sum(panel.waiting.count for panel in panels if not panel.is_upkeep)
    first = todo.first_of(panels) if urgent > A_GLANCE else []
    return TodoPage(panels=panels, first=first, count=count, mail=mail_text(now))


def mail_text(now: datetime) -> str:
    """When the next week's mail leaves, who gets it, and what happens to what waits for a second one."""
    duty = editors.duty(now)
    opens_at = next_opening(now, Network.objects.current().editors_weekday)
    names = listed_text([str(user) for user in duty.readers])
    values = {"when": moment_text(opens_at, today=local_date(now)), "names": names}
    if not names:
        return _("Toute l’équipe est absente : le prochain, %(when)s, va à la personne-ressource du réseau.") % values
    sentence = _("S’il y a de quoi, le prochain part %(when)s, à %(names)s.") % values
    if duty.deputy is None:
        return sentence
    again = _("Ce qui attend encore au deuxième courriel va aussi à %(name)s.") % {"name": duty.deputy}
    return f"{sentence} {again}"
