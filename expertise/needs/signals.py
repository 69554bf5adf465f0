"""What happened to a need. Each is sent as ``send(sender=Need, pk=need.pk, now=now)`` inside the transition's transaction."""

from django.dispatch import Signal

need_held = Signal()
need_opened = Signal()
need_reopened = Signal()
need_answered = Signal()
need_under_way = Signal()
need_fulfilled = Signal()
need_closed_unknown = Signal()
need_unanswered = Signal()
need_withdrawn = Signal()
