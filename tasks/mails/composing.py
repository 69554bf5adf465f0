"""From a piece of news to rows: drawn outside any transaction, written in one short transaction."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import translation

from maillage.core.models import Network
from maillage.core.tokens import LinkSpec
from tasks import kinds, links, outbox, rendering
from tasks.mails.parts import in_text, on_one_line
from tasks.registry import job

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from tasks.kinds import MailKind
    from tasks.mails.letters import Letter, Mailing
    from tasks.mails.readers import Reader
    from tasks.rendering import Content

    Composer = Callable[..., Sequence[Mailing] | str]

TEMPLATE = "tasks/mails/letter"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A letter of a mailing, ready to be written."""

    mailing: Mailing
    reader: Reader
    letter: Letter
    content: Content


def composes(kind: MailKind, *, news: str = "") -> Callable[[Composer], Composer]:
    """Register what composes a kind of mail: a function ``(*, now, **ids)``, run by the job ``compose:<news>``.

    The function gives its mailings, or a stable code that says why the news no longer matters.

    Args:
        kind: of the rows; registered here, once.
        news: the name of the job when one kind of mail tells several news; the kind's code unless said.
    """
    if kind.code not in kinds.MAIL_KINDS:
        kinds.register(kind)

    def decorate(compose: Composer) -> Composer:
        @functools.wraps(compose)
        def run(*, now: datetime, **ids: Any) -> str | None:  # noqa: ANN401  stored ids, checked by the registry
            found = compose(now=now, **ids)
            if isinstance(found, str):
                return found
            return post(kind, found, now=now)

        job(f"compose:{news or kind.code}", is_atomic=False)(run)
        return compose

    return decorate


def post(kind: MailKind, mailings: Sequence[Mailing], *, now: datetime) -> str | None:
    """Draw every letter, then write all rows at once; what was written before stays as it is."""
    drawn = [_drawn(kind, mailing, reader) for mailing in mailings for reader in mailing.readers]
    if not drawn:
        return "no_reader"
    with transaction.atomic():
        for one in drawn:
            _write(kind, one, now)
    return None


def draw(letter: Letter, reader: Reader, *, kind: MailKind) -> Content:
    """Text and HTML of a letter, in the reader's language, which is already active."""
    context = {
        "subject": letter.title,
        "letter": letter,
        "closing": letter.closing(reader),
        "closing_html": letter.closing_html(reader),
        "recipient_name": on_one_line(reader.name),
        "body_text": in_text(letter.parts),
        "network": Network.objects.current(),
        "footer_reason": on_one_line(letter.why),
        **_choices(kind, reader),
    }
    return rendering.render(TEMPLATE, lang=reader.lang, context=context)


def _drawn(kind: MailKind, mailing: Mailing, reader: Reader) -> Drawn:
    with translation.override(reader.lang):
        letter = mailing.write(reader)
        return Drawn(mailing, reader, letter, draw(letter, reader, kind=kind))


def _choices(kind: MailKind, reader: Reader) -> dict[str, str]:
    """Links of the footer; the outbox issues the first one's token with every optional mail."""
    pages = {"unsubscribe": "members:unsubscribe", "preferences": "members:preferences_by_token"}
    return {
        f"{purpose}_url": links.token_url(view, purpose, lang=reader.lang) if kind.is_optional else ""
        for purpose, view in pages.items()
    }


def _specs(kind: MailKind, letter: Letter) -> list[LinkSpec]:
    if not kind.is_optional:
        return list(letter.link_specs)
    network = Network.objects.current()
    subject = network if network.pk else Network(pk=1)  # as in the outbox: before start_network there is no row
    return [*letter.link_specs, LinkSpec(purpose="preferences", subject=subject, data={})]


def _write(kind: MailKind, drawn: Drawn, now: datetime) -> None:
    mailing, reader, letter = drawn.mailing, drawn.reader, drawn.letter
    summary = None
    if letter.digest_url:
        summary = {"title": letter.title, "text": letter.preheader, "url": letter.digest_url}
    outbox.write_message(
        kind=kind.code,
        dedupe_key=f"{kind.code}:{mailing.event}:{outbox.address_code(reader.address)}",
        address=reader.address,
        lang=reader.lang,
        content=drawn.content,
        now=now,
        context=mailing.context,
        link_specs=_specs(kind, letter),
        useless_after=mailing.useless_after,
        reply_to=letter.answered_by(reader).header,
        summary=summary,
    )
