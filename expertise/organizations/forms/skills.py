"""What an organization knows: a list to tick, a box to find more, exceptions for one skill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db.models import Q
from django.utils.translation import get_language

from expertise.matching import suggest
from expertise.organizations.enums import HelpKind
from expertise.organizations.services import SkillTerms
from expertise.skills.enums import SkillState
from expertise.skills.models import Skill
from expertise.skills.selectors import find_skills, vocabulary
from maillage.core.regions import REGIONS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from django.http import QueryDict

    from expertise.organizations.models import Organization
    from maillage.core.permissions import Actor

MAX_FOUND: Final = 12
MAX_SUGGESTED: Final = 6
MAX_TYPED: Final = 200
MAX_POSTED: Final = 400
MAX_SLUG_DIGITS: Final = 18


@dataclass(frozen=True, slots=True)
class Row:
    """One skill to tick, with its exceptions."""

    skill: Skill
    is_ticked: bool
    terms: SkillTerms
    is_new: bool = False

    @property
    def is_other(self) -> bool:
        """Whether it has exceptions."""
        return self.terms != SkillTerms()

    @property
    def help_kinds(self) -> list[str]:
        """Its own kinds of help."""
        return self.terms.help_kinds or []

    @property
    def regions(self) -> list[str]:
        """Its own regions."""
        return self.terms.served_regions or []


@dataclass
class SkillsForm:
    """The whole page, which keeps every tick while one looks for more, without JavaScript.

    ``words`` is what was looked for; ``found`` what it found; ``suggested`` what the description calls for.
    """

    rows: list[Row]
    words: str
    found: list[Row]
    suggested: list[Row]

    @property
    def ticked(self) -> list[Skill]:
        """Skills to keep."""
        return [row.skill for row in (*self.rows, *self.found, *self.suggested) if row.is_ticked]

    @property
    def terms(self) -> dict[int, SkillTerms]:
        """Exceptions of the skills to keep."""
        return {row.skill.pk: row.terms for row in (*self.rows, *self.found, *self.suggested) if row.is_ticked}


def present_form(organization: Organization, actor: Actor, words: str = "") -> SkillsForm:
    """The form as the database has it."""
    held = sorted(organization.organization_skills.select_related("tag"), key=lambda row: row.tag.sort_key)
    rows = [Row(row.tag, True, SkillTerms(row.help_kinds, row.served_regions)) for row in held]
    return _completed(rows, organization, actor, words)


def posted_form(organization: Organization, actor: Actor, data: QueryDict) -> SkillsForm:
    """The form as it was sent: what is ticked, and what was on the page and is not; unknown ids are dropped."""
    ticked = _ids(data.getlist("skill"))
    shown = {*ticked, *_ids(data.getlist("shown"))}
    usable = Skill.objects.filter(pk__in=shown).exclude(state=SkillState.MERGED)
    skills = usable.filter(
        Q(pk__in=Skill.objects.visible_to(actor)) | Q(organization_skills__content_object=organization)
    )
    rows = [
        Row(skill, skill.pk in ticked, _terms_of(skill, data), is_new=str(skill.pk) in data.getlist("new"))
        for skill in sorted(skills.distinct(), key=lambda skill: skill.sort_key)
    ]
    return _completed(rows, organization, actor, data.get("words", "")[:MAX_TYPED].replace("\x00", ""))


def _completed(rows: list[Row], organization: Organization, actor: Actor, words: str) -> SkillsForm:
    known = {row.skill.pk for row in rows}
    found = [Row(skill, False, SkillTerms()) for skill in find_skills(words, actor, MAX_FOUND) if skill.pk not in known]
    known |= {row.skill.pk for row in found}
    return SkillsForm(rows, words, found, [] if words else _suggested(organization, known))


def _suggested(organization: Organization, known: Collection[int]) -> list[Row]:
    text = organization.description.strip()
    if not text:
        return []
    found = suggest(text, organization.lang or get_language() or "fr", vocabulary(), MAX_SUGGESTED + len(known))
    wanted = [one.skill_id for one in found if one.skill_id not in known][:MAX_SUGGESTED]
    skills = Skill.objects.active().in_bulk(wanted)
    return [Row(skills[pk], False, SkillTerms()) for pk in wanted if pk in skills]


def _terms_of(skill: Skill, data: QueryDict) -> SkillTerms:
    """Exceptions as they were ticked; a skill without its « autrement » box follows the organization."""
    if f"other-{skill.pk}" not in data:
        return SkillTerms()
    kinds = [code for code in HelpKind.values if code in data.getlist(f"help-{skill.pk}")]
    served = [code for code in REGIONS if code in data.getlist(f"region-{skill.pk}")]
    return SkillTerms(kinds or None, served or None)


def _ids(values: Iterable[str]) -> set[int]:
    return {int(value) for value in list(values)[:MAX_POSTED] if value.isdecimal() and len(value) <= MAX_SLUG_DIGITS}
