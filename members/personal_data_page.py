"""``docs/personal-data.md``, written from the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from members.personal_data import holdings

if TYPE_CHECKING:
    from members.personal_data import Holding, Personal

HEAD = """# Personal data

Made from the registry (`members/personal_data.py`) by `python manage.py personal_data`; a test holds the two together.
A room declares its fields in its `personal_data` module. Export, erasure and the masking of logs follow from it:

- **export**: a signed-in person downloads every exported field of every row about them (`Mon compte`).
- **erasure**: *blanked* and *replaced* say what becomes of a field; *row deleted* takes the row; *kept* says why.
  The account's row stays, closed and nameless. A last owner or a regional contact is replaced first.
- **logs**: values of fields marked *masked*, and whatever looks like an address or a telephone number, are hidden.
"""

COLUMNS = ("field", "what for", "how long", "exported", "erased", "in logs")


def page() -> str:
    """The whole page, Markdown."""
    found = holdings()
    tables = [_table(holding) for holding in found if holding.fields]
    return "\n".join([HEAD, *tables, _impersonal(found)])


def _table(holding: Holding) -> str:
    head = [f"## `{holding.model._meta.label}`", "", "| " + " | ".join(COLUMNS) + " |", "|---" * len(COLUMNS) + "|"]
    return "\n".join([*head, *(_row(holding.fields[name]) for name in sorted(holding.fields)), ""])


def _row(field: Personal) -> str:
    erased = f"{field.erase}: {field.because}" if field.erase == "kept" else str(field.erase)
    exported = "yes" if field.is_exported else f"no: {field.because}"
    cells = (
        f"`{field.name}`",
        field.purpose,
        _retention(field.retention),
        exported,
        erased,
        "masked" if field.is_masked else "shown",
    )
    return f"| {' | '.join(cells)} |"


def _retention(words: str) -> str:
    """A setting's name is followed by its value of today."""
    return f"{getattr(settings, words)} days (`{words}`)" if words.isupper() else words


def _impersonal(found: list[Holding]) -> str:
    lines = [
        f"- `{holding.model._meta.label}`: {', '.join(f'`{name}`' for name in sorted(holding.impersonal))}"
        for holding in found
        if holding.impersonal
    ]
    return "\n".join(["## Declared to say nothing about people", "", *lines, ""])
