"""The directory: what a reader chose, the organizations that fit, and true counts beside every filter."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from django.db.models import Case, Count, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.utils.translation import gettext as _, pgettext

from expertise.organizations.enums import HelpKind, OrganizationKind, OrganizationState
from expertise.organizations.models import Organization, OrganizationSkill
from expertise.skills.models import Skill, SkillForm
from maillage.core.enums import Language
from maillage.core.folding import split_words
from maillage.core.regions import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.http import QueryDict

    from maillage.core.permissions import Actor

OUTSIDE: Final = "hors-quebec"
COOPERATIVE: Final = "cooperative"
REMOTE: Final = "1"
MAX_QUERY: Final = 200
MAX_WORDS: Final = 8
MIN_WORD: Final = 2
MAX_SKILL_FILTERS: Final = 10
SKILLS_SHOWN: Final = 12
KINDS: Final = (OrganizationKind.COMMUNITY.value, OrganizationKind.SOCIAL_ECONOMY.value, COOPERATIVE)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader asks; unknown values were dropped. Within one filter any value fits, and filters add up."""

    q: str = ""
    skill: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    aide: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    lang: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()

    @classmethod
    def of(cls, query: QueryDict) -> Choice:
        """Read a query string; whatever it holds, the result is a choice."""
        slugs = query.getlist("skill")[:MAX_SKILL_FILTERS]
        return cls(
            q=" ".join(query.get("q", "").replace("\x00", "").split())[:MAX_QUERY],
            skill=tuple(dict.fromkeys(slug for slug in slugs if slug and "\x00" not in slug)),
            region=_known(query.getlist("region"), (*REGIONS, OUTSIDE)),
            aide=_known(query.getlist("aide"), HelpKind.values),
            kind=_known(query.getlist("kind"), KINDS),
            lang=_known(query.getlist("lang"), Language.values),
            remote=_known(query.getlist("remote"), (REMOTE,)),
        )

    def __bool__(self) -> bool:
        return self != Choice()

    def without(self, name: str) -> Choice:
        """The same choice, one filter lifted."""
        return replace(self, **{name: "" if name == "q" else ()})  # type: ignore[arg-type]  # fields by name

    @property
    def active(self) -> list[str]:
        """Names of the filters in use."""
        return [field.name for field in fields(self) if getattr(self, field.name)]

    @property
    def query_string(self) -> str:
        """This choice as a query string, for links that can be shared."""
        pairs = [(field.name, getattr(self, field.name)) for field in fields(self)]
        return urlencode([(name, value) for name, value in pairs if value], doseq=True)


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter, and how many organizations it would leave."""

    value: str
    label: str
    count: int
    is_selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter as the page draws it."""

    name: str
    label: str
    options: list[Option]
    is_single: bool = False


def listed(actor: Actor, choice: Choice) -> QuerySet[Organization]:
    """Organizations that fit, those of the network before unclaimed ones, by name; with their skills."""
    skills = OrganizationSkill.objects.select_related("tag").order_by("pk")
    unclaimed = Case(
        When(state=OrganizationState.UNCLAIMED, then=Value(1)), default=Value(0), output_field=IntegerField()
    )
    found = fitting(Organization.objects.listed().visible_to(actor), choice)
    return found.order_by(unclaimed, "folded", "pk").prefetch_related(Prefetch("organization_skills", queryset=skills))


def fitting(organizations: QuerySet[Organization], choice: Choice) -> QuerySet[Organization]:
    """Those of some organizations that a choice leaves."""
    for condition in _conditions(choice):
        organizations = organizations.filter(condition)
    return organizations


def facets(actor: Actor, choice: Choice) -> list[Facet]:
    """Every filter with true counts: what each value would leave, all other filters kept. Eight queries."""
    base = Organization.objects.listed().visible_to(actor)

    def under(name: str) -> QuerySet[Organization]:
        return fitting(base, choice.without(name)).order_by()

    return [
        Facet("skill", _("Compétence"), _skill_options(under("skill"), choice)),
        Facet("region", _("Région"), _region_options(under("region"), choice)),
        Facet("aide", _("Aide offerte"), _list_options(under("aide"), "help_kinds", HelpKind, choice.aide)),
        Facet("remote", _("Lieu de l’aide"), _remote_options(under("remote"), choice)),
        Facet("kind", _("Genre d’organisme"), _kind_options(under("kind"), choice)),
        Facet("lang", _("Langue"), _list_options(under("lang"), "languages", Language, choice.lang)),
    ]


def relaxed(actor: Actor, choice: Choice) -> list[Option]:
    """For an empty page: each filter whose lifting would show something, with how much; ``value`` is a query string."""
    names = {
        "q": choice.q,
        "skill": _("Compétence"),
        "region": _("Région"),
        "aide": _("Aide offerte"),
        "remote": _("Lieu de l’aide"),
        "kind": _("Genre d’organisme"),
        "lang": _("Langue"),
    }
    base = Organization.objects.listed().visible_to(actor)
    tries = [(name, choice.without(name)) for name in choice.active if len(choice.active) > 1]
    counted = [Option(less.query_string, names[name], fitting(base, less).count(), False) for name, less in tries]
    return [option for option in counted if option.count]


