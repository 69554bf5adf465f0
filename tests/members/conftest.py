"""What the tests of people share: mails kept in memory, a code read from its mail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.utils import translation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core import mail
    from pytest_django.fixtures import SettingsWrapper


@pytest.fixture(autouse=True)
def _in_french() -> Iterator[None]:
    """No test reads the language that another one's last request left."""
    with translation.override("fr"):
        yield


@pytest.fixture(autouse=True)
def _mails_in_memory(settings: SettingsWrapper) -> None:
    """What this room hands to Django's mail API, before the tasks room makes rows of it."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def code_in(message: mail.EmailMessage) -> str:
    """The six digits of a sign-in mail's subject, as a person copies them."""
    found = re.match(r"(\d{3}\u00a0\d{3}) ", str(message.subject))
    assert found, message.subject
    return found[1]
