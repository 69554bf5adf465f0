"""Who sees jobs and mails: the operator alone; editors open addresses again."""

from __future__ import annotations

from maillage.core.permissions import declare, is_editor, is_operator
from tasks.models import Hold, Job, Message, Suppression

for _model in (Job, Message):
    for _verb in ("view", "retry", "cancel"):
        declare(_verb, _model, is_operator)
declare("switch", Hold, is_operator)
declare("open", Suppression, is_editor)
