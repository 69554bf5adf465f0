"""One story for each news that a mail tells: what must be so, and the job that composes it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from expertise.needs.enums import NeedState
from expertise.organizations.enums import OrganizationState, SeatRole, SeatState
from expertise.organizations.models import Seat
from expertise.pairings.enums import ContactTaskReason, PairingState
from expertise.pairings.models import ContactTask
from maillage.core import audit
from maillage.core.enums import ReportReason
from maillage.core.models import Report
from members.models import Preference
from tasks.mails import editors_digest
from tests.factories import OrganizationFactory, PairingFactory, UserFactory
from wiki.enums import ReviewState

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tests.tasks.mails.world import World
    from wiki.models import GuidePage

    Story = tuple[str, dict[str, object]]

STORIES: dict[str, Callable[[World, datetime], Story]] = {}


def story(function: Callable[[World, datetime], Story]) -> Callable[[World, datetime], Story]:
    """Register one."""
    STORIES[function.__name__] = function
    return function


@story
def organizations_asked(world: World, now: datetime) -> Story:
    return "organizations_asked", {"wave_id": world.wave(now).pk}


@story
def organizations_asked_for_first_answer(world: World, now: datetime) -> Story:
    world.need.is_first_answer = True
    world.need.save()
    return "organizations_asked", {"wave_id": world.wave(now).pk}


@story
def organizations_asked_further(world: World, now: datetime) -> Story:
    world.wave(now)
    return "organizations_asked", {"wave_id": world.wave(now, reach="neighbours").pk}


@story
def organizations_asked_by_name(world: World, now: datetime) -> Story:
    return "organizations_asked", {"wave_id": world.wave(now, origin="by_name").pk}


@story
def proposal(world: World, now: datetime) -> Story:
    wave = world.wave(now)
    return "proposal", {"wave_id": wave.pk, "pairing_id": wave.pairings.get(organization=world.helper).pk}


@story
def proposal_on_recommendation(world: World, now: datetime) -> Story:
    wave = world.wave(now)
    other = wave.pairings.get(organization=world.other)
    other.state, other.referred_word = PairingState.REFERRED, world.words("word")
    other.save()
    asked = wave.pairings.get(organization=world.helper)
    asked.referred_by = other
    asked.save()
    return "proposal", {"wave_id": wave.pk, "pairing_id": asked.pk}


@story
def proposal_reminder(world: World, now: datetime) -> Story:
    wave = world.wave(now)
    pairing = wave.pairings.get(organization=world.helper)
    pairing.told_at, pairing.lapses_at = now - timedelta(days=3), now + timedelta(days=4)
    pairing.save()
    return "proposal_reminder", {"wave_id": wave.pk, "pairing_id": pairing.pk}


@story
def proposal_closed(world: World, now: datetime) -> Story:
    pairing = world.pairing(state=PairingState.SUPERSEDED)
    return "proposal_closed", {"pairing_id": pairing.pk, "event": "x"}


@story
def offer_received(world: World, now: datetime) -> Story:
    world.pairing(world.other, trait="offered", amount=25, amount_unit="hour", available_on=now + timedelta(days=9))
    return "offer_received", {"pairing_id": world.pairing(trait="offered", is_quote_to_come=True).pk}


@story
def offers_waiting(world: World, now: datetime) -> Story:
    return "offers_waiting", {"pairing_id": world.pairing(trait="offered", answered_at=now - timedelta(days=7)).pk}


@story
def referral(world: World, now: datetime) -> Story:
    pairing = world.pairing(state=PairingState.REFERRED, referred_word=world.words("word"))
    return "referral", {"pairing_id": pairing.pk, "event": "x"}


@story
def offer_withdrawn(world: World, now: datetime) -> Story:
    return "offer_withdrawn", {"pairing_id": world.pairing(state=PairingState.WITHDRAWN).pk, "event": "x"}


@story
def offer_not_chosen(world: World, now: datetime) -> Story:
    pairing = world.pairing(trait="offered")
    pairing.state = PairingState.NOT_CHOSEN
    pairing.save()
    return "offer_closed", {"pairing_id": pairing.pk, "event": "x"}


@story
def offer_superseded(world: World, now: datetime) -> Story:
    pairing = world.pairing(trait="offered")
    pairing.state = PairingState.SUPERSEDED
    pairing.save()
    return "offer_closed", {"pairing_id": pairing.pk, "event": "x"}


def _introduced(world: World, **facts: object) -> int:
    answerer = {"answered_name": "Alex Côté", "answered_telephone": "819 555-0155"}
    facts["answered_by"] = world.helper_seat.user
    return world.pairing(trait="introduced", **answerer, word=world.words("word"), **facts).pk


@story
def introduction(world: World, now: datetime) -> Story:
    return "introduction", {"pairing_id": _introduced(world)}


@story
def introduction_by_telephone(world: World, now: datetime) -> Story:
    world.need.author, world.need.entered_by = None, world.contact.user
    world.need.save()
    return "introduction", {"pairing_id": _introduced(world)}


@story
def spoken(world: World, now: datetime) -> Story:
    return "spoken", {"pairing_id": _introduced(world)}


@story
def outcome_first(world: World, now: datetime) -> Story:
    return "outcome", {"pairing_id": _introduced(world), "time": 1}


@story
def outcome_again(world: World, now: datetime) -> Story:
    return "outcome", {"pairing_id": _introduced(world), "time": 2}


@story
def need_closed(world: World, now: datetime) -> Story:
    return "need_closed", {"need_id": _moved(world, NeedState.CLOSED_UNKNOWN), "event": "x"}


@story
def need_unanswered(world: World, now: datetime) -> Story:
    return "need_unanswered", {"need_id": _moved(world, NeedState.UNANSWERED), "event": "x"}


@story
def need_held(world: World, now: datetime) -> Story:
    return "need_held", {"need_id": _moved(world, NeedState.HELD), "event": "x"}


def _moved(world: World, state: NeedState) -> int:
    world.need.state, world.need.contact = state, world.contact
    world.need.save()
    return int(world.need.pk)


@story
def contact_call(world: World, now: datetime) -> Story:
    world.pairing(world.helper, state=PairingState.DECLINED, decline_reason="no_room", answered_at=now)
    world.pairing(world.other, state=PairingState.LAPSED)
    return "contact_call", {"task_id": _task(world, now, ContactTaskReason.NOBODY_LEFT), "passes": 0}


def _task(world: World, now: datetime, reason: str) -> int:
    facts = {"need": world.need, "contact": world.contact, "reason": reason}
    return ContactTask.objects.create(**facts, created_at=now, moved_at=now).pk


for _reason in ContactTaskReason.values:

    def _call(world: World, now: datetime, reason: str = _reason) -> Story:
        return "contact_call", {"task_id": _task(world, now, reason), "passes": 0}

    STORIES[f"contact_call_{_reason}"] = _call


def _seat(world: World, now: datetime, **facts: object) -> Seat:
    known = {"organization": world.helper, "created_at": now - timedelta(days=2), "role": SeatRole.MEMBER}
    return Seat.objects.create(**{**known, **facts})


@story
def seat_asked(world: World, now: datetime) -> Story:
    person = UserFactory.create(name="Dominique Roy", lang=world.lang)
    return "seat_asked", {"seat_id": _seat(world, now, user=person, state=SeatState.ASKED).pk}


@story
def seat_asked_where_nobody_decides(world: World, now: datetime) -> Story:
    person = UserFactory.create(name="Dominique Roy", lang=world.lang)
    return "seat_asked", {"seat_id": _seat(world, now, user=person, state=SeatState.ASKED, organization=world.other).pk}


@story
def seat_invited(world: World, now: datetime) -> Story:
    facts = {"invited_address": "nouvelle@example.org", "invited_by": world.helper_seat.user}
    return "seat_invited", {"seat_id": _seat(world, now, state=SeatState.INVITED, **facts).pk}


@story
def seat_began(world: World, now: datetime) -> Story:
    person = UserFactory.create(name="Dominique Roy", lang=world.lang)
    return "seat_began", {"seat_id": _seat(world, now, user=person, state=SeatState.ACTIVE, began_at=now).pk}


@story
def seat_began_by_invitation(world: World, now: datetime) -> Story:
    person = UserFactory.create(name="Dominique Roy", lang=world.lang)
    facts = {"user": person, "invited_by": world.helper_seat.user, "began_at": now}
    return "seat_began", {"seat_id": _seat(world, now, state=SeatState.ACTIVE, **facts).pk}


@story
def seat_ended(world: World, now: datetime) -> Story:
    person = UserFactory.create(name="Dominique Roy", lang=world.lang)
    facts = {"user": person, "began_at": now, "ended_at": now}
    return "seat_ended", {"seat_id": _seat(world, now, state=SeatState.ENDED, **facts).pk}


@story
def seat_refused(world: World, now: datetime) -> Story:
    person = UserFactory.create(name="Dominique Roy", lang=world.lang)
    return "seat_ended", {"seat_id": _seat(world, now, user=person, state=SeatState.ENDED, ended_at=now).pk}


@story
def organization_invited(world: World, now: datetime) -> Story:
    organization = OrganizationFactory.create(
        unclaimed=True, name="Atelier 12", lang=world.lang, shared_address="atelier@example.org", source="2-1-1",
        source_on=now.date(),
    )  # fmt: skip
    return "organization_invited", {"organization_id": organization.pk, "event": "x"}


@story
def confirmation_asked(world: World, now: datetime) -> Story:
    return "confirmation_asked", {"organization_id": world.helper.pk, "event": "x"}


@story
def organization_verified(world: World, now: datetime) -> Story:
    return "organization_state", {"organization_id": world.helper.pk, "state": "verified", "event": "x"}


@story
def organization_suspended(world: World, now: datetime) -> Story:
    world.helper.state = OrganizationState.SUSPENDED
    world.helper.save()
    return "organization_state", {"organization_id": world.helper.pk, "state": "suspended", "event": "x"}


def make_guide(world: World, state: ReviewState) -> GuidePage:
    """A guide of the group's author."""
    from wagtail.models import Locale, Page

    from maillage.core.models import RootPage
    from wiki.models import GuidePage

    locale, _ = Locale.objects.get_or_create(language_code=world.lang)
    root = RootPage.objects.filter(locale=locale).first()
    if root is None:
        # Tests that empty the tables (real transactions) take Wagtail's first page with them.
        top = Page.objects.filter(depth=1).first() or Page.add_root(instance=Page(title="r", slug="r", locale=locale))
        root = top.add_child(instance=RootPage(title="r", slug=f"r-{world.lang}", locale=locale))
    guide = GuidePage(
        title="DNS", slug="dns", helps_to="DNS", body="DNS", owner=world.author, review_state=state, locale=locale,
        review_word=world.words("word"),
    )  # fmt: skip
    return root.add_child(instance=guide)


