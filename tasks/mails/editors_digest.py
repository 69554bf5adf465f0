"""To editors, on their weekday: what waits for them, oldest harm first. One mail a person and week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Min
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from expertise.needs.enums import NeedState
from expertise.needs.models import Need
from expertise.organizations.enums import OrganizationState
from expertise.organizations.models import Organization
from expertise.skills.enums import SkillState
from expertise.skills.models import Skill
from maillage.core.formats import day_text, local_date
from maillage.core.models import Network, Report
from tasks import links
from tasks.enums import MessageClass
from tasks.kinds import MailKind
from tasks.mails import readers
from tasks.mails.composing import composes
from tasks.mails.letters import Letter, Mailing
from tasks.mails.parts import Action, Points, Say
from tasks.recurring import every
from wiki.enums import ReviewState
from wiki.models import GuidePage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from expertise.organizations.models import RegionalContact
    from tasks.mails.readers import Reader

DAYS_IN_WEEK = 7
KIND = MailKind(
    code="editors_digest",
    label=gettext_lazy("« À faire », chaque semaine"),
    mail_class=MessageClass.OPTIONAL,
    is_gathered=False,
)


def window_of(now: datetime) -> str:
    """The editors' week that a moment falls in, named by the day it opened; "" before there is a network."""
    network = Network.objects.current()
    if network.pk is None:
        return ""
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    day = local.date() - timedelta(days=(local.weekday() - network.editors_weekday) % DAYS_IN_WEEK)
    opened = datetime.combine(day, time(settings.DIGEST_HOUR), tzinfo=local.tzinfo)
    return (day if opened <= local else day - timedelta(days=DAYS_IN_WEEK)).isoformat()


every("compose:editors_digest", window_of)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many of one sort wait, and since when the oldest does."""

    count: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Week:
    """What waits for editors."""

    needs: Waiting
    held: Waiting
    reports: Waiting
    organizations: Waiting
    guides: Waiting
    skills: Waiting

    @property
    def count(self) -> int:
        """All of it."""
        sorts = (self.needs, self.held, self.reports, self.organizations, self.guides, self.skills)
        return sum(sort.count for sort in sorts)


@composes(KIND)
def compose(*, window: str, now: datetime) -> Sequence[Mailing] | str:
    """Nothing is sent when nothing waits, nor for a week that has passed."""
    if window != window_of(now):
        return "window_is_past"
    week = read_week()
    if not week.count:
        return "nothing_to_do"
    write = partial(_letter, week, readers.human(None, now), now)
    return [Mailing(event=f"window:{window}", readers=readers.editors(now), write=write)]


def read_week() -> Week:
    """Six counts."""
    left = Need.objects.filter(state=NeedState.UNANSWERED)
    held = Need.objects.filter(state=NeedState.HELD)
    new = Organization.objects.filter(state=OrganizationState.UNVERIFIED)
    guides = GuidePage.objects.filter(review_state=ReviewState.SUBMITTED)
    skills = Skill.objects.filter(state=SkillState.PROPOSED)
    return Week(
        needs=_waiting(left, "opened_at"),
        held=_waiting(held, "created_at"),
        reports=_waiting(Report.objects.open(), "created_at"),
        organizations=_waiting(new, "created_at"),
        guides=_waiting(guides, "submitted_at"),
        skills=_waiting(skills, "proposed_at"),
    )


def _waiting(rows: object, field: str) -> Waiting:
    found = rows.aggregate(count=Count("pk"), since=Min(field))  # type: ignore[attr-defined]  # querysets of six models
    return Waiting(found["count"], found["since"])


def _letter(week: Week, contact: RegionalContact, now: datetime, reader: Reader) -> Letter:
    values = {"count": week.count}
    opening = ngettext("Une chose vous attend.", "%(count)s choses vous attendent.", week.count) % values
    return Letter(
        subject=ngettext("À faire : une chose cette semaine", "À faire : %(count)s choses cette semaine", week.count)
        % values,
        preview=opening,
        parts=[
            Say(opening),
            Points([_since(words, waiting, now) for words, waiting in _lines(week) if waiting.count]),
            Action(_("Ouvrir « À faire »"), links.url("home:todo", lang=reader.lang)),
            Say(
                _(
                    "Vous ne pouvez pas cette semaine? Mettez vos courriels en pause : une autre personne reçoit "
                    "celui-ci."
                )
            ),
        ],
        contact=contact,
        why=_("Vous recevez ce courriel chaque semaine parce que vous faites partie de l’équipe éditoriale."),
    )


def _lines(week: Week) -> list[tuple[str, Waiting]]:
    """Worst first: people in need before papers."""
    sorts = (
        (ngettext("%(count)s demande sans offre", "%(count)s demandes sans offre", week.needs.count), week.needs),
        (ngettext("%(count)s signalement", "%(count)s signalements", week.reports.count), week.reports),
        (
            ngettext(
                "%(count)s première demande à vérifier", "%(count)s premières demandes à vérifier", week.held.count
            ),
            week.held,
        ),
        (
            ngettext("%(count)s organisme à vérifier", "%(count)s organismes à vérifier", week.organizations.count),
            week.organizations,
        ),
        (ngettext("%(count)s guide à relire", "%(count)s guides à relire", week.guides.count), week.guides),
        (ngettext("%(count)s compétence proposée", "%(count)s compétences proposées", week.skills.count), week.skills),
    )
    return [(words % {"count": waiting.count}, waiting) for words, waiting in sorts]


def _since(words: str, waiting: Waiting, now: datetime) -> str:
    if waiting.since is None:
        return words
    day = day_text(waiting.since, today=local_date(now), with_weekday=False)
    return _("%(what)s, depuis le %(day)s") % {"what": words, "day": day}
