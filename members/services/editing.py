"""The editors' week: which day, who gets its mail, who in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from maillage.core import audit
from maillage.core.models import Network

if TYPE_CHECKING:
    from datetime import datetime

    from members.models import User


def plan_week(*, weekday: int, editor: User | None, deputy: User | None, actor: User, now: datetime) -> Network:
    """Write down the editors' week.

    Args:
        weekday: 0 is Monday.
        editor: who gets the week's mail; None: every editor.
        deputy: who gets it in their absence, and when something waits for a second mail.
        actor: an editor.
        now: when.

    Raises:
        Network.DoesNotExist: ``start_network`` has not run.
    """
    with transaction.atomic():
        network = Network.objects.select_for_update(of=("self",)).get()
        network.editors_weekday, network.editor, network.deputy = weekday, editor, deputy
        network.save(update_fields=["editors_weekday", "editor", "deputy"])
        audit.record(
            verb="network.week_planned", subject=network, now=now, actor=actor, weekday=weekday,
            editor=editor.pk if editor else None, deputy=deputy.pk if deputy else None,
        )  # fmt: skip
    return network
