"""Addresses of skills: from the French label, with a number when it is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.text import slugify

from expertise.skills.models import Skill
from maillage.core.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection

MAX_STEM = 200
FALLBACK = "competence"


def stem_of(label: str) -> str:
    """The slug that a label would like; words without Latin letters get a neutral one."""
    return slugify(fold(label).replace("'", " "))[:MAX_STEM].strip("-") or FALLBACK


def free_slug(label: str, taken: Collection[str] | None = None) -> str:
    """The first slug of a label that nobody has.

    Args:
        label: the French label.
        taken: slugs in use; None: they are looked up.
    """
    stem = stem_of(label)
    if taken is None:
        taken = set(Skill.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
