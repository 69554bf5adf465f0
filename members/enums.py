"""Codes of people’s choices."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Rhythm(TextChoices):
    """The one screen of three choices. Necessary mail ignores it."""

    AT_ONCE = "at_once", _("Aussitôt")
    WEEKLY = "weekly", _("Une fois par semaine")
    OWN_ONLY = "own_only", _("Seulement mes propres demandes")


class ConsentKind(TextChoices):
    """What a person or organization agreed to."""

    TERMS = "terms", _("conditions d’utilisation")
    REQUESTS = "requests", _("recevoir des demandes d’aide")
    INVITATION = "invitation", _("recevoir une invitation")
    NAME_SHOWN = "name_shown", _("être nommé")
    TEST = "test", _("adresse d’essai")
