"""What the matcher is given: skills, what organizations know and accept, and what is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Language = str
"""ISO 639 code, `fr` and `en` are stemmed, any other is compared word by word."""

DocumentKind = Literal["description", "skill", "guide", "help"]
Mode = Literal["on_site", "remote", "either"]
Reach = Literal["region", "neighbours", "broader"]
Point = tuple[float, float]
"""Latitude and longitude, in degrees."""


@dataclass(frozen=True, slots=True)
class SkillLabel:
    """A skill in words: what people call it in both languages, and the wider skill it belongs to."""

    skill_id: int
    fr: str
    en: str = ""
    fr_synonyms: tuple[str, ...] = ()
    en_synonyms: tuple[str, ...] = ()
    fr_description: str = ""
    en_description: str = ""
    broader_id: int | None = None

    def names(self, lang: Language) -> tuple[str, ...]:
        """Return the label and synonyms in `lang` (`fr` or `en`), empty ones left out."""
        label, synonyms = (self.fr, self.fr_synonyms) if lang == "fr" else (self.en, self.en_synonyms)
        return tuple(name for name in (label, *synonyms) if name.strip())


@dataclass(frozen=True, slots=True)
class Document:
    """A text that shows what an organization knows; `ref` (an id or a title) names it in reasons."""

    text: str
    lang: Language
    kind: DocumentKind = "description"
    ref: str = ""


@dataclass(frozen=True, slots=True)
class HeldSkill:
    """A skill an organization holds; `help_kinds` and `regions` are exceptions to its general terms."""

    skill_id: int
    confirmed_on: date | None = None
    help_kinds: frozenset[str] | None = None
    regions: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of an organization when a need is matched.

    `documents` and `skills` change seldom and are indexed; the other fields are read at each ranking.
    An empty `languages` or `help_kinds` means that the organization did not say: nothing is ruled out.
    """

    organization_id: int
    documents: tuple[Document, ...] = ()
    skills: tuple[HeldSkill, ...] = ()
    region: str | None = None
    serves_regions: frozenset[str] = frozenset()
    is_remote: bool = False
    languages: frozenset[Language] = frozenset()
    help_kinds: frozenset[str] = frozenset()
    point: Point | None = None
    max_distance_km: int | None = None
    capacity: int = 1
    load: int = 0
    is_absent: bool = False
    state: str = "verified"


@dataclass(frozen=True, slots=True)
class Request:
    """A need as the matcher reads it.

    `excluded` holds the organizations unticked, blocked or already asked, `refused` those that said
    that it is not their skill or region; `neighbours` the regions next to `region`.
    """

    need_id: int
    text: str
    lang: Language
    organization_id: int | None = None
    skill_ids: frozenset[int] = frozenset()
    region: str | None = None
    point: Point | None = None
    mode: Mode = "either"
    languages: frozenset[Language] = frozenset()
    help_kinds: frozenset[str] = frozenset()
    reach: Reach = "region"
    excluded: frozenset[int] = frozenset()
    refused: frozenset[int] = frozenset()
    neighbours: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Example:
    """A text that a person tagged with skills: what the matcher learns from."""

    text: str
    lang: Language
    skill_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an organization is proposed; `weight` is what its score loses without this evidence.

    Codes: `skill`, `broader_skill` (data `skill_id`, `asked_id`, `confirmed_on` when known),
    `words`, `guide`, `help` (data `words`, `ref`), `region`, `neighbour` (data `region`), `remote`,
    `distance_km` (data `distance_km`).
    """

    code: str
    weight: float
    data: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """A ranked organization, with at most three reasons, strongest first."""

    organization_id: int
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A skill that a text calls for; `score` in (0, 1], `words` are those of the text that called it."""

    skill_id: int
    score: float
    words: tuple[str, ...]
