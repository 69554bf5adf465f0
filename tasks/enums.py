"""Codes of the queue of record."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JobState(TextChoices):
    """Life of a job."""

    PENDING = "pending", _("en attente")
    LEASED = "leased", _("en cours")
    DONE = "done", _("faite")
    RETRY = "retry", _("à reprendre")
    DEAD = "dead", _("abandonnée")
    CANCELLED = "cancelled", _("annulée")


class MessageState(TextChoices):
    """Life of an outgoing mail."""

    PENDING = "pending", _("en attente")
    LEASED = "leased", _("en cours d’envoi")
    SENT = "sent", _("envoyé")
    RETRY = "retry", _("à reprendre")
    BOUNCED = "bounced", _("refusé par le serveur du destinataire")
    SUPPRESSED = "suppressed", _("non envoyé : adresse ou choix de la personne")
    CANCELLED = "cancelled", _("annulé")
    DEAD = "dead", _("abandonné")


class MessageClass(TextChoices):
    """Necessary mail always leaves; optional mail obeys preferences, caps, digests and holds."""

    NECESSARY = "necessary", _("nécessaire")
    OPTIONAL = "optional", _("facultatif")
