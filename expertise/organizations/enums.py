"""Codes of organizations, their people and the help they give."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganizationKind(TextChoices):
    """A community group, a social-economy enterprise, or both."""

    COMMUNITY = "community", _("organisme communautaire")
    SOCIAL_ECONOMY = "social_economy", _("entreprise d’économie sociale")
    BOTH = "both", _("organisme communautaire et entreprise d’économie sociale")


class OrganizationState(TextChoices):
    """How well the network knows an organization."""

    UNCLAIMED = "unclaimed", _("fiche non réclamée")
    UNVERIFIED = "unverified", _("à vérifier")
    VERIFIED = "verified", _("vérifié")
    SUSPENDED = "suspended", _("suspendu")
    REMOVED = "removed", _("retiré")


class HelpKind(TextChoices):
    """On what terms help is given."""

    VOLUNTEER = "volunteer", _("bénévole")
    SOLIDARITY = "solidarity", _("tarif solidaire")
    MARKET = "market", _("tarif courant")


class SeatState(TextChoices):
    """Life of a place in an organization."""

    ASKED = "asked", _("demandée")
    INVITED = "invited", _("invitation envoyée")
    ACTIVE = "active", _("active")
    ENDED = "ended", _("terminée")


class SeatRole(TextChoices):
    """What a place allows."""

    OWNER = "owner", _("responsable")
    MEMBER = "member", _("membre de l’équipe")
