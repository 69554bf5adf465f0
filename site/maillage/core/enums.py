"""Codes of the ground floor."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Language(TextChoices):
    """Languages of the interface and of people's texts."""

    FRENCH = "fr", _("français")
    ENGLISH = "en", _("anglais")


class ReportReason(TextChoices):
    """Why something is reported."""

    WRONG = "wrong", _("C’est faux ou dépassé")
    OFFENSIVE = "offensive", _("C’est blessant ou déplacé")
    PERSONAL = "personal", _("Des renseignements personnels y sont visibles")
    SPAM = "spam", _("C’est de la publicité")
    OTHER = "other", _("Autre chose")


class ReportState(TextChoices):
    """Life of a report."""

    OPEN = "open", _("à traiter")
    KEPT = "kept", _("sans suite")
    REMOVED = "removed", _("corrigé ou retiré")
