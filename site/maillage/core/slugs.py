"""Addresses from names, with a number when one is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import slugify

from maillage.core.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import Model

MAX_STEM = 200


def stem_of(name: str, fallback: str) -> str:
    """The slug that a name would like; a name without Latin letters or digits gets ``fallback``."""
    return slugify(fold(name).replace("'", " "))[:MAX_STEM].strip("-") or fallback


def free_slug(name: str, *, fallback: str, taken: Collection[str]) -> str:
    """The first slug of a name that is not ``taken``; a number is added as needed."""
    stem = stem_of(name, fallback)
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def taken_slugs(model: type[Model], name: str, fallback: str) -> set[str]:
    """Slugs in use that begin like this name's."""
    return set(model._default_manager.filter(slug__startswith=stem_of(name, fallback)).values_list("slug", flat=True))
