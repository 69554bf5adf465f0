"""Every address of ours, for every role, by GET and by POST: the answers are in ``permission_matrix.csv``.

An address that the file does not know fails. After a change that is meant, ``MATRIX_WRITE=1`` writes the file anew:
read its diff as you would read a change of locks.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.permission_world import NOW, ROLES, World, build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

FILE = Path(__file__).with_name("permission_matrix.csv")
VERBS = ("GET", "POST")
# Wagtail's and allauth's own addresses are theirs to test; who may enter them is tested with members.
FOREIGN = ("wagtail", "account_", "mfa_", "anymail")
MATRIX = {
    (row["address"], row["verb"]): row
    for row in (csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()) if FILE.exists() else ())
}


def addresses() -> Iterator[tuple[str, list[str]]]:
    """(name, names of its arguments) of every address of ours."""
    yield from _walk(get_resolver().url_patterns, "")


def _walk(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[tuple[str, list[str]]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, inner)
        elif pattern.name and not f"{space}{pattern.name}".startswith(FOREIGN):
            yield f"{space}{pattern.name}", list(pattern.pattern.converters)


def arguments(name: str, world: World) -> dict[str, object]:
    """What an address needs, taken from the world."""
    things = world.things
    own = OWN_ARGUMENTS.get(name)
    return own(things) if own else {}


def _of(name: str, **arguments: str) -> Callable[[dict[str, Any]], dict[str, object]]:
    """Arguments taken from one thing: ``pk="pk"`` is its own, other values are attributes or fixed words."""
    return lambda things: {key: getattr(things[name], value) for key, value in arguments.items()}


def _token(purpose: str) -> Callable[[dict[str, Any]], dict[str, object]]:
    return lambda _things: {"token": f"token-{purpose}"}


def _of_group(thing: str) -> Callable[[dict[str, Any]], dict[str, object]]:
    return lambda things: {"slug": things["group"].slug, "pk": things[thing].pk}


OWN_ARGUMENTS: dict[str, Callable[[dict[str, Any]], dict[str, object]]] = {
    "sitemap_part": lambda _things: {"section": "doors"},
    "pages:page": lambda _things: {"slug": "nowhere"},
    "pages:settle_report": _of("report", pk="pk"),
    "pages:report": lambda things: {"name": "guide", "pk": things["guide"].pk},
    "members:preferences_by_token": _token("preferences"),
    "members:unsubscribe": _token("unsubscribe"),
    "skills:detail": _of("skill", slug="slug"),
    **{f"skills:{name}": _of("proposed_skill", slug="slug") for name in ("review", "accept", "merge")},
    **{f"organizations:import_{name}": _of("import", pk="pk") for name in ("preview", "confirm", "discard")},
    **{
        f"organizations:{name}": _token("organization_invitation")
        for name in ("invitation", "claim", "redirect", "remove")
    },
    **{f"organizations:{name}": _token("seat_invitation") for name in ("seat_invitation", "accept_seat_invitation")},
    **{
        f"organizations:{name}": _of("group", slug="slug")
        for name in (
            "detail",
            "join",
            "edit",
            "confirm",
            "skills",
            "team",
            "availability",
            "capacity",
            "period_add",
            "block",
            "state",
            "ask_confirmation",
        )
    },
    "organizations:seat": _of_group("seat"),
    "organizations:seat_decide": _of_group("asked_seat"),
    "organizations:seat_end": _of_group("seat"),
    "organizations:period_remove": _of_group("group_period"),
    "organizations:unblock": _of_group("block"),
    **{f"needs:{name}": _of("draft", pk="pk") for name in ("edit", "group", "review", "publish", "discard")},
    **{f"needs:{name}": _of("need", pk="pk") for name in ("detail", "withdraw", "found_elsewhere")},
    "needs:reopen": _of("closed", pk="pk"),
    "pairings:answer": _token("answer"),
    "pairings:offers_by_token": _token("choose"),
    "pairings:spoken_by_token": _token("spoken"),
    "pairings:outcome_by_token": _token("outcome"),
    "pairings:answer_member": _of("proposed", pk="pk"),
    "pairings:withdraw_offer": _of("offered", pk="pk"),
    **{f"pairings:{name}": _of("need", need_pk="pk") for name in ("volunteer", "offers", "add", "search_further")},
    "pairings:vouch": _of("held", need_pk="pk"),
    **{f"pairings:{name}": _of("call", pk="pk") for name in ("call_done", "pass_on")},
    "wiki:check": _of("guide", pk="pk"),
    "wiki:guide": _of("guide", slug="slug"),
    **{f"wiki:{name}": _of("guide_draft", pk="pk") for name in ("edit", "draft", "submit", "review")},
    **{f"tasks:{name}": _of("job", pk="pk") for name in ("retry_job", "cancel_job")},
    **{f"tasks:{name}": _of("message", pk="pk") for name in ("retry_message", "cancel_message")},
    "tasks:open_address": _of("closed_address", pk="pk"),
    "tasks:mail": lambda _things: {"name": "nowhere"},
}


def status_of(client: Client, verb: str, path: str) -> str:
    """The answer's status, with where it leads when it leads to signing in."""
    savepoint = transaction.savepoint()
    try:
        answer = client.get(path) if verb == "GET" else client.post(path, {})
    finally:
        transaction.savepoint_rollback(savepoint)
    leads_to_sign_in = answer.status_code == 302 and "/connexion/" in answer["Location"]
    return "sign in" if leads_to_sign_in else str(answer.status_code)


@pytest.mark.django_db
@time_machine.travel(NOW, tick=False)
def test_every_address_answers_every_role_as_written() -> None:
    world = build()
    found = {}
    for name, _ in addresses():
        path = reverse(name, kwargs=arguments(name, world))
        for verb in VERBS:
            row = {"address": name, "verb": verb}
            for role in ROLES:
                client = Client()
                person = world.people[role]
                if person is not None:
                    client.force_login(person)
                row[role] = status_of(client, verb, path)
            found[name, verb] = row
    if os.environ.get("MATRIX_WRITE"):
        with FILE.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, ("address", "verb", *ROLES), lineterminator="\n")
            writer.writeheader()
            writer.writerows(found[key] for key in sorted(found))
    assert set(found) == set(MATRIX), "an address is not declared"
    assert {key: row for key, row in found.items() if row != MATRIX[key]} == {}
