"""Who may write, see and review guides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import rules

from maillage.core.permissions import declare, is_editor, is_signed_in
from wiki.models import GuidePage

if TYPE_CHECKING:
    from maillage.core.permissions import Actor


@rules.predicate
def is_author(actor: Actor, guide: GuidePage) -> bool:
    """Wrote it."""
    return actor.is_authenticated and guide.owner_id == actor.pk


declare("write", GuidePage, is_signed_in)
declare("edit", GuidePage, is_author | is_editor)
declare("submit", GuidePage, is_author | is_editor)
declare("review", GuidePage, is_editor)
declare("check", GuidePage, is_editor)
