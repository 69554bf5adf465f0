"""One row of a file as a need, or the reason why it is none. The shapes: see ``docs/import-needs.md``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from expertise.needs.enums import Audience, Mode, When
from expertise.organizations.enums import HelpKind
from maillage.core.enums import Language
from maillage.core.regions import REGIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import TextChoices

MAX_ID = 255
MAX_LINE = 120
MAX_TELEPHONE = 40
MAX_DAYS_AGO = 3650
Kind = TypeVar("Kind")

BAD_NEEDS = {
    "id": _("l’identifiant manque, est trop long ou n’est pas un texte"),
    "text": _("le texte manque"),
    "too_long_text": _("le texte dépasse 5 000 caractères"),
    "kind": _("un champ n’a pas la forme attendue"),
    "choice": _("un champ a une valeur inconnue"),
    "region": _("la région est inconnue"),
    "organization": _("l’organisme est inconnu"),
    "repeated": _("cet identifiant est déjà plus haut dans le fichier"),
}


class BadNeedError(ValueError):
    """A row that is no need; ``code`` is a key of ``BAD_NEEDS``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class ImportedNeed:
    """What a row says; ``organization`` is a slug, empty for a test group; ``skills`` are source ids."""

    source_id: str
    text: str
    lang: str
    when: str
    organization: str
    contact_name: str
    telephone: str
    municipality: str
    region: str | None
    mode: str
    help_kinds: tuple[str, ...]
    languages: tuple[str, ...]
    audience: str
    places: int
    is_first_answer: bool
    skills: tuple[str, ...]
    days_ago: int


def need_of(row: Mapping[str, object]) -> ImportedNeed:
    """Read one row: title, summary, text and the skills sought make its words, in this order, each once.

    Raises:
        BadNeedError: an identifier or a text is missing, or a field has another kind or an unknown value.
    """
    source_id = row.get("id")
    if not isinstance(source_id, str) or not source_id.strip() or len(source_id) > MAX_ID:
        raise BadNeedError("id")
    lang = _choice(row, "lang", Language, Language.FRENCH)
    return ImportedNeed(
        source_id=source_id.strip(),
        text=_words_of(row),
        lang=lang,
        when=_choice(row, "when", When, When.MONTH),
        organization=_line(row, "organization", MAX_ID),
        contact_name=_line(row, "contact_name", MAX_LINE),
        telephone=_line(row, "telephone", MAX_TELEPHONE),
        municipality=_line(row, "municipality", MAX_LINE),
        region=_region(row),
        mode=_choice(row, "mode", Mode, Mode.EITHER),
        help_kinds=_choices(row, "help_kinds", HelpKind),
        languages=_choices(row, "languages", Language) or (lang,),
        audience=_choice(row, "audience", Audience, Audience.MEMBERS),
        places=_number(row, "places", 1, 1, settings.MAX_PLACES),
        is_first_answer=_of(row, "is_first_answer", bool, default=False),
        skills=(*_texts(row, "skills"), *_texts(row, "themes")),
        days_ago=_number(row, "days_ago", 0, 0, MAX_DAYS_AGO),
    )


def _words_of(row: Mapping[str, object]) -> str:
    parts = [_of(row, name, str, default="").strip() for name in ("title", "summary", "text")]
    parts.append("\n".join(_texts(row, "skills_sought")))
    told: list[str] = []
    for part in parts:
        cleaned = part.replace("\x00", "").strip()
        if cleaned and not any(cleaned in before for before in told):
            told.append(cleaned)
    text = "\n\n".join(told)
    if not text:
        raise BadNeedError("text")
    if len(text) > settings.NEED_TEXT_MAX_CHARACTERS:
        raise BadNeedError("too_long_text")
    return text


def _of(row: Mapping[str, object], name: str, kind: type[Kind], *, default: Kind) -> Kind:
    value = row.get(name, default)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise BadNeedError("kind")
    return value


def _line(row: Mapping[str, object], name: str, limit: int) -> str:
    text = " ".join(_of(row, name, str, default="").replace("\x00", "").split())
    if len(text) > limit:
        raise BadNeedError("kind")
    return text


def _number(row: Mapping[str, object], name: str, default: int, least: int, most: int) -> int:
    value = _of(row, name, int, default=default)
    if not least <= value <= most:
        raise BadNeedError("choice")
    return value


def _texts(row: Mapping[str, object], name: str) -> tuple[str, ...]:
    values = _of(row, name, list, default=[])
    if not all(isinstance(value, str) for value in values):
        raise BadNeedError("kind")
    return tuple(values)


def _choice(row: Mapping[str, object], name: str, choices: type[TextChoices], default: str) -> str:
    value = _of(row, name, str, default=str(default))
    if value not in choices.values:
        raise BadNeedError("choice")
    return value


def _choices(row: Mapping[str, object], name: str, choices: type[TextChoices]) -> tuple[str, ...]:
    values = _texts(row, name)
    if not set(values) <= set(choices.values):
        raise BadNeedError("choice")
    return values


def _region(row: Mapping[str, object]) -> str | None:
    code = row.get("region")
    if code in (None, ""):
        return None
    if not isinstance(code, str) or code not in REGIONS:
        raise BadNeedError("region")
    return code
