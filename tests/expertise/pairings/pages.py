"""What tests of pages share: a link of a mail, a browser that holds no cookie, a signed-in person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from maillage.core.models.tokens import derive
from maillage.core.tokens import LinkSpec, issue
from tests.factories import SeatFactory

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

    from expertise.organizations.models import Organization
    from members.models import User

VIEWS = {
    "answer": "pairings:answer",
    "choose": "pairings:offers_by_token",
    "spoken": "pairings:spoken_by_token",
    "outcome": "pairings:outcome_by_token",
}
OFFERED = {
    "action": "offer",
    "word": "Disponibles dès jeudi.",
    "help_kind": "volunteer",
    "name": "Alex Côté",
    "telephone": "819 555-0155",
}


def link(
    purpose: str, subject: Model, *, address: str = "alex@example.org", now: datetime | None = None, **data: object
) -> str:
    """The address behind the link of a mail."""
    message_id = f"<{purpose}.{subject.pk}.{address}>"
    spec = LinkSpec(purpose=purpose, subject=subject, data=data)
    issue(message_id=message_id, link=spec, address=address, now=now or timezone.now())
    return reverse(VIEWS[purpose], args=[derive(message_id, purpose)])


def browser() -> Client:
    """A mail's own browser: it checks CSRF tokens as a real one, and keeps nothing between requests."""
    return Client(enforce_csrf_checks=True)


def signed_in(user: User) -> Client:
    """Somebody's own browser."""
    client = Client()
    client.force_login(user)
    return client


def member_of(organization: Organization) -> User:
    """Somebody with an active seat there."""
    user: User = SeatFactory(organization=organization).user
    return user


def text_of(response: object) -> str:
    """The page's words, on one line."""
    return " ".join(response.content.decode().split())  # type: ignore[attr-defined]  # a test's response
