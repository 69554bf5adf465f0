"""Kinds of optional mail and what people call them: declared by the room that writes them, read by preferences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import Promise

_labels: dict[str, str | Promise] = {}


def declare(code: str, label: str | Promise) -> None:
    """Declare a kind of optional mail, in an AppConfig's ``ready``.

    Args:
        code: as messages store it.
        label: what people call it, such as « Résumé de la semaine ».
    """
    _labels[code] = label


def label_of(code: str) -> str | Promise:
    """What people call a kind; a general phrase for one that no room writes any more."""
    return _labels.get(code, _("Courriel du site"))
