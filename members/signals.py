"""What happened to a person; sent as ``send(sender=Model, pk=object.pk, now=now, …)`` in the transaction.

``signed_in`` also carries ``address`` (the account's, lower case) and ``session`` (the new one, which keeps what the
anonymous session held): upper rooms tie to the account what was begun before.
``kind_stopped`` and ``kind_restored`` are sent by ``Preference`` and carry ``address`` and ``kind``.
"""

from django.dispatch import Signal

signed_in = Signal()
person_created = Signal()
person_erased = Signal()
kind_stopped = Signal()
kind_restored = Signal()
