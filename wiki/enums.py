"""Codes of guides."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class GuideKind(TextChoices):
    """What a page teaches."""

    GUIDE = "guide", _("guide")
    BEST_PRACTICE = "best_practice", _("bonne pratique")


class ReviewState(TextChoices):
    """Where a guide stands between its author and the editors."""

    DRAFT = "draft", _("brouillon")
    SUBMITTED = "submitted", _("à relire")
    CHANGES_ASKED = "changes_asked", _("à retoucher")
    PUBLISHED = "published", _("publié")
    REFUSED = "refused", _("refusé")
