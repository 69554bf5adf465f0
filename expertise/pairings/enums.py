"""Codes of pairings."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PairingState(TextChoices):
    """Life of one need with one organization (DESIGN, "Need and pairing")."""

    PROPOSED = "proposed", _("consulté")
    OFFERED = "offered", _("offre reçue")
    INTRODUCED = "introduced", _("mis en contact")
    UNDER_WAY = "under_way", _("en cours")
    HELPED = "helped", _("a aidé")
    NOT_HELPED = "not_helped", _("n’a pas pu aider")
    DECLINED = "declined", _("pas cette fois")
    REFERRED = "referred", _("a recommandé quelqu’un")
    LAPSED = "lapsed", _("sans réponse")
    UNREACHABLE = "unreachable", _("injoignable")
    NOT_CHOSEN = "not_chosen", _("non retenu")
    WITHDRAWN = "withdrawn", _("offre retirée")
    SUPERSEDED = "superseded", _("n’est plus nécessaire")


class Origin(TextChoices):
    """How an organization came to be paired with a need."""

    MATCHED = "matched", _("proposé par le réseau")
    VOLUNTEERED = "volunteered", _("s’est proposé")
    BY_NAME = "by_name", _("demandé par son nom")
    BY_HAND = "by_hand", _("ajouté par une personne du réseau")
    REFERRED = "referred", _("recommandé")


class DeclineReason(TextChoices):
    """Why « pas cette fois »; the first two close the pair for good."""

    NOT_OUR_SKILL = "not_our_skill", _("Ce n’est pas dans nos cordes")
    NOT_OUR_REGION = "not_our_region", _("Ce n’est pas notre territoire")
    NO_ROOM = "no_room", _("Nous sommes débordés")
    NOT_NOW = "not_now", _("Pas maintenant")
    OTHER = "other", _("Une autre raison")


class Reach(TextChoices):
    """How far a wave looks."""

    REGION = "region", _("dans la région")
    NEIGHBOURS = "neighbours", _("dans les régions voisines et à distance")
    BROADER = "broader", _("parmi des compétences plus larges")


class AmountUnit(TextChoices):
    """What an amount buys."""

    HOUR = "hour", _("l’heure")
    TOTAL = "total", _("en tout")


class Side(TextChoices):
    """Who says how it went."""

    GROUP = "group", _("le groupe")
    ORGANIZATION = "organization", _("l’organisme")


class Outcome(TextChoices):
    """How it ended, as one side tells it."""

    HELPED = "helped", _("Oui, c’est réglé")
    ONGOING = "ongoing", _("C’est toujours en cours")
    NOT_HELPED = "not_helped", _("Non, ça n’a pas marché")


class ContactTaskReason(TextChoices):
    """Why a contact should call."""

    NOBODY_LEFT = "nobody_left", _("plus personne à consulter")
    TOO_LONG = "too_long", _("la demande attend depuis trop longtemps")
    URGENT = "urgent", _("demande urgente")
    NO_CANDIDATE = "no_candidate", _("aucun organisme ne convient encore")
    BY_TELEPHONE = "by_telephone", _("la personne préfère le téléphone")
    HELD = "held", _("premier besoin d’un organisme à vérifier")
    NOT_HELPED = "not_helped", _("l’aide n’a pas abouti")


class ContactTaskState(TextChoices):
    """Life of a call to make."""

    OPEN = "open", _("à rappeler")
    DONE = "done", _("fait")
    CANCELLED = "cancelled", _("n’est plus nécessaire")