@story
def guide_submitted(world: World, now: datetime) -> Story:
    return "guide_submitted", {"guide_id": make_guide(world, ReviewState.SUBMITTED).pk, "event": "x"}


for _state, _answer in (
    (ReviewState.PUBLISHED, "published"),
    (ReviewState.CHANGES_ASKED, "changes_asked"),
    (ReviewState.REFUSED, "refused"),
    (ReviewState.CHANGES_ASKED, "unpublished"),
):

    def _answered(world: World, now: datetime, state: ReviewState = _state, answer: str = _answer) -> Story:
        guide = make_guide(world, state)
        audit.record(verb=f"guide.{answer}", subject=guide, now=now, actor=world.editor)
        return "guide_answered", {"guide_id": guide.pk, "answer": answer, "event": "x"}

    STORIES[f"guide_{_answer}"] = _answered


@story
def report_opened(world: World, now: datetime) -> Story:
    about = {"object_type": world.helper._meta.label_lower, "object_id": world.helper.pk}
    report = Report.objects.create(**about, reason=ReportReason.WRONG, created_at=now, word=world.words("word"))
    return "report_opened", {"report_id": report.pk}


@story
def weekly_digest_of_editors(world: World, now: datetime) -> Story:
    _moved(world, NeedState.UNANSWERED)
    OrganizationFactory.create_batch(2, unverified=True, name=world.words("other"))
    return "editors_digest", {"window": editors_digest.window_of(now)}


@story
def kind_stopped(world: World, now: datetime) -> Story:
    world.helper.shared_address = "partagee@example.org"
    world.helper.save()
    preference = Preference.objects.create(address="partagee@example.org", stopped_kinds=["proposal"])
    return "kind_stopped", {"preference_id": preference.pk, "kind": "proposal", "event": "x"}


__all__ = ["STORIES", "PairingFactory", "make_guide"]
