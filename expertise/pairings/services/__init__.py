"""Writes of pairings, waves and calls. Lock order: need → availability by organization id → pairing."""

from expertise.pairings.candidates import Asked, preview_candidates
from expertise.pairings.services.answering import decline, offer, refer, withdraw_offer
from expertise.pairings.services.asking import add_by_hand, propose_by_name
from expertise.pairings.services.calls import finish_call, name_contact, pass_on, vouch
from expertise.pairings.services.choosing import choose, set_aside
from expertise.pairings.services.errors import (
    AlreadyAnsweredError,
    AlreadyAskedError,
    NeedClosedError,
    NoContactError,
    NotAskableError,
    OrganizationFullError,
    PairingError,
    PlacesTakenError,
    WrongPairingStateError,
)
from expertise.pairings.services.facts import AnswerFacts, OfferFacts
from expertise.pairings.services.outcomes import close_unknown, record_outcome, record_spoken
from expertise.pairings.services.telling import lapse_pairing, mark_unreachable, record_told, remind_pairing
from expertise.pairings.services.volunteering import volunteer
from expertise.pairings.services.waves import continue_search, propose_wave, search_further

__all__ = [
    "AlreadyAnsweredError",
    "AlreadyAskedError",
    "AnswerFacts",
    "Asked",
    "NeedClosedError",
    "NoContactError",
    "NotAskableError",
    "OfferFacts",
    "OrganizationFullError",
    "PairingError",
    "PlacesTakenError",
    "WrongPairingStateError",
    "add_by_hand",
    "choose",
    "close_unknown",
    "continue_search",
    "decline",
    "finish_call",
    "lapse_pairing",
    "mark_unreachable",
    "name_contact",
    "offer",
    "pass_on",
    "preview_candidates",
    "propose_by_name",
    "propose_wave",
    "record_outcome",
    "record_spoken",
    "record_told",
    "refer",
    "remind_pairing",
    "search_further",
    "set_aside",
    "volunteer",
    "vouch",
    "withdraw_offer",
]
