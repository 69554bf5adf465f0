"""Who may do what to skills."""

from __future__ import annotations

from expertise.skills.models import Skill
from maillage.core.permissions import declare, is_editor, is_signed_in

declare("propose", Skill, is_signed_in)
declare("accept", Skill, is_editor)
declare("edit", Skill, is_editor)
declare("merge", Skill, is_editor)