def _known(values: Iterable[str], allowed: Iterable[str]) -> tuple[str, ...]:
    """Values that exist, each once, in the order of the filter, so that equal choices have equal addresses."""
    given = set(values)
    return tuple(value for value in allowed if value in given)


def _conditions(choice: Choice) -> list[Q]:
    conditions = [_word_condition(word) for word in _words(choice.q)]
    if choice.skill:
        held = OrganizationSkill.objects.filter(tag__slug__in=choice.skill)
        conditions.append(Q(pk__in=held.values("content_object")))
    if choice.region:
        regions = Q(region__in=[code for code in choice.region if code != OUTSIDE])
        conditions.append(regions | Q(region__isnull=True) if OUTSIDE in choice.region else regions)
    if choice.aide:
        conditions.append(_any(Q(help_kinds__holds=code) for code in choice.aide))
    if choice.kind:
        conditions.append(_any(_kind_condition(kind) for kind in choice.kind))
    if choice.lang:
        conditions.append(_any(Q(languages__holds=code) for code in choice.lang))
    if choice.remote:
        conditions.append(Q(is_remote=True))
    return conditions


def _words(text: str) -> list[str]:
    words = [word for word in split_words(text) if len(word) >= MIN_WORD]
    if text and not words:
        # Signs only: nothing can match, which is truer than showing everybody.
        return [text]
    return words[:MAX_WORDS]


def _word_condition(word: str) -> Q:
    """In the organization's own words, or in a name or synonym of a skill that it holds."""
    skills = SkillForm.objects.filter(folded__contains=word).values("skill")
    held = OrganizationSkill.objects.filter(tag__in=skills).values("content_object")
    return Q(folded__contains=word) | Q(pk__in=held)


def _kind_condition(kind: str) -> Q:
    if kind == COOPERATIVE:
        return Q(is_cooperative=True)
    return Q(kind__in=(kind, OrganizationKind.BOTH))


def _any(conditions: Iterable[Q]) -> Q:
    joined = Q()
    for condition in conditions:
        joined |= condition
    return joined


def _skill_options(organizations: QuerySet[Organization], choice: Choice) -> list[Option]:
    held = OrganizationSkill.objects.filter(content_object__in=organizations, tag__in=Skill.objects.active())
    counted = dict(held.values_list("tag").annotate(n=Count("pk")).order_by("-n", "tag__name"))
    selected = list(Skill.objects.active().filter(slug__in=choice.skill))
    shown = list(counted)[:SKILLS_SHOWN]
    skills = {skill.pk: skill for skill in Skill.objects.filter(pk__in=shown)}
    ordered = [*selected, *(skills[pk] for pk in shown if skills[pk] not in selected)]
    return [Option(skill.slug, skill.label, counted.get(skill.pk, 0), skill in selected) for skill in ordered]


def _region_options(organizations: QuerySet[Organization], choice: Choice) -> list[Option]:
    counted = dict(organizations.values_list("region").annotate(n=Count("pk")))
    names = {**{code: region.name for code, region in REGIONS.items()}, OUTSIDE: _("Hors du Québec")}
    options = [
        Option(code, name, counted.get(None if code == OUTSIDE else code, 0), code in choice.region)
        for code, name in names.items()
    ]
    return [option for option in options if option.count or option.is_selected]


def _list_options(
    organizations: QuerySet[Organization],
    field: str,
    codes: type[HelpKind | Language],
    selected: tuple[str, ...],
) -> list[Option]:
    """Counts of codes that a JSON list holds: one aggregate for all of them."""
    counted = organizations.aggregate(
        **{code: Count("pk", filter=Q(**{f"{field}__holds": code})) for code in codes.values}
    )
    options = [Option(code.value, _upper(str(code.label)), counted[code.value], code in selected) for code in codes]
    return [option for option in options if option.count or option.is_selected]


def _remote_options(organizations: QuerySet[Organization], choice: Choice) -> list[Option]:
    count = organizations.filter(is_remote=True).count()
    options = [Option(REMOTE, _("À distance"), count, bool(choice.remote))]
    return options if count or choice.remote else []


def _kind_options(organizations: QuerySet[Organization], choice: Choice) -> list[Option]:
    counted = organizations.aggregate(**{kind: Count("pk", filter=_kind_condition(kind)) for kind in KINDS})
    labels = {
        OrganizationKind.COMMUNITY.value: _upper(str(OrganizationKind.COMMUNITY.label)),
        OrganizationKind.SOCIAL_ECONOMY.value: _upper(str(OrganizationKind.SOCIAL_ECONOMY.label)),
        COOPERATIVE: pgettext("genre d’organisme", "Coopérative"),
    }
    options = [Option(kind, labels[kind], counted[kind], kind in choice.kind) for kind in KINDS]
    return [option for option in options if option.count or option.is_selected]


def _upper(label: str) -> str:
    return label[:1].upper() + label[1:]
