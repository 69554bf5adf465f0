"""To a group whose first need waits for someone's word, and to the editors who may give it.

The contact gets a call to make.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from expertise.needs.enums import NeedState
from expertise.needs.models import Need
from tasks import links
from tasks.kinds import MailKind
from tasks.mails import readers
from tasks.mails.composing import composes
from tasks.mails.group import contact_of, ids_of, letter_to_group, need_url
from tasks.mails.letters import Letter, Mailing, first_words
from tasks.mails.parts import Action, Fact, Facts, Quote, Say, telephone_fact
from tasks.mails.relevance import unless_need
from tasks.mails.wording import name_of, need_facts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.organizations.models import RegionalContact
    from tasks.mails.readers import Reader

HELD = (NeedState.HELD,)
KIND = MailKind(code="need_held", label=gettext_lazy("Demande à vérifier"), priority=4, obsolete=unless_need(*HELD))


@composes(KIND)
def compose(*, need_id: int, event: str, now: datetime) -> Sequence[Mailing] | str:
    """Both are told at once, so that nobody waits in silence."""
    need = Need.objects.select_related("organization", "author", "entered_by", "contact__user").get(pk=need_id)
    if need.state not in HELD:
        return "need_moved_on"
    contact = contact_of(need, now)
    group = readers.of_group(need)
    vouchers = [reader for reader in readers.editors(now) if reader.user_id != contact.user_id]
    to_group, to_voucher = partial(_to_group, need, contact), partial(_to_voucher, need, contact)
    return [
        Mailing(event=f"{event}:group", readers=group, write=to_group, context=ids_of(need)),
        Mailing(event=f"{event}:editors", readers=vouchers, write=to_voucher, context=ids_of(need)),
    ]


def _to_group(need: Need, contact: RegionalContact, reader: Reader) -> Letter:
    url = _vouch_url(need, reader)
    name = name_of(need.organization)
    opening = _(
        "Votre demande est bien reçue. Comme c’est la première de %(name)s, une personne du réseau la lit d’abord."
    )
    return letter_to_group(
        need,
        reader,
        contact=contact,
        subject=_("Demande reçue : %(title)s") % {"title": first_words(need.title)},
        preview=opening % {"name": name},
        parts=[
            Say(opening % {"name": name}),
            Say(
                _("%(contact)s vous appellera peut-être. Pour aller plus vite, appelez : deux minutes suffisent.")
                % {"contact": contact.name}
            ),
            Facts([telephone_fact(contact.telephone, label=contact.name)]),
            Say(
                _("Ensuite, les organismes qui peuvent vous aider la reçoivent aussitôt, et vous recevez un courriel.")
            ),
            Action(_("Voir ma demande"), need_url(need, reader)),
            Say(
                _(
                    "Quelqu’un d’un organisme vérifié de votre région vous connaît? Envoyez-lui cette adresse : une "
                    "fois connectée, cette personne peut dire que c’est bien vous, et votre demande part."
                )
            ),
            Facts([Fact(_("Adresse à envoyer"), url, url)]),
        ],
    )


def _vouch_url(need: Need, reader: Reader) -> str:
    """Where a verified neighbour, the contact or an editor may vouch, once signed in; it shows no contact data."""
    return links.url("pairings:vouch", need.pk, lang=reader.lang)


def _to_voucher(need: Need, contact: RegionalContact, reader: Reader) -> Letter:
    group = need.organization
    values = {"name": name_of(group), "title": first_words(need.title)}
    opening = (
        _("%(name)s publie sa première demande. Elle attend que quelqu’un qui connaît ce groupe le confirme.") % values
    )
    return Letter(
        subject=_("À vérifier : %(title)s") % values,
        preview=opening,
        parts=[
            Say(opening),
            Quote(need.text, need.lang, need_url(need, reader)),
            Facts([*need_facts(need), telephone_fact(need.telephone, label=need.contact_name)]),
            Action(_("Je connais ce groupe"), _vouch_url(need, reader)),
            Say(_("%(contact)s peut aussi le faire, et a ce groupe à rappeler.") % {"contact": contact.name}),
        ],
        contact=contact,
        why=_("Vous recevez ce courriel parce que vous faites partie de l’équipe éditoriale."),
    )
