"""Writing imported organizations in batches, each in one transaction; what was claimed or removed is never touched."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from expertise.organizations.enums import OrganizationState
from expertise.organizations.models import Availability, Organization, OrganizationSkill
from expertise.organizations.services.profiles import FALLBACK_SLUG, RESERVED_SLUGS
from expertise.organizations.signals import organizations_imported
from maillage.core.models import AuditEntry
from maillage.core.slugs import free_slug
from members.enums import ConsentKind
from members.models import Consent

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from expertise.organizations.importing.facts import Imported
    from maillage.core.permissions import Actor

BATCH: Final = 500
TEST_DOMAIN: Final = "reel.example.org"


@dataclass
class Tally:
    """What an import did, or would do."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    claimed: int = 0
    removed: int = 0
    known: int = 0


@dataclass
class OrganizationWriter:
    """Writes the organizations of one list.

    Args:
        source: name of the list; with the identifier of a row it is the identity of an organization.
        now: the moment of the import.
        actor: who imports.
        as_members: test data only: verified, with a shared address under example.org.
        is_rehearsal: count only, write nothing.
    """

    source: str
    now: datetime
    actor: Actor | None = None
    as_members: bool = False
    is_rehearsal: bool = False
    tally: Tally = field(default_factory=Tally)
    _slugs: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        if not self.is_rehearsal:
            self._slugs = {*Organization.objects.values_list("slug", flat=True), *RESERVED_SLUGS}

    def write(self, batch: Sequence[Imported]) -> None:
        """Create or update up to ``BATCH`` organizations."""
        ids = [row.source_id for row in batch]
        present = Organization.objects.filter(source=self.source, source_id__in=ids)
        known = {organization.source_id: organization for organization in present}
        others = self._named_alike(batch, known)
        held = self._held(known)
        created: list[tuple[Organization, Imported]] = []
        changed: list[tuple[Organization, Imported]] = []
        for row in batch:
            organization = known.get(row.source_id)
            if organization is None and (row.name, row.region) in others:
                self.tally.known += 1
            elif organization is None:
                self.tally.created += 1
                created.append((self._new(row), row))
            elif self._may_change(organization):
                changed += [(organization, row)] if self._changed(organization, row, held) else []
        if not self.is_rehearsal:
            self._save(created, changed)

    def _named_alike(self, batch: Sequence[Imported], known: dict[str, Organization]) -> set[tuple[str, str | None]]:
        """Names and regions that somebody else's organization has: nobody is listed twice."""
        names = [row.name for row in batch if row.source_id not in known]
        others = Organization.objects.listed().filter(name__in=names).exclude(source=self.source)
        return set(others.values_list("name", "region"))

    def _may_change(self, organization: Organization) -> bool:
        if organization.state == OrganizationState.REMOVED:
            self.tally.removed += 1
            return False
        is_ours = organization.state == OrganizationState.UNCLAIMED or (
            self.as_members and not organization.seats.exists()
        )
        if not is_ours:
            self.tally.claimed += 1
        return is_ours

    def _new(self, row: Imported) -> Organization:
        organization = Organization(
            source=self.source,
            source_id=row.source_id,
            state=OrganizationState.VERIFIED if self.as_members else OrganizationState.UNCLAIMED,
            verified_at=self.now if self.as_members else None,
            joined_on=timezone.localdate(self.now) if self.as_members else None,
            created_at=self.now,
            updated_at=self.now,
            **self._facts(row),
        )
        if not self.is_rehearsal:
            organization.slug = free_slug(row.name, fallback=FALLBACK_SLUG, taken=self._slugs)
            self._slugs.add(organization.slug)
        return organization

    def _facts(self, row: Imported) -> dict[str, object]:
        facts = row.facts()
        if self.as_members:
            local = "".join(letter for letter in row.source_id.lower() if letter.isalnum() or letter == "-")
            facts["shared_address"] = f"{local[:60]}@{TEST_DOMAIN}"
        return facts

    def _held(self, known: dict[str, Organization]) -> dict[int, set[int]]:
        """Skill ids by organization id."""
        held: dict[int, set[int]] = {}
        rows = OrganizationSkill.objects.filter(content_object__in=[one.pk for one in known.values()])
        for organization_id, skill_id in rows.values_list("content_object_id", "tag_id"):
            held.setdefault(organization_id, set()).add(skill_id)
        return held

    def _changed(self, organization: Organization, row: Imported, held: dict[int, set[int]]) -> bool:
        facts = self._facts(row)
        is_same = all(getattr(organization, name) == value for name, value in facts.items())
        if is_same and held.get(organization.pk, set()) == set(row.skills):
            self.tally.unchanged += 1
            return False
        self.tally.changed += 1
        for name, value in facts.items():
            setattr(organization, name, value)
        organization.updated_at = self.now
        return True

    def _save(
        self, created: Sequence[tuple[Organization, Imported]], changed: Sequence[tuple[Organization, Imported]]
    ) -> None:
        with transaction.atomic():
            made = Organization.objects.bulk_create([organization for organization, _ in created])
            Availability.objects.bulk_create(
                Availability(organization=organization, capacity=settings.DEFAULT_CAPACITY) for organization in made
            )
            for organization, _ in changed:
                organization.save()
            everything = [*created, *changed]
            self._save_skills(everything, {organization.pk for organization, _ in changed})
            self._save_consents(everything)
            pks = [organization.pk for organization, _ in everything]
            self._record(pks)
            if pks:
                organizations_imported.send(sender=Organization, pks=pks, now=self.now)

    def _save_skills(self, rows: Iterable[tuple[Organization, Imported]], changed: set[int]) -> None:
        OrganizationSkill.objects.filter(content_object__in=changed).delete()
        OrganizationSkill.objects.bulk_create(
            (
                OrganizationSkill(tag_id=skill_id, content_object=organization, confirmed_at=_midnight(row.source_on))
                for organization, row in rows
                for skill_id in row.skills
            ),
            batch_size=BATCH,
        )

    def _save_consents(self, rows: Sequence[tuple[Organization, Imported]]) -> None:
        """Source and date of every address; a consent that stands already keeps its own."""
        kind = ConsentKind.TEST if self.as_members else ConsentKind.INVITATION
        wanted = {
            organization.shared_address: Consent(
                address=organization.shared_address,
                kind=kind,
                source=f"{row.consent_source} ({self.source})"[:200] if row.consent_source else self.source,
                given_at=_midnight(row.consent_on) or self.now,
            )
            for organization, row in rows
            if organization.shared_address
        }
        standing = Consent.objects.filter(address__in=wanted, kind=kind, withdrawn_at=None)
        present = set(standing.values_list("address", flat=True))
        Consent.objects.bulk_create(consent for address, consent in wanted.items() if address not in present)

    def _record(self, pks: Iterable[int]) -> None:
        actor_id = self.actor.pk if self.actor is not None and self.actor.is_authenticated else None
        AuditEntry.objects.bulk_create(
            AuditEntry(
                verb="organization.imported",
                object_type="organizations.organization",
                object_id=pk,
                actor_id=actor_id,
                data={"source": self.source},
                at=self.now,
            )
            for pk in pks
        )


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else timezone.make_aware(datetime.combine(day, time()))
