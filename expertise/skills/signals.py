"""What happened to a skill; sent as ``send(sender=Skill, pk=skill.pk, now=now)`` in the transaction."""

from django.dispatch import Signal

skill_proposed = Signal()
skill_changed = Signal()
skill_accepted = Signal()
skill_merged = Signal()

# One signal for a batch of an import: ``send(sender=Skill, pks=[…], now=now)``.
skills_imported = Signal()
