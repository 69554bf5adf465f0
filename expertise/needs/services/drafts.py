"""Writing a draft: the text first, by anyone; then the group, the municipality and the telephone."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from expertise.needs.enums import Audience, Mode, NeedState, When
from expertise.needs.models import Need
from expertise.needs.services import transitions
from expertise.needs.services.choices import write_skills
from expertise.needs.services.errors import WrongStateError
from maillage.core import audit
from maillage.core.formats import local_date

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from expertise.organizations.models import Organization
    from expertise.skills.models import Skill
    from maillage.core.permissions import Actor
    from members.models import User

# Long enough to come back after the summer; a draft holds a person's words and telephone.
DRAFT_KEPT = timedelta(days=90)
WEEK_DAYS = 7
MONTH_DAYS = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFacts:
    """What a person writes; an exact date says "by when" better than the choice beside it."""

    text: str
    lang: str = "fr"
    when: str = When.MONTH
    needed_on: date | None = None
    telephone: str = ""
    region: str | None = None
    mode: str = Mode.EITHER
    help_kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    audience: str = Audience.MEMBERS
    places: int = 1
    is_first_answer: bool = False
    asked_organization: Organization | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFacts:
    """The three facts that come after the text, and whom to ask for."""

    organization: Organization
    contact_name: str
    telephone: str
    municipality: str
    region: str | None


def when_of(needed_on: date, today: date) -> When:
    """The urgency that an exact date means."""
    days = (needed_on - today).days
    if days <= 0:
        return When.TODAY
    if days == 1:
        return When.TOMORROW
    if days <= WEEK_DAYS:
        return When.WEEK
    return When.MONTH if days <= MONTH_DAYS else When.NO_HURRY


@transaction.atomic
def save_draft(
    *,
    facts: DraftFacts,
    skills: Collection[Skill],
    suggested: Collection[Skill],
    form_key: str,
    actor: Actor,
    address: str = "",
    is_for_caller: bool = False,
    need: Need | None = None,
    now: datetime,
) -> Need:
    """Write a draft, or write it again; a second press of the same form's button finds the first one's row.

    Args:
        facts: what was written.
        skills: skills asked for, ``suggested`` among them or not.
        suggested: those that the text itself suggested.
        form_key: drawn with the form.
        actor: who writes; anonymous: ``address`` ties the draft to whoever proves it.
        address: e-mail address of an anonymous writer.
        is_for_caller: the actor enters it for somebody on the telephone.
        need: the draft to write again.
        now: when.

    Raises:
        WrongStateError: the need was already published.
    """
    if need is None:
        need = _draft_of_form(form_key, text=facts.text, now=now)
    transitions.lock(need)
    if need.state != NeedState.DRAFT:
        raise WrongStateError(state=need.state, verb="need.drafted")
    for name, value in _columns(facts, now).items():
        setattr(need, name, value)
    _tie(need, actor, address=address, is_for_caller=is_for_caller)
    need.updated_at = now
    need.save()
    write_skills(need, skills, suggested)
    return need


@transaction.atomic
def complete_draft(*, need: Need, facts: GroupFacts, actor: User, now: datetime) -> Need:
    """Add the group, the place and the telephone; the draft becomes the actor's.

    Raises:
        WrongStateError: the need was already published.
    """
    transitions.lock(need)
    if need.state != NeedState.DRAFT:
        raise WrongStateError(state=need.state, verb="need.completed")
    need.organization = facts.organization
    need.contact_name, need.telephone = facts.contact_name, facts.telephone
    need.municipality, need.region = facts.municipality, facts.region
    if facts.organization.municipality == facts.municipality:
        need.latitude, need.longitude = facts.organization.latitude, facts.organization.longitude
    _claim(need, actor)
    need.updated_at = now
    need.save()
    return need


@transaction.atomic
def discard_draft(*, need: Need, actor: Actor | None, now: datetime) -> None:
    """Forget a draft.

    Raises:
        WrongStateError: the need was published; it can be withdrawn.
    """
    transitions.lock(need)
    if need.state != NeedState.DRAFT:
        raise WrongStateError(state=need.state, verb="need.discarded")
    audit.record(verb="need.discarded", subject=need, now=now, actor=actor)
    need.delete()


def forget_old_drafts(*, now: datetime) -> int:
    """Delete drafts that nobody touched for ninety days, imported ones excepted; returns how many."""
    old = Need.objects.filter(state=NeedState.DRAFT, source="", updated_at__lt=now - DRAFT_KEPT)
    return old.delete()[1].get("needs.Need", 0)


def _draft_of_form(form_key: str, *, text: str, now: datetime) -> Need:
    blank = Need(text=text, form_key=form_key, created_at=now, updated_at=now)
    if not form_key:
        blank.save()
        return blank
    found = Need.objects.filter(form_key=form_key).first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            blank.save()
    except IntegrityError:  # the same form, sent twice at the same moment
        return Need.objects.get(form_key=form_key)
    return blank


def _columns(facts: DraftFacts, now: datetime) -> dict[str, object]:
    columns = {field.name: getattr(facts, field.name) for field in fields(facts)}
    columns["help_kinds"], columns["languages"] = list(facts.help_kinds), list(facts.languages)
    if facts.needed_on is not None:
        columns["when"] = when_of(facts.needed_on, local_date(now))
    return columns


def _tie(need: Need, actor: Actor, *, address: str, is_for_caller: bool) -> None:
    """Say whose draft it is: an address to be proved, who entered it for a caller, or its author."""
    if isinstance(actor, AnonymousUser):
        need.draft_address = address.strip().lower() or need.draft_address
    elif is_for_caller:
        need.entered_by = actor
    else:
        _claim(need, actor)


def _claim(need: Need, writer: User) -> None:
    if need.entered_by_id is None:
        need.author = need.author or writer
        need.draft_address = ""
