"""The demo's contacts, editors and administrator."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from expertise.organizations.models import RegionalContact
from maillage.home.services import Person, account_of, make_editor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from members.models import User

FOLDER = Path(__file__).parent


def _rows(name: str) -> Iterator[dict[str, str]]:
    return map(json.loads, (FOLDER / name).read_text(encoding="utf-8").splitlines())


def add_contacts() -> int:
    """The named humans of every region, and the network's own; return how many."""
    count = 0
    for row in _rows("contacts.jsonl"):
        user = account_of(Person(row["name"], row["email"], row["telephone"]))
        if user.lang != row["lang"]:
            user.lang = row["lang"]
            user.save(update_fields=["lang"])
        RegionalContact.objects.update_or_create(
            user=user,
            region=row["region"],
            defaults={name: row[name] for name in ("position", "telephone", "hours_fr", "hours_en")},
        )
        count += 1
    return count


def add_editors(password: str) -> list[User]:
    """Editors, then the administrator, all with one password that exists on this machine alone."""
    users = []
    for row in _rows("editors.jsonl"):
        user = make_editor(person=Person(row["name"], row["email"]), password=password)
        if row["role"] == "administrator" and not user.is_superuser:
            user.is_superuser = True
            user.save(update_fields=["is_superuser"])
        users.append(user)
    return users
