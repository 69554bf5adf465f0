"""A letter: what one reader is told, in their language, before it is drawn; a mailing: the same news for several."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.utils import parseaddr, quote
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from maillage.core.formats import telephone_parts
from maillage.core.models import Network
from tasks.mails.parts import cut, on_one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from expertise.organizations.models import RegionalContact
    from maillage.core.tokens import LinkSpec
    from tasks.mails.parts import Part
    from tasks.mails.readers import Reader

SUBJECT_MAX_CHARACTERS = 90
FIRST_WORDS_MAX_CHARACTERS = 48
NAME_MAX_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who reads the answers to a mail."""

    name: str
    address: str

    @property
    def header(self) -> str:
        """Reply-To: a name from a form cannot add a header, nor an address."""
        name = quote(cut(on_one_line(self.name), NAME_MAX_CHARACTERS))
        return f'"{name}" <{on_one_line(self.address)}>' if self.address else ""


@dataclass(frozen=True, slots=True)
class Letter:
    """What one reader is told.

    Attributes:
        subject: short; of personal data, a need's first words at most.
        preview: what mail programs show beside the subject.
        parts: the body.
        contact: the network's human for this matter, whose telephone closes the letter.
        reply_to: who reads answers; the contact unless said.
        why: why this person gets this mail; in the footer.
        link_specs: tokens of the links in the parts.
        digest_url: where a weekly digest leads from this letter; "" for what is never gathered.
    """

    subject: str
    preview: str
    parts: Sequence[Part]
    contact: RegionalContact
    reply_to: Person | None = None
    why: str = ""
    link_specs: Sequence[LinkSpec] = ()
    digest_url: str = ""

    @property
    def title(self) -> str:
        """The subject as it is sent."""
        return cut(on_one_line(self.subject), SUBJECT_MAX_CHARACTERS)

    @property
    def preheader(self) -> str:
        """The preview on one line."""
        return on_one_line(self.preview)

    def answered_by(self, reader: Reader) -> Person:
        """Who reads answers; the network itself, when the reader is the contact."""
        if self.reply_to is not None:
            return self.reply_to
        if self._is_to_contact(reader):
            network = Network.objects.current()
            return Person(network.name, network.email or parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
        return Person(self.contact.name, self.contact.user.email)

    def closing(self, reader: Reader) -> str:
        """Who reads an answer, and whom to call: the last sentence of every letter."""
        shown, _dialled = telephone_parts(self.contact.telephone)
        return self._closing(reader) % {**self._closing_values(reader), "telephone": shown}

    def closing_html(self, reader: Reader) -> SafeString:
        """The same, with a number to tap."""
        shown, dialled = telephone_parts(self.contact.telephone)
        values = {name: escape(value) for name, value in self._closing_values(reader).items()}
        link = format_html('<a class="phone" href="tel:{}">{}</a>', dialled, shown) if dialled else escape(shown)
        return SafeString(escape(self._closing(reader)) % {**values, "telephone": link})

    def _closing(self, reader: Reader) -> str:
        if self._is_to_contact(reader):
            return _("Votre réponse à ce courriel ira à %(reader)s.")
        if self.reply_to is None:
            text = _(
                "Répondez à ce courriel pour écrire à %(contact)s, personne-ressource du réseau, ou appelez au "
                "%(telephone)s"
            )
        else:
            text = _(
                "Votre réponse à ce courriel ira à %(reader)s. Pour toute question : %(contact)s, au %(telephone)s"
            )
        return f"{text}, %(hours)s." if self.contact.hours.strip() else f"{text}."

    def _closing_values(self, reader: Reader) -> dict[str, str]:
        return {
            "reader": on_one_line(self.answered_by(reader).name),
            "contact": on_one_line(self.contact.name),
            # “9 a.m. to 4 p.m.” ends its own sentence.
            "hours": on_one_line(self.contact.hours).rstrip("."),
        }

    def _is_to_contact(self, reader: Reader) -> bool:
        return reader.user_id is not None and reader.user_id == self.contact.user_id


@dataclass(frozen=True, slots=True)
class Mailing:
    """One piece of news and those who read it.

    Attributes:
        event: the event of business, unique for this kind: ``pairing:42:offered:…``.
        readers: who gets it; each gets one, however often the event is told.
        write: makes a reader's letter; called in their language.
        context: ids that are read again at sending.
        useless_after: it is not sent after this moment.
    """

    event: str
    readers: Sequence[Reader]
    write: Callable[[Reader], Letter]
    context: Mapping[str, object] = field(default_factory=dict)
    useless_after: datetime | None = None


def first_words(words: str) -> str:
    """What a subject may hold of someone's text."""
    return cut(on_one_line(words), FIRST_WORDS_MAX_CHARACTERS)
