"""Codes of search documents."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DocumentKind(TextChoices):
    """What a result is."""

    GUIDE = "guide", _("guides")
    ORGANIZATION = "organization", _("organismes")
    NEED = "need", _("demandes d’aide")
    SKILL = "skill", _("compétences")


class DocumentAudience(TextChoices):
    """Who may find a document."""

    EVERYONE = "everyone", _("tout le monde")
    MEMBERS = "members", _("les membres")
