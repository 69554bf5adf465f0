"""What all letters to the group that asked for help share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from tasks import links
from tasks.mails import readers
from tasks.mails.letters import Letter
from tasks.mails.parts import Facts, Say, telephone_fact

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.needs.models import Need
    from expertise.organizations.models import RegionalContact
    from maillage.core.tokens import LinkSpec
    from tasks.mails.letters import Person
    from tasks.mails.parts import Part
    from tasks.mails.readers import Reader


def contact_of(need: Need, now: datetime) -> RegionalContact:
    """The named human of a need: the one who holds it, or whose turn it is in its region."""
    if need.contact is not None:
        return need.contact
    return readers.human(need.region, now)


def need_url(need: Need, reader: Reader) -> str:
    """The need's page."""
    return links.url("needs:detail", need.pk, lang=reader.lang)


def ids_of(need: Need) -> dict[str, object]:
    """What is read again at sending, and what a suspension cancels."""
    return {"need_id": need.pk, "group_id": need.organization_id}


def letter_to_group(
    need: Need,
    reader: Reader,
    *,
    contact: RegionalContact,
    subject: str,
    preview: str,
    parts: Sequence[Part],
    reply_to: Person | None = None,
    link_specs: Sequence[LinkSpec] = (),
) -> Letter:
    """A letter about a group's own need; whoever took it by telephone is asked to pass the news on."""
    is_relay = need.author_id is None and reader.user_id == need.entered_by_id
    if is_relay:
        why = _("Vous recevez ce courriel parce que vous avez pris cette demande par téléphone.")
    else:
        why = _("Vous recevez ce courriel parce que votre organisme a publié cette demande.")
    return Letter(
        subject=subject,
        preview=preview,
        parts=[*_relay(need), *parts] if is_relay else parts,
        contact=contact,
        reply_to=reply_to,
        why=why,
        link_specs=link_specs,
    )


def _relay(need: Need) -> list[Part]:
    text = _("Ce groupe n’a que le téléphone : c’est à vous de transmettre la nouvelle à %(name)s.")
    return [Say(text % {"name": need.contact_name}), Facts([telephone_fact(need.telephone)])]
