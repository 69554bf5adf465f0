"""The columns of an import file: their names in both languages, what they hold, an example of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

from maillage.core.folding import fold

if TYPE_CHECKING:
    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its field, the headers it is known by, what it holds, an example."""

    field: str
    headers: tuple[str, ...]
    meaning: str | Promise
    example: str
    is_required: bool = False


COLUMNS: Final = (
    Column("name", ("nom", "name", "organisme"), _("Nom de l’organisme."), "Maison des voisins", is_required=True),
    Column(
        "source_id",
        ("identifiant", "id"),
        _("Votre numéro pour cet organisme. Sans lui, le nom et la municipalité en tiennent lieu."),
        "417",
    ),
    Column("kind", ("genre", "kind"), _("communautaire, économie sociale, ou les deux."), "communautaire"),
    Column("is_cooperative", ("cooperative",), _("oui ou non."), "non"),
    Column(
        "description", ("description",), _("Ce que fait l’organisme; 4000 caractères au plus."), "Aide aux familles"
    ),
    Column("lang", ("langue", "lang"), _("Langue de la description\u00a0: fr ou en."), "fr"),
    Column(
        "region",
        ("region",),
        _("Code (01 à 17) ou nom de la région administrative; vide hors du Québec."),
        "Abitibi-Témiscamingue",
    ),
    Column("municipality", ("municipalite", "ville", "municipality", "city"), _("Municipalité."), "La Sarre"),
    Column("area", ("territoire", "area"), _("Où, hors du Québec."), ""),
    Column("telephone", ("telephone", "phone"), _("Téléphone de l’organisme; il n’est pas publié."), "819 555-0142"),
    Column("website", ("site", "site web", "website"), _("Adresse du site Web."), "https://voisins.example.org"),
    Column(
        "shared_address",
        ("courriel", "email", "e-mail"),
        _("Adresse à qui écrire; elle n’est pas publiée. Elle demande les deux colonnes suivantes."),
        "info@voisins.example.org",
    ),
    Column(
        "consent_source",
        ("source du consentement", "consentement", "consent source"),
        _("D’où vient le droit d’écrire à cette adresse."),
        "Formulaire d’adhésion 2026",
    ),
    Column(
        "consent_on",
        ("date du consentement", "date_consentement", "consent date"),
        _("Date de ce consentement, AAAA-MM-JJ."),
        "2026-03-14",
    ),
    Column(
        "help_kinds",
        ("aide", "help"),
        _("bénévole, tarif solidaire, tarif courant; plusieurs sont séparés par un point-virgule."),
        "bénévole; tarif solidaire",
    ),
    Column("languages", ("langues", "languages"), _("fr, en; séparés par un point-virgule."), "fr; en"),
    Column(
        "is_remote",
        ("a distance", "remote"),
        _("oui ou non. Sans réponse\u00a0: oui hors du Québec, non ailleurs."),
        "oui",
    ),
    Column(
        "skills",
        ("competences", "skills"),
        _("Noms ou synonymes de compétences du réseau, séparés par un point-virgule."),
        "création et refonte de sites web; sauvegarde des données",
    ),
)
REQUIRED: Final = tuple(column for column in COLUMNS if column.is_required)


def header_key(header: str) -> str:
    """A header as it is compared: without case, accents, underscores or double spaces."""
    return " ".join(fold(header).replace("_", " ").replace("’", "'").split())


_FIELDS: Final = {header_key(header): column.field for column in COLUMNS for header in column.headers}


def field_of(header: str) -> str | None:
    """The field of a header; None for a column that is not ours."""
    return _FIELDS.get(header_key(header))
