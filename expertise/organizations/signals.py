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
# After each of these, what is read and matched of an organization may be another.
ORGANIZATION_SHOWN_ANEW = (
    organization_created,
    organization_changed,
    organization_verified,
    organization_suspended,
    organization_restored,
    organization_removed,
    organization_claimed,
)
seat_asked = Signal()
seat_invited = Signal()
seat_began = Signal()
seat_ended = Signal()
seat_changed = Signal()

# One signal for a batch of an import: ``send(sender=Organization, pks=[…], now=now)``.
organizations_imported = Signal()
