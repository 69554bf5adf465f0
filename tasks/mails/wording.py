"""How needs and offers are said in mails, in the active language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from expertise.needs.enums import Part
from expertise.needs.facts import facts_of
from expertise.pairings import reasons, wording as offers
from tasks.mails.parts import Fact

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.needs.models import Need
    from expertise.organizations.models import Organization
    from expertise.pairings.models import Pairing


def name_of(organization: Organization | None) -> str:
    """As people write it; imported ones may be in capitals."""
    return "" if organization is None else organization.shown_name


def place(need: Need) -> str:
    """« Rouyn-Noranda, Abitibi-Témiscamingue »."""
    region = need.region_object
    return ", ".join(part for part in (need.municipality, region.name if region else "") if part)


def need_facts(need: Need) -> list[Fact]:
    """What an organization is shown of a need beside its text: the same as on its page, never whom to call."""
    return [Fact(what, value) for what, value in facts_of(need, Part.ASKED)]


def offer_facts(offer: Pairing, now: datetime) -> list[Fact]:
    """On what terms, from when."""
    return [Fact(_("Conditions"), offers.terms(offer)), Fact(_("Disponible"), offers.available_from(offer, now))]


def why(pairing: Pairing) -> str:
    """« hébergement web, confirmé en août; dans votre région »: the reasons of a proposal, strongest first."""
    return "; ".join(reasons.sentences(pairing.reasons))


def why_each(pairings: Sequence[Pairing]) -> list[str]:
    """The same for several, in one query."""
    return ["; ".join(said) for said in reasons.sentences_of([pairing.reasons for pairing in pairings])]
