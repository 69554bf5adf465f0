"""A network with groups that ask and organizations that help, for campaigns that go through the site itself."""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from django.utils import timezone

from expertise.needs.models import NeedSkill
from expertise.organizations.models import OrganizationSkill
from maillage.core.models import Network
from tests.factories import (
    NeedFactory,
    OrganizationFactory,
    RegionalContactFactory,
    SeatFactory,
    SkillFactory,
)

if TYPE_CHECKING:
    from members.models import User

NEEDS_PER_GROUP = 3
SKILLS = 8
TOKEN = "c" * 32
TIMEOUT_S = 60


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft that its author may publish with one POST."""

    need_id: int
    path: str
    cookies: str


def build(*, drafts: int, helpers: int) -> list[Draft]:
    """Helpers with room, and drafts ready to be published."""
    network, _ = Network.objects.get_or_create()
    network.telephone, network.email = "819 555-0100", "reseau@example.org"
    network.save()
    RegionalContactFactory.create(user__email="contact@example.org")
    skills = [SkillFactory.create() for _ in range(SKILLS)]
    now = timezone.now()
    for number in range(helpers):
        helper = OrganizationFactory.create(availability__capacity=50)
        SeatFactory.create(organization=helper, user__email=f"helper{number}@help.example")
        OrganizationSkill.objects.create(tag=skills[number % SKILLS], content_object=helper, confirmed_at=now)
    return [draft for group in range(-(-drafts // NEEDS_PER_GROUP)) for draft in _group(group, skills)][:drafts]


def _group(number: int, skills: list[object]) -> list[Draft]:
    group = OrganizationFactory.create()
    seat = SeatFactory.create(organization=group, user__email=f"group{number}@ask.example")
    cookies = f"{settings.SESSION_COOKIE_NAME}={_session(seat.user)}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
    found = []
    for rank in range(NEEDS_PER_GROUP):
        text = f"Notre site est en panne depuis lundi (demande {number}-{rank})."
        need = NeedFactory.create(draft=True, organization=group, author=seat.user, text=text)
        NeedSkill.objects.create(tag=skills[(number + rank) % SKILLS], content_object=need)
        found.append(Draft(need.pk, reverse("needs:publish", args=[need.pk]), cookies))
    return found


def _session(user: User) -> str:
    """What the sign-in would have left."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)


def publish(draft: Draft, port: int) -> float:
    """Press the button over real HTTP; returns seconds.

    Raises:
        RuntimeError: the site did not publish.
    """
    body = urlencode({"csrfmiddlewaretoken": TOKEN})
    headers = {"Cookie": draft.cookies, "Content-Type": "application/x-www-form-urlencoded"}
    began = time.perf_counter()
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)
    try:
        client.request("POST", draft.path, body, headers)
        answer = client.getresponse()
        answer.read()
    finally:
        client.close()
    if answer.status != http.client.FOUND:
        raise RuntimeError(f"{draft.path} answered {answer.status}")
    return time.perf_counter() - began
