"""Logs: codes and ids are read, people are not."""

from __future__ import annotations

import pytest

from members.log_masking import HIDDEN, mask


@pytest.mark.parametrize("name", ["address", "telephone", "contact_name", "body_text", "recipient", "answered_name"])
def test_declared_fields_are_hidden(name: str) -> None:
    assert mask(None, "info", {"event": "mail.sent", name: "Camille"})[name] == HIDDEN


def test_addresses_keep_only_their_domain_wherever_they_stand() -> None:
    event = mask(
        None,
        "info",
        {"event": "refused by camille.roy+x@example.org (550)", "args": ["<a@b.example>", {"x": "c@d.ca"}]},
    )
    assert event["event"] == f"refused by {HIDDEN}@example.org (550)"
    assert event["args"] == [f"<{HIDDEN}@b.example>", {"x": f"{HIDDEN}@d.ca"}]


@pytest.mark.parametrize(
    "number", ["819 555-0142", "(819) 555-0142", "819-555-0142", "+1 819 555-0142", "819.555.0142"]
)
def test_telephone_numbers_are_hidden(number: str) -> None:
    assert mask(None, "info", {"event": f"call {number} now"})["event"] == f"call {HIDDEN} now"


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-24T14:12:05.123456Z",
        "need:42:wave:7",
        "4502c1b2-9d6e-4c1b-8a53-0d9b5f8e2f11",
        8195550142,
        None,
        1.5,
        "",
    ],
)
def test_ids_moments_and_numbers_stay(value: object) -> None:
    assert mask(None, "info", {"event": "x", "what": value})["what"] == value


def test_exceptions_become_masked_text() -> None:
    event = mask(None, "info", {"event": "x", "error": ValueError("no such user a@example.org")})
    assert event["error"] == f"ValueError: no such user {HIDDEN}@example.org"


def test_what_structlog_needs_stays_as_it_is() -> None:
    try:
        raise ValueError("x")  # noqa: TRY301
    except ValueError as error:
        info = (ValueError, error, error.__traceback__)
    event = mask(None, "info", {"event": "x", "exc_info": info, "_record": object, "level": "info"})
    assert event["exc_info"] is info
    assert event["_record"] is object
