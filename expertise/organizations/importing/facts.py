"""What an import says of one organization, whatever the file."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from expertise.organizations.enums import OrganizationKind
from maillage.core.enums import Language
from maillage.core.folding import fold

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Imported:
    """One organization of a file. ``skills`` are ids of skills; ``consent_*`` go with ``shared_address``."""

    source_id: str
    name: str
    kind: str = OrganizationKind.COMMUNITY
    is_cooperative: bool = False
    description: str = ""
    lang: str = Language.FRENCH
    region: str | None = None
    area: str = ""
    municipality: str = ""
    latitude: float | None = None
    longitude: float | None = None
    is_remote: bool = True
    languages: tuple[str, ...] = ()
    help_kinds: tuple[str, ...] = ()
    telephone: str = ""
    website: str = ""
    shared_address: str = ""
    consent_source: str = ""
    consent_on: date | None = None
    source_on: date | None = None
    skills: tuple[int, ...] = field(default=())

    def facts(self) -> dict[str, Any]:
        """Values of the organization's own fields."""
        names = (
            "name", "kind", "is_cooperative", "description", "lang", "region", "area", "municipality", "latitude",
            "longitude", "is_remote", "telephone", "website", "shared_address", "source_on",
        )  # fmt: skip
        lists = {"languages": list(self.languages), "help_kinds": list(self.help_kinds)}
        return {name: getattr(self, name) for name in names} | lists


def identity_of(name: str, municipality: str) -> str:
    """Stands for an identifier where a list has none: the same name in the same place is the same organization."""
    key = f"{' '.join(fold(name).split())}\n{' '.join(fold(municipality).split())}"
    return hashlib.sha256(key.encode()).hexdigest()[:32]
