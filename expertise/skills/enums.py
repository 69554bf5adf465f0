"""Codes of the taxonomy."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SkillState(TextChoices):
    """Life of a concept."""

    ACTIVE = "active", _("active")
    PROPOSED = "proposed", _("proposée")
    MERGED = "merged", _("fusionnée")


class FormKind(TextChoices):
    """What a stored form of a skill is."""

    LABEL = "label", _("nom")
    SYNONYM = "synonym", _("autre nom")
