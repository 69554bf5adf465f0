"""What happened to an organization or a seat; ``send(sender=Model, pk=object.pk, now=now)`` in the transaction."""

from django.dispatch import Signal

organization_created = Signal()
organization_changed = Signal()
organization_verified = Signal()
organization_confirmation_asked = Signal()
organization_suspended = Signal()
organization_restored = Signal()
organization_removed = Signal()
organization_claimed = Signal()
organization_invited = Signal()
seat_asked = Signal()
seat_invited = Signal()
seat_began = Signal()
seat_ended = Signal()
seat_changed = Signal()

# One signal for a batch of an import: ``send(sender=Organization, pks=[…], now=now)``.
organizations_imported = Signal()
