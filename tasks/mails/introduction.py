"""To both sides: you are in contact; who calls whom, by when. Each answers the other by replying."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _, gettext_lazy

from expertise.needs.facts import due_text
from expertise.pairings import introductions
from expertise.pairings.models import Pairing
from tasks.kinds import MailKind
from tasks.mails import readers
from tasks.mails.composing import composes
from tasks.mails.group import contact_of, ids_of, letter_to_group, need_url
from tasks.mails.letters import Letter, Mailing, Person, first_words
from tasks.mails.parts import Fact, Facts, Heading, Quote, Say, mail_fact, telephone_fact
from tasks.mails.relevance import HELPING
from tasks.mails.wording import offer_facts, place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.needs.models import Need
    from expertise.organizations.models import RegionalContact
    from expertise.pairings.introductions import Counterpart
    from tasks.mails.readers import Reader

KIND = MailKind(code="introduction", label=gettext_lazy("Mise en contact"), priority=2)


@composes(KIND)
def compose(*, pairing_id: int, now: datetime) -> Sequence[Mailing] | str:
    """Contact data pass here, and only here."""
    related = (
        "organization", "answered_by", "need__organization", "need__author", "need__entered_by", "need__contact__user",
    )  # fmt: skip
    pairing = Pairing.objects.select_related(*related).get(pk=pairing_id)
    group, helper = introductions.group_of(pairing, now), introductions.helper_of(pairing, now)
    if pairing.state not in HELPING or group is None or helper is None:
        return "pairing_moved_on"
    contact, helpers = contact_of(pairing.need, now), readers.of_helper(pairing)
    # The group's reply goes to whoever gets the twin of its mail, even if the person who answered has left since.
    person = Person(helper.name, helpers[0].address if helpers else helper.address)
    event = f"pairing:{pairing.pk}:introduced:{pairing.introduced_at:%Y%m%dT%H%M%S%f}"
    context = {**ids_of(pairing.need), "pairing_id": pairing.pk, "organization_id": pairing.organization_id}
    to_group = partial(_to_group, pairing=pairing, helper=helper, person=person, contact=contact, now=now)
    to_helper = partial(_to_helper, pairing=pairing, group=group, contact=contact, now=now)
    return [
        Mailing(event=f"{event}:group", readers=readers.of_group(pairing.need), write=to_group, context=context),
        Mailing(event=f"{event}:organization", readers=helpers, write=to_helper, context=context),
    ]


def _to_group(
    reader: Reader, *, pairing: Pairing, helper: Counterpart, person: Person, contact: RegionalContact, now: datetime
) -> Letter:
    need = pairing.need
    opening = _("Vous êtes maintenant en contact avec %(organization)s.") % {"organization": helper.organization}
    known = [
        Fact(_("Organisme"), helper.organization),
        Fact(_("Personne"), pairing.answered_name),
        telephone_fact(helper.telephone),
        mail_fact(person.address),
    ]
    return letter_to_group(
        need,
        reader,
        contact=contact,
        reply_to=person if person.address else None,
        subject=_("Mise en contact : %(title)s") % {"title": first_words(need.title)},
        preview=opening,
        parts=[
            Say(opening),
            Facts([*known, *offer_facts(pairing, now)]),
            *([Quote(pairing.word, url=need_url(need, reader))] if pairing.word.strip() else []),
            Heading(_("Qui appelle qui?")),
            Say(_group_is_called(need, helper)),
            Say(_("Nous vous demanderons ensuite si vous vous êtes parlé, puis comment cela s’est terminé.")),
        ],
    )


def _group_is_called(need: Need, helper: Counterpart) -> str:
    values = {"name": helper.name, "telephone": telephone_fact(need.telephone).value, "by": helper.calls_by}
    if helper.calls_by:
        text = _(
            "%(name)s vous appelle au %(telephone)s, %(by)s. Sans nouvelles ce jour-là, appelez : c’est convenu ainsi."
        )
    else:
        text = _("%(name)s vous appelle au %(telephone)s. Sans nouvelles demain, appelez : c’est convenu ainsi.")
    return text % values


def _to_helper(
    reader: Reader, *, pairing: Pairing, group: Counterpart, contact: RegionalContact, now: datetime
) -> Letter:
    need = pairing.need
    opening = _("%(group)s accepte votre aide. À vous d’appeler.") % {"group": group.organization}
    known = [
        Fact(_("Groupe"), group.organization),
        Fact(_("Personne"), group.name),
        telephone_fact(group.telephone),
        mail_fact(group.address),
        Fact(_("Lieu"), place(need)),
        Fact(_("Pour quand"), due_text(need)),
    ]
    return Letter(
        subject=_("Mise en contact : %(title)s") % {"title": first_words(need.title)},
        preview=opening,
        parts=[
            Say(opening),
            Facts(known),
            # The whole of it: a shared address has no page to read on.
            Quote(need.text, need.lang, limit=settings.NEED_TEXT_MAX_CHARACTERS),
            Heading(_("Qui appelle qui?")),
            Say(_helper_calls(group)),
            *([] if group.address else [Say(_("Ce groupe n’a que le téléphone : le courriel ne l’atteint pas."))]),
            Heading(_("Votre offre")),
            Facts(offer_facts(pairing, now)),
        ],
        contact=contact,
        reply_to=Person(group.name, group.address) if group.address else None,
        why=_("Vous recevez ce courriel parce que %(name)s a offert son aide.")
        % {"name": pairing.organization.shown_name},
    )


def _helper_calls(group: Counterpart) -> str:
    values = {"name": group.name, "telephone": telephone_fact(group.telephone).value, "by": group.calls_by}
    if group.calls_by:
        text = _("Appelez %(name)s au %(telephone)s, %(by)s : c’est ce que nous avons dit au groupe.")
    else:
        text = _("Appelez %(name)s au %(telephone)s dès aujourd’hui : c’est ce que nous avons dit au groupe.")
    return text % values
