"""A row of a table as an organization, or every reason why it is none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext_lazy as _

from expertise.organizations.enums import HelpKind, OrganizationKind
from expertise.organizations.importing.facts import Imported, identity_of
from expertise.skills.folded import folded
from maillage.core.enums import Language
from maillage.core.folding import fold
from maillage.core.regions import REGIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from expertise.organizations.importing.skills import SkillFinder

MAX_LENGTHS: Final = {
    "name": 255, "description": 4000, "municipality": 120, "area": 255, "telephone": 40, "website": 255,
    "shared_address": 254, "consent_source": 150, "source_id": 200,
}  # fmt: skip
OLDEST_YEAR: Final = 2000
BAD_CELLS: Final = {
    "name": _("le nom manque"),
    "long": _("%(field)s\u00a0: texte trop long"),
    "kind": _("genre inconnu\u00a0: «\u00a0%(value)s\u00a0»"),
    "region": _("région inconnue\u00a0: «\u00a0%(value)s\u00a0»"),
    "lang": _("langue inconnue\u00a0: «\u00a0%(value)s\u00a0»"),
    "help_kinds": _("aide inconnue\u00a0: «\u00a0%(value)s\u00a0»"),
    "answer": _("écrivez oui ou non, pas «\u00a0%(value)s\u00a0»"),
    "website": _("adresse de site invalide\u00a0: «\u00a0%(value)s\u00a0»"),
    "shared_address": _("courriel invalide"),
    "consent": _("un courriel demande la source et la date du consentement"),
    "consent_on": _("date invalide\u00a0: «\u00a0%(value)s\u00a0» (AAAA-MM-JJ)"),
    "skills": _("compétence inconnue\u00a0: «\u00a0%(value)s\u00a0»"),
    "repeated": _("cet organisme est déjà plus haut dans le fichier"),
    "not_object": _("cette ligne n’est pas un organisme"),
}
_KINDS: Final = {
    "communautaire": OrganizationKind.COMMUNITY,
    "organisme communautaire": OrganizationKind.COMMUNITY,
    "community": OrganizationKind.COMMUNITY,
    "economie sociale": OrganizationKind.SOCIAL_ECONOMY,
    "entreprise d'economie sociale": OrganizationKind.SOCIAL_ECONOMY,
    "social economy": OrganizationKind.SOCIAL_ECONOMY,
    "social_economy": OrganizationKind.SOCIAL_ECONOMY,
    "les deux": OrganizationKind.BOTH,
    "both": OrganizationKind.BOTH,
}
_HELP: Final = {
    "benevole": HelpKind.VOLUNTEER,
    "gratuit": HelpKind.VOLUNTEER,
    "volunteer": HelpKind.VOLUNTEER,
    "tarif solidaire": HelpKind.SOLIDARITY,
    "solidaire": HelpKind.SOLIDARITY,
    "solidarity": HelpKind.SOLIDARITY,
    "tarif courant": HelpKind.MARKET,
    "courant": HelpKind.MARKET,
    "market": HelpKind.MARKET,
}
_LANGUAGES: Final = {"fr": "fr", "francais": "fr", "french": "fr", "en": "en", "anglais": "en", "english": "en"}
_ANSWERS: Final = {"oui": True, "yes": True, "1": True, "x": True, "vrai": True, "true": True}
_ANSWERS_NO: Final = {"non": False, "no": False, "0": False, "faux": False, "false": False}
_REGION_CODES: Final = {
    **{folded(region.name_fr).replace("-", " "): code for code, region in REGIONS.items()},
    **{folded(region.name_en).replace("-", " "): code for code, region in REGIONS.items()},
    **{code: code for code in REGIONS},
    **{code.lstrip("0"): code for code in REGIONS},
}


class BadRowError(ValueError):
    """A row that is no organization; ``faults`` holds (key of ``BAD_CELLS``, data) in the order of the columns."""

    def __init__(self, faults: list[tuple[str, dict[str, str]]]) -> None:
        super().__init__(faults)
        self.faults = faults


def imported_of(values: Mapping[str, str], skills: SkillFinder, today: date) -> Imported:
    """Read one row.

    Args:
        values: texts by field.
        skills: finds skills by their names.
        today: a consent is not given tomorrow.

    Raises:
        BadRowError: with every fault of the row, so that it is mended once.
    """
    reader = _Reader(values)
    name = " ".join(values.get("name", "").split())
    if not any(letter.isalnum() for letter in name):
        reader.fault("name")
    reader.check_lengths()
    facts: dict[str, Any] = {
        "name": name,
        "kind": reader.one_of("kind", _KINDS, OrganizationKind.COMMUNITY),
        "is_cooperative": reader.answer("is_cooperative", default=False),
        "description": values.get("description", ""),
        "lang": reader.one_of("lang", _LANGUAGES, Language.FRENCH),
        "region": reader.one_of("region", _REGION_CODES, None),
        "area": values.get("area", ""),
        "municipality": values.get("municipality", ""),
        "is_remote": reader.answer("is_remote", default=not values.get("region")),
        "languages": reader.many_of("languages", _LANGUAGES, "lang"),
        "help_kinds": reader.many_of("help_kinds", _HELP, "help_kinds"),
        "telephone": values.get("telephone", ""),
        "website": reader.website(),
        "skills": reader.skills(skills),
        **reader.consent(today),
    }
    if reader.faults:
        raise BadRowError(reader.faults)
    source_id = values.get("source_id") or identity_of(name, facts["municipality"])
    return Imported(source_id=source_id, **facts)


class _Reader:
    """Reads the cells of one row and collects what is wrong with them."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = values
        self.faults: list[tuple[str, dict[str, str]]] = []

    def fault(self, code: str, **data: str) -> None:
        """Note one fault; long values are cut."""
        self.faults.append((code, {name: value[:60] for name, value in data.items()}))

    def check_lengths(self) -> None:
        """No text is cut silently."""
        for field, limit in MAX_LENGTHS.items():
            if len(self.values.get(field, "")) > limit:
                self.fault("long", field=field)

    def one_of(self, field: str, known: Mapping[str, Any], default: Any) -> Any:  # noqa: ANN401  codes or None
        """The code of a cell."""
        value = self.values.get(field, "")
        if not value:
            return default
        code = known.get(_plain(value))
        if code is None:
            self.fault(field, value=value)
        return code

    def many_of(self, field: str, known: Mapping[str, Any], fault: str) -> tuple[str, ...]:
        """The codes of a cell, separated by semicolons or commas."""
        codes = []
        for value in _parts(self.values.get(field, "").replace(",", ";")):
            code = known.get(_plain(value))
            if code is None:
                self.fault(fault, value=value)
            else:
                codes.append(str(code))
        return tuple(dict.fromkeys(codes))

    def answer(self, field: str, *, default: bool) -> bool:
        """Yes or no."""
        value = self.values.get(field, "")
        if not value:
            return default
        found = {**_ANSWERS, **_ANSWERS_NO}.get(_plain(value))
        if found is None:
            self.fault("answer", value=value)
        return bool(found)

    def website(self) -> str:
        """A web address; ``www.…`` gets its scheme."""
        value = self.values.get("website", "")
        if not value:
            return ""
        address = value if "://" in value else f"https://{value}"
        try:
            URLValidator(schemes=("http", "https"))(address)
        except ValidationError:
            self.fault("website", value=value)
        return address

    def skills(self, skills: SkillFinder) -> tuple[int, ...]:
        """Ids of the skills named."""
        found = []
        for label in _parts(self.values.get("skills", "")):
            skill_id = skills.named(label)
            if skill_id is None:
                self.fault("skills", value=label)
            else:
                found.append(skill_id)
        return tuple(dict.fromkeys(found))

    def consent(self, today: date) -> dict[str, Any]:
        """An address with the source and the date of its consent, or none of the three."""
        address = self.values.get("shared_address", "").lower()
        if not address:
            return {}
        try:
            validate_email(address)
        except ValidationError:
            self.fault("shared_address")
        source, typed = self.values.get("consent_source", ""), self.values.get("consent_on", "")
        if not source or not typed:
            self.fault("consent")
            return {}
        try:
            consent_on = date.fromisoformat(typed)
        except ValueError:
            self.fault("consent_on", value=typed)
            return {}
        if consent_on > today or consent_on.year < OLDEST_YEAR:
            self.fault("consent_on", value=typed)
        return {"shared_address": address, "consent_source": source, "consent_on": consent_on}


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _plain(value: str) -> str:
    return " ".join(fold(value).replace("-", " ").replace("–", " ").split())
