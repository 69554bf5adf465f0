"""What happened to a need; sent as ``send(sender=Need, pk=need.pk, now=now)`` inside the transition's transaction.

``need_resumed``: the search goes on after an offer or a helper fell away; ``need_reopened``: the group asks again.
``need_fulfilled`` and ``need_withdrawn`` come from the group: whoever was asked and is still open is superseded.
"""

from django.dispatch import Signal

need_held = Signal()
need_opened = Signal()
need_reopened = Signal()
need_resumed = Signal()
need_answered = Signal()
need_under_way = Signal()
need_fulfilled = Signal()
need_closed_unknown = Signal()
need_unanswered = Signal()
need_withdrawn = Signal()
