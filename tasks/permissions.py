"""Who sees jobs and mails: the operator alone."""

from __future__ import annotations

from maillage.core.permissions import declare, is_operator
from tasks.models import Hold, Job, Message

for _model in (Job, Message):
    for _verb in ("view", "retry", "cancel"):
        declare(_verb, _model, is_operator)
declare("switch", Hold, is_operator)
