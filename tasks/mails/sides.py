"""The same question to the two sides of a pairing, each told about the other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from expertise.pairings.enums import Side as SideCode
from expertise.pairings.models import Pairing
from tasks.mails import readers
from tasks.mails.group import contact_of, ids_of
from tasks.mails.letters import Mailing
from tasks.mails.wording import name_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from expertise.needs.models import Need
    from expertise.organizations.models import RegionalContact
    from tasks.mails.letters import Letter
    from tasks.mails.readers import Reader


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pairing, as asked about the other."""

    code: str
    pairing: Pairing
    contact: RegionalContact

    @property
    def need(self) -> Need:
        """What it is about."""
        return self.pairing.need

    @property
    def other_name(self) -> str:
        """The other organization."""
        group = self.need.organization
        return self.pairing.organization.shown_name if self.code == SideCode.GROUP else name_of(group)

    @property
    def other_person(self) -> str:
        """The person on the other side."""
        name = self.pairing.answered_name if self.code == SideCode.GROUP else self.need.contact_name
        return str(name or self.other_name)

    @property
    def other_telephone(self) -> str:
        """Their number, which both know since the introduction."""
        if self.code == SideCode.GROUP:
            return str(self.pairing.answered_telephone or self.pairing.organization.telephone)
        return str(self.need.telephone)

    @property
    def why(self) -> str:
        """Why this side is asked."""
        return _("Vous recevez ce courriel parce que le réseau vous a mis en contact avec %(name)s.") % {
            "name": self.other_name
        }


def sides_of(
    pairing_id: int,
    *,
    event: str,
    letter: Callable[[Side, Reader], Letter],
    now: datetime,
    useless_after: datetime | None = None,
) -> Sequence[Mailing]:
    """A mailing to the group and one to the organization."""
    related = (
        "organization", "answered_by", "need__organization", "need__author", "need__entered_by", "need__contact__user",
    )  # fmt: skip
    pairing = Pairing.objects.select_related(*related).get(pk=pairing_id)
    contact = contact_of(pairing.need, now)
    context = {**ids_of(pairing.need), "pairing_id": pairing.pk, "organization_id": pairing.organization_id}
    found = {SideCode.GROUP: readers.of_group(pairing.need), SideCode.ORGANIZATION: readers.of_helper(pairing)}
    return [
        Mailing(
            event=f"{event}:{code.value}",
            readers=side_readers,
            write=partial(letter, Side(code.value, pairing, contact)),
            context={**context, "side": code.value},
            useless_after=useless_after,
        )
        for code, side_readers in found.items()
    ]
