"""What happened to a wave, a pairing or a contact's task.

Each is sent as ``send(sender=Model, pk=object.pk, now=now)`` inside the transition's transaction.
"""

from django.dispatch import Signal

wave_proposed = Signal()
pairing_told = Signal()
pairing_offered = Signal()
pairing_declined = Signal()
pairing_referred = Signal()
pairing_lapsed = Signal()
pairing_unreachable = Signal()
pairing_withdrawn = Signal()
pairing_introduced = Signal()
pairing_not_chosen = Signal()
pairing_superseded = Signal()
pairing_under_way = Signal()
pairing_helped = Signal()
pairing_not_helped = Signal()
contact_task_opened = Signal()
contact_task_passed = Signal()
contact_task_ended = Signal()
