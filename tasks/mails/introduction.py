"""To both sides: you are in contact; who calls whom, by when. Each answers the other by replying."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from expertise.needs.facts import due_text
from expertise.pairings import clocks, rounds
from expertise.pairings.models import Pairing
from tasks.kinds import MailKind
from tasks.mails import readers
from tasks.mails.composing import composes
from tasks.mails.group import contact_of, ids_of, letter_to_group, need_url
from tasks.mails.letters import Letter, Mailing, Person, first_words
from tasks.mails.parts import Fact, Facts, Heading, Quote, Say, mail_fact, telephone_fact
from tasks.mails.relevance import HELPING
from tasks.mails.wording import by_day, name_of, offer_facts, place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.organizations.models import RegionalContact
    from tasks.mails.parts import Part
    from tasks.mails.readers import Reader

KIND = MailKind(code="introduction", label=gettext_lazy("Mise en contact"), priority=2)


@composes(KIND)
def compose(*, pairing_id: int, now: datetime) -> Sequence[Mailing] | str:
    """Contact data pass here, and only here."""
    related = (
        "organization", "answered_by", "need__organization", "need__author", "need__entered_by", "need__contact__user",
    )  # fmt: skip
    pairing = Pairing.objects.select_related(*related).get(pk=pairing_id)
    if pairing.state not in HELPING or pairing.introduced_at is None:
        return "pairing_moved_on"
    contact = contact_of(pairing.need, now)
    group, helpers = readers.of_group(pairing.need), readers.of_helper(pairing)
    sides = Sides(pairing, group, helpers)
    event = f"pairing:{pairing.pk}:introduced:{pairing.introduced_at:%Y%m%dT%H%M%S%f}"
    context = {**ids_of(pairing.need), "pairing_id": pairing.pk, "organization_id": pairing.organization_id}
    to_group, to_helper = partial(_to_group, sides, contact, now), partial(_to_helper, sides, contact, now)
    return [
        Mailing(event=f"{event}:group", readers=group, write=to_group, context=context),
        Mailing(event=f"{event}:organization", readers=helpers, write=to_helper, context=context),
    ]


class Sides:
    """The two sides of an introduction, each as the other may now know it."""

    def __init__(self, pairing: Pairing, group: Sequence[Reader], helpers: Sequence[Reader]) -> None:
        self.pairing, self.need = pairing, pairing.need
        is_relay = self.need.author_id is None
        self.group_address = group[0].address if group and not is_relay else ""
        self.helper_address = helpers[0].address if helpers else pairing.organization.shared_address

    @property
    def helper(self) -> Person:
        """Who answered for the organization; the organization when nobody said."""
        name = self.pairing.answered_name or self.pairing.organization.shown_name
        return Person(name, self.helper_address)

    @property
    def helper_telephone(self) -> str:
        """The number given with the answer, else the organization's."""
        return str(self.pairing.answered_telephone or self.pairing.organization.telephone)

    @property
    def group(self) -> Person:
        """Whom the group named; without an address when it only has a telephone."""
        return Person(self.need.contact_name, self.group_address)

    @property
    def calls_by(self) -> datetime:
        """The day on which both are asked whether they spoke."""
        introduced_at = self.pairing.introduced_at or self.pairing.updated_at
        return clocks.spoken_due(introduced_at=introduced_at, pace=rounds.pace(self.need))


def _to_group(sides: Sides, contact: RegionalContact, now: datetime, reader: Reader) -> Letter:
    need, offer = sides.need, sides.pairing
    values = {
        "name": sides.helper.name,
        "organization": offer.organization.shown_name,
        "title": first_words(need.title),
    }
    opening = _("Vous êtes maintenant en contact avec %(organization)s.") % values
    call = _(
        "%(name)s vous appelle au %(telephone)s, %(by)s. Sans nouvelles ce jour-là, appelez : c’est convenu ainsi."
    )
    return letter_to_group(
        need,
        reader,
        contact=contact,
        reply_to=sides.helper if sides.helper.address else None,
        subject=_("Mise en contact : %(title)s") % values,
        preview=opening,
        parts=[
            Say(opening),
            Facts(
                [
                    Fact(_("Organisme"), offer.organization.shown_name),
                    Fact(_("Personne"), offer.answered_name),
                    telephone_fact(sides.helper_telephone),
                    mail_fact(sides.helper.address),
                    *offer_facts(offer, now),
                ]
            ),
            *([Quote(offer.word, url=need_url(need, reader))] if offer.word.strip() else []),
            Heading(_("Qui appelle qui?")),
            Say(
                call % {**values, "telephone": telephone_fact(need.telephone).value, "by": by_day(sides.calls_by, now)}
            ),
            Say(_("Nous vous demanderons ensuite si vous vous êtes parlé, puis comment cela s’est terminé.")),
        ],
    )


def _to_helper(sides: Sides, contact: RegionalContact, now: datetime, reader: Reader) -> Letter:
    need, group = sides.need, sides.need.organization
    group_name = name_of(group)
    values = {"name": need.contact_name, "group": group_name, "title": first_words(need.title)}
    opening = _("%(group)s accepte votre aide. À vous d’appeler.") % values
    call = _("Appelez %(name)s au %(telephone)s, %(by)s : c’est ce que nous avons dit au groupe.")
    return Letter(
        subject=_("Mise en contact : %(title)s") % values,
        preview=opening,
        parts=[
            Say(opening),
            Facts(
                [
                    Fact(_("Groupe"), group_name),
                    Fact(_("Personne"), need.contact_name),
                    telephone_fact(need.telephone),
                    mail_fact(sides.group.address),
                    Fact(_("Lieu"), place(need)),
                    Fact(_("Pour quand"), due_text(need)),
                ]
            ),
            Quote(need.text, need.lang, need_url(need, reader)),
            Heading(_("Qui appelle qui?")),
            Say(
                call % {**values, "telephone": telephone_fact(need.telephone).value, "by": by_day(sides.calls_by, now)}
            ),
            Heading(_("Votre offre")),
            Facts(offer_facts(sides.pairing, now)),
            *_relayed(sides),
        ],
        contact=contact,
        reply_to=sides.group if sides.group.address else None,
        why=_("Vous recevez ce courriel parce que %(name)s a offert son aide.")
        % {"name": sides.pairing.organization.shown_name},
    )


def _relayed(sides: Sides) -> list[Part]:
    if sides.group.address:
        return []
    return [Say(_("Ce groupe n’a que le téléphone : le courriel ne l’atteint pas."))]
