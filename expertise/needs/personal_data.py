"""Personal data of help requests: their authors and the person to call."""

from __future__ import annotations

from django.db.models import Q

from expertise.needs.models import Need
from members.personal_data import Erase, declare, declare_impersonal, rows

KEPT = "while the help request is listed"
WRITTEN_FOR_THE_GROUP = "the group's own words: its colleagues, and those who helped, go on with them"

rows(Need, lambda person: Q(author=person) | Q(draft_address=person.email))
declare(
    Need, "draft_address", purpose="tie a draft to the person who will sign in", retention="until the draft is theirs"
)
declare(Need, "contact_name", purpose="say whom to call", retention=KEPT)
declare(Need, "telephone", purpose="be called at an introduction", retention=KEPT)
declare(Need, "text", purpose="say what is needed", retention=KEPT, erase=Erase.KEEP, because=WRITTEN_FOR_THE_GROUP)
declare(
    Need,
    "municipality",
    purpose="find help nearby",
    retention=KEPT,
    erase=Erase.KEEP,
    because="the group's municipality, not the person's",
)
declare_impersonal(
    Need,
    *(
        "state",
        "lang",
        "when",
        "region",
        "mode",
        "help_kinds",
        "languages",
        "audience",
        "form_key",
        "source",
        "source_id",
    ),
)
