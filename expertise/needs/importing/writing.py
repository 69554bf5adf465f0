"""Writing imported needs in batches: drafts of their organization or of a test group; published ones stay."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from expertise.needs.enums import NeedState
from expertise.needs.models import Need, NeedSkill
from expertise.needs.services import publish_imported
from expertise.organizations.enums import OrganizationState
from expertise.organizations.models import Availability, Organization
from expertise.organizations.services.profiles import slug_for
from expertise.skills.models import Skill
from members.enums import ConsentKind
from members.services import give_consent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from expertise.needs.importing.rows import ImportedNeed

BATCH = 500
COPIED = (
    "text", "lang", "when", "contact_name", "telephone", "municipality", "region", "mode", "help_kinds", "languages",
    "audience", "places", "is_first_answer",
)  # fmt: skip
LISTS = ("help_kinds", "languages")
# Whoever is called about a test need: a number that telephone companies keep for fiction, and no real person.
TEST_CONTACT = "Personne d’essai"
TEST_TELEPHONE = "819 555-0100"


@dataclass
class Tally:
    """What an import of needs did."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    left: int = 0
    published: int = 0


@dataclass
class NeedWriter:
    """Writes the needs of one source; with ``is_published`` each new draft is opened, as if its group had."""

    source: str
    now: datetime
    is_published: bool = False
    tally: Tally = field(default_factory=Tally)
    _test_group: Organization | None = None

    def write(self, rows: Sequence[tuple[ImportedNeed, Organization | None]]) -> None:
        """Create or change the needs of up to ``BATCH`` rows in one transaction, then publish one at a time."""
        ids = [row.source_id for row, _organization in rows]
        known = {need.source_id: need for need in Need.objects.filter(source=self.source, source_id__in=ids)}
        created: list[tuple[Need, ImportedNeed]] = []
        changed: list[tuple[Need, ImportedNeed]] = []
        with transaction.atomic():
            for row, organization in rows:
                need = known.get(row.source_id)
                if need is None:
                    created.append((self._new(row, organization or self._group()), row))
                elif need.state != NeedState.DRAFT:
                    self.tally.left += 1
                elif self._copy(need, row):
                    changed.append((need, row))
                else:
                    self.tally.unchanged += 1
            Need.objects.bulk_create([need for need, _row in created])
            Need.objects.bulk_update([need for need, _row in changed], (*COPIED, "updated_at"))
            self._write_skills([*created, *changed])
        self.tally.created += len(created)
        self.tally.changed += len(changed)
        if self.is_published:
            self._publish(ids)

    def _new(self, row: ImportedNeed, organization: Organization) -> Need:
        wrote_at = self.now - timedelta(days=row.days_ago)
        need = Need(
            source=self.source, source_id=row.source_id, organization=organization, created_at=wrote_at,
            updated_at=self.now,
        )  # fmt: skip
        self._copy(need, row)
        return need

    def _copy(self, need: Need, row: ImportedNeed) -> bool:
        """Take over what the row says; whether anything is new."""
        wanted = {name: getattr(row, name) for name in COPIED}
        wanted |= {name: list(wanted[name]) for name in LISTS}
        wanted["contact_name"] = row.contact_name or TEST_CONTACT
        wanted["telephone"] = row.telephone or TEST_TELEPHONE
        new = {name: value for name, value in wanted.items() if getattr(need, name) != value}
        for name, value in new.items():
            setattr(need, name, value)
        if new:
            need.updated_at = self.now
        return bool(new)

    def _write_skills(self, written: Sequence[tuple[Need, ImportedNeed]]) -> None:
        """Skills by their source ids; an id that no imported taxonomy has is left out."""
        wanted = {source_id for _need, row in written for source_id in row.skills}
        active = Skill.objects.active().filter(source_id__in=wanted).order_by("source", "pk")
        by_id = {skill.source_id: skill for skill in active}
        NeedSkill.objects.filter(content_object__in=[need.pk for need, _row in written]).delete()
        NeedSkill.objects.bulk_create(
            [
                NeedSkill(content_object=need, tag=skill)
                for need, row in written
                for skill in {by_id[source_id] for source_id in row.skills if source_id in by_id}
            ],
            batch_size=BATCH,
        )

    def _publish(self, ids: Sequence[str]) -> None:
        drafts = Need.objects.filter(source=self.source, source_id__in=ids, state=NeedState.DRAFT).order_by("pk")
        for need in drafts:
            publish_imported(need=need, now=self.now)
            self.tally.published += 1

    def _group(self) -> Organization:
        """The test group of this source; its only address is under example.org, with a consent that says what it is."""
        if self._test_group is None:
            identity = {"source": "test", "source_id": f"needs-{self.source}"}
            found = Organization.objects.filter(**identity).first()
            self._test_group = found or self._make_group(identity)
        return self._test_group

    def _make_group(self, identity: dict[str, str]) -> Organization:
        name = f"Groupe d’essai ({self.source})"
        slug = slug_for(name)
        group = Organization.objects.create(
            **identity,
            name=name,
            slug=slug,
            state=OrganizationState.VERIFIED,
            verified_at=self.now,
            shared_address=f"{slug}@example.org",
            created_at=self.now,
            updated_at=self.now,
        )
        Availability.objects.create(organization=group, capacity=settings.DEFAULT_CAPACITY)
        give_consent(
            address=group.shared_address, kind=ConsentKind.TEST, source=f"import_needs {self.source}", now=self.now
        )
        return group
