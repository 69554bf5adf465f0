"""One row of a taxonomy file as a concept, or the reason why it is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from expertise.skills.services import MAX_LABEL, MAX_SYNONYMS, LabelError, clean_label

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_ID = 255
MAX_DESCRIPTION = 4000
ESCO_URI = "http://data.europa.eu/esco/skill/{id}"

BAD_CONCEPTS = {
    "id": _("l’identifiant manque, est trop long ou n’est pas un texte"),
    "label": _("le nom français manque ou dépasse 255 caractères"),
    "kind": _("un champ n’a pas la forme attendue"),
    "repeated": _("cet identifiant est déjà plus haut dans le fichier"),
}


class BadConceptError(ValueError):
    """A row that is no concept; ``code`` is a key of ``BAD_CONCEPTS``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Concept:
    """What a row says of one skill; ``broader`` holds identifiers of the same source, nearest first."""

    source_id: str
    fr: str
    en: str = ""
    fr_synonyms: tuple[str, ...] = ()
    en_synonyms: tuple[str, ...] = ()
    fr_description: str = ""
    en_description: str = ""
    broader: tuple[str, ...] = ()
    uri: str = ""


def concept_of(row: Mapping[str, object], source: str) -> Concept:
    """Read one row.

    Raises:
        BadConceptError: an identifier or a French label is missing, or a field is of another kind.
    """
    source_id = row.get("id")
    if not isinstance(source_id, str) or not source_id.strip() or len(source_id) > MAX_ID:
        raise BadConceptError("id")
    esco_id = source_id if source == "esco" and "reuse" in row else _text(row, "esco")
    return Concept(
        source_id=source_id.strip(),
        # ESCO names three of its groups in English only: a name in the other language beats none.
        fr=_label(row, "fr") or _label(row, "en", is_required=True),
        en=_label(row, "en"),
        fr_synonyms=_words(row, "fr_synonyms"),
        en_synonyms=_words(row, "en_synonyms"),
        fr_description=_text(row, "fr_description")[:MAX_DESCRIPTION],
        en_description=_text(row, "en_description")[:MAX_DESCRIPTION],
        broader=_words(row, "broader"),
        uri=ESCO_URI.format(id=esco_id)[:MAX_LABEL] if esco_id else "",
    )


def _label(row: Mapping[str, object], name: str, *, is_required: bool = False) -> str:
    text = _text(row, name)
    if not text and not is_required:
        return ""
    try:
        return clean_label(text)
    except LabelError as error:
        raise BadConceptError("label") from error


def _text(row: Mapping[str, object], name: str) -> str:
    value = row.get(name, "")
    if not isinstance(value, str):
        raise BadConceptError("kind")
    return value.replace("\x00", "").strip()


def _words(row: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = row.get(name, [])
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise BadConceptError("kind")
    words: list[str] = []
    for word in value[:MAX_SYNONYMS]:
        try:
            words.append(clean_label(word))
        except LabelError:
            # A synonym without letters or as long as a page names nothing that anyone would type.
            continue
    return tuple(words)
