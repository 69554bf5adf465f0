"""Personal data of pairings: who answered for an organization, and what contacts noted."""

from __future__ import annotations

from django.db.models import Q

from expertise.pairings.models import ContactTask, Pairing, Wave
from members.personal_data import Erase, declare, declare_impersonal, rows

KEPT = "while the help request is listed"
OTHERS_ACTED_ON_IT = "the other side acted on it"

rows(Pairing, lambda person: Q(answered_by=person) | Q(answered_address=person.email))
declare(Pairing, "answered_address", purpose="know which mailed link answered", retention=KEPT)
declare(Pairing, "answered_name", purpose="say who answered", retention=KEPT)
declare(Pairing, "answered_telephone", purpose="be called at an introduction", retention=KEPT)
for name in ("word", "referred_word"):
    declare(Pairing, name, purpose="say how one can help", retention=KEPT, erase=Erase.KEEP, because=OTHERS_ACTED_ON_IT)
declare_impersonal(Pairing, "note", because="an editor's note about a pairing, written for colleagues")
declare_impersonal(
    Pairing,
    *(
        "origin",
        "state",
        "reasons",
        "help_kind",
        "amount_unit",
        "decline_reason",
        "group_outcome",
        "organization_outcome",
    ),
)
declare_impersonal(Wave, "origin", "reach")
rows(ContactTask, lambda person: Q(contact__user=person))
declare(
    ContactTask,
    "note",
    purpose="say what came of a call",
    retention=KEPT,
    erase=Erase.KEEP,
    because="the next contact goes on from it",
)
declare_impersonal(ContactTask, "reason", "state")
