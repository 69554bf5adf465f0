"""Codes of help requests."""

from enum import Enum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NeedState(TextChoices):
    """Life of a help request (DESIGN, "Need and pairing")."""

    DRAFT = "draft", _("brouillon")
    HELD = "held", _("en attente de vérification")
    OPEN = "open", _("ouverte")
    ANSWERED = "answered", _("des offres sont arrivées")
    UNDER_WAY = "under_way", _("en cours")
    FULFILLED = "fulfilled", _("réglée")
    CLOSED_UNKNOWN = "closed_unknown", _("fermée sans nouvelles")
    UNANSWERED = "unanswered", _("suivie par la personne-ressource")
    WITHDRAWN = "withdrawn", _("retirée")


class When(TextChoices):
    """By when help is needed; today and tomorrow are urgent."""

    TODAY = "today", _("aujourd’hui")
    TOMORROW = "tomorrow", _("demain")
    WEEK = "week", _("cette semaine")
    MONTH = "month", _("ce mois-ci")
    NO_HURRY = "no_hurry", _("rien ne presse")


class Mode(TextChoices):
    """Where the help takes place."""

    ON_SITE = "on_site", _("sur place")
    REMOTE = "remote", _("à distance")
    EITHER = "either", _("l’un ou l’autre")


class Audience(TextChoices):
    """Who may read the need, never the contact data."""

    MEMBERS = "members", _("les membres du réseau")
    EVERYONE = "everyone", _("tout le monde")
    ASKED = "asked", _("seulement les organismes consultés")


class Part(Enum):
    """A reader's part in a need, never stored: own group; contact or editor; organization asked; member; everyone."""

    GROUP = "group"
    CONTACT = "contact"
    ASKED = "asked"
    MEMBER = "member"
    PUBLIC = "public"
