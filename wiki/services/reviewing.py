"""From the author to the readers: submitting, publishing, answering with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.actions.unpublish_page import UnpublishPageAction

from maillage.core.audit import record
from wiki import signals
from wiki.enums import ReviewState
from wiki.models import GuidePage
from wiki.services.errors import GuideStateError

if TYPE_CHECKING:
    from datetime import datetime

    from django.dispatch import Signal

    from members.models import User

SUBMITTABLE = frozenset({ReviewState.DRAFT, ReviewState.CHANGES_ASKED, ReviewState.REFUSED, ReviewState.PUBLISHED})
# An editor may publish what was never submitted: their own, or one taken over from an absent author.
PUBLISHABLE = frozenset({ReviewState.DRAFT, ReviewState.SUBMITTED, ReviewState.CHANGES_ASKED, ReviewState.REFUSED})
ANSWERABLE = frozenset({ReviewState.SUBMITTED})


def submit_guide(*, guide: GuidePage, actor: User, now: datetime) -> None:
    """Ask editors to read the latest revision.

    Raises:
        GuideStateError: it is submitted already.
    """
    with transaction.atomic():
        locked = _locked(guide, SUBMITTABLE)
        _move(locked, ReviewState.SUBMITTED, "", submitted_at=now)
        _tell(locked, "guide.submitted", signals.guide_submitted, actor, now)


def publish_guide(*, guide: GuidePage, actor: User, now: datetime) -> None:
    """Show the latest revision to readers.

    Raises:
        GuideStateError: there is nothing to publish.
    """
    with transaction.atomic():
        locked = _locked(guide, PUBLISHABLE)
        _move(locked, ReviewState.PUBLISHED, "")
        latest = locked.get_latest_revision()
        # Our own rules said who may, before; Wagtail's know only its admin.
        latest.publish(user=actor, skip_permission_checks=True)
        _tell(locked, "guide.published", signals.guide_published, actor, now)


def ask_changes(*, guide: GuidePage, word: str, actor: User, now: datetime) -> None:
    """Give it back to its author with a reason.

    Raises:
        GuideStateError: it was not submitted.
    """
    with transaction.atomic():
        locked = _locked(guide, ANSWERABLE)
        _move(locked, ReviewState.CHANGES_ASKED, word)
        _tell(locked, "guide.changes_asked", signals.guide_changes_asked, actor, now)


def refuse_guide(*, guide: GuidePage, word: str, actor: User, now: datetime) -> None:
    """Say no, with a reason; the text stays its author's.

    Raises:
        GuideStateError: it was not submitted.
    """
    with transaction.atomic():
        locked = _locked(guide, ANSWERABLE)
        _move(locked, ReviewState.REFUSED, word)
        _tell(locked, "guide.refused", signals.guide_refused, actor, now)


def unpublish_guide(*, guide: GuidePage, word: str, actor: User, now: datetime) -> None:
    """Take it away from readers; it becomes its author's draft again, with the reason.

    Raises:
        GuideStateError: readers do not see it.
    """
    with transaction.atomic():
        locked = GuidePage.objects.select_for_update(of=("self",)).get(pk=guide.pk)
        if not locked.live:
            raise GuideStateError(locked.review_state)
        _move(locked, ReviewState.CHANGES_ASKED, word)
        UnpublishPageAction(locked, user=actor).execute(skip_permission_checks=True)
        _tell(locked, "guide.unpublished", signals.guide_unpublished, actor, now)


def _locked(guide: GuidePage, states: frozenset[ReviewState]) -> GuidePage:
    locked = GuidePage.objects.select_for_update(of=("self",)).get(pk=guide.pk)
    if locked.review_state not in states:
        raise GuideStateError(locked.review_state)
    return locked


def _move(guide: GuidePage, state: ReviewState, word: str, submitted_at: datetime | None = None) -> None:
    """What is said about a guide is written on its row alone: no revision carries it."""
    guide.review_state, guide.review_word = state, word
    guide.submitted_at = submitted_at or guide.submitted_at
    GuidePage.objects.filter(pk=guide.pk).update(review_state=state, review_word=word, submitted_at=guide.submitted_at)


def _tell(guide: GuidePage, verb: str, signal: Signal, actor: User, now: datetime) -> None:
    record(verb=verb, subject=guide, now=now, actor=actor, revision=guide.latest_revision_id)
    signal.send(sender=GuidePage, pk=guide.pk, now=now)
