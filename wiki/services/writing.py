"""Writing a guide: every save is a revision and carries the one that it started from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from maillage.core.audit import record
from maillage.core.folding import fold
from maillage.core.models import RootPage
from wiki.models import FormerSlug, GuidePage
from wiki.pictures import CleanPicture, store
from wiki.services.errors import StaleRevisionError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from expertise.organizations.models import Organization
    from expertise.skills.models import Skill
    from members.models import User

SLUG_CHARACTERS = 80


@dataclass(frozen=True, slots=True)
class GuideFacts:
    """What an author writes. ``picture`` None keeps the one there is; ``is_picture_removed`` takes it away."""

    title: str
    kind: str
    helps_to: str
    body: str
    lang: str
    for_whom: str = ""
    minutes: int | None = None
    skills: Sequence[Skill] = ()
    organization: Organization | None = None
    picture: CleanPicture | None = None
    picture_alt: str = ""
    is_picture_removed: bool = False
    checked_on: date | None = None


def create_guide(
    *, facts: GuideFacts, actor: User, now: datetime, slug: str = "", translation_of: GuidePage | None = None
) -> GuidePage:
    """A draft under the root of its language, with its first revision; nobody but its author and editors see it.

    ``translation_of`` ties it to the same guide in the other language.
    """
    with transaction.atomic():
        # The root is the lock: two guides of one title written at once get two addresses.
        root = RootPage.objects.select_for_update(of=("self",)).get(locale__language_code=facts.lang)
        guide = GuidePage(
            title=facts.title,
            slug=_free_slug(slug or facts.title, root.locale_id),
            live=False,
            owner=actor,
            locale_id=root.locale_id,
        )
        if translation_of is not None:
            guide.translation_key = translation_of.translation_key
        _write(guide, facts, actor)
        root.add_child(instance=guide)
        guide.save_revision(user=actor)
        record(verb="guide.created", subject=guide, now=now, actor=actor)
    return guide


def save_guide(
    *, guide: GuidePage, facts: GuideFacts, started_from: int | None, actor: User, now: datetime
) -> GuidePage:
    """A new revision, from the one that the author started from. What readers see does not change.

    Raises:
        StaleRevisionError: somebody else saved in between; nothing is written.
    """
    with transaction.atomic():
        locked = GuidePage.objects.select_for_update(of=("self",)).get(pk=guide.pk)
        if locked.latest_revision_id != started_from:
            raise StaleRevisionError(locked.latest_revision_id)
        draft: GuidePage = locked.get_latest_revision_as_object()
        _write(draft, facts, actor)
        draft.save_revision(user=actor)
        if not locked.live:
            _follow_title(draft)
        record(verb="guide.saved", subject=locked, now=now, actor=actor)
    return draft


def keep_former_slug(*, guide: GuidePage, slug: str) -> None:
    """Let a former address lead to the guide; an address in use again belongs to whoever uses it."""
    if slug != guide.slug:
        FormerSlug.objects.update_or_create(locale_id=guide.locale_id, slug=slug, defaults={"guide": guide})


def _write(guide: GuidePage, facts: GuideFacts, actor: User) -> None:
    guide.title = guide.draft_title = facts.title
    guide.kind, guide.helps_to, guide.for_whom = facts.kind, facts.helps_to, facts.for_whom
    guide.minutes, guide.body, guide.organization = facts.minutes, facts.body, facts.organization
    guide.checked_on = facts.checked_on or guide.checked_on
    guide.search_description = facts.helps_to
    if facts.picture is not None:
        guide.picture = store(picture=facts.picture, title=facts.title, user=actor)
    elif facts.is_picture_removed:
        guide.picture = None
    guide.picture_alt = facts.picture_alt if guide.picture is not None else ""
    guide.skills.set(facts.skills)


def _follow_title(draft: GuidePage) -> None:
    """Lists of drafts show the title of the last revision."""
    GuidePage.objects.filter(pk=draft.pk).update(title=draft.title, draft_title=draft.title)


def _free_slug(words: str, locale_id: int) -> str:
    """A readable address that no guide of the language has or had; a title without letters gets ``guide``."""
    base = re.sub(r"[^a-z0-9]+", "-", fold(words).replace("'", "")).strip("-")[:SLUG_CHARACTERS].strip("-") or "guide"
    taken = set(GuidePage.objects.filter(locale_id=locale_id, slug__startswith=base).values_list("slug", flat=True))
    taken |= set(FormerSlug.objects.filter(locale_id=locale_id, slug__startswith=base).values_list("slug", flat=True))
    taken |= RESERVED
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


# Paths of the wiki's own pages, in both languages.
RESERVED = frozenset({"ecrire", "write", "a-relire", "review", "mes-guides", "my-guides", "apercu", "preview"})
