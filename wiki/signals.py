"""What happened to a guide; sent as ``send(sender=GuidePage, pk=guide.pk, now=now)`` in the transaction."""

from django.dispatch import Signal

guide_submitted = Signal()
guide_published = Signal()
guide_changes_asked = Signal()
guide_refused = Signal()
guide_unpublished = Signal()
guide_checked = Signal()
