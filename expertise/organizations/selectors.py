"""Reads that join several models: what matching is told, who gets a request, who is called."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Count, Sum
from django.utils import timezone

from expertise.matching import Document, HeldSkill, Profile
from expertise.organizations.contributions import documents_of, documents_stamp, loads_of
from expertise.organizations.models import ClosedPeriod, Organization, OrganizationSkill, RegionalContact, Seat
from expertise.skills.enums import SkillState
from expertise.skills.models import Skill

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date, datetime

    from members.models import User

# Streamed in batches: 100,000 rows must not all be model instances at once.
BATCH = 2000


class NoContactError(LookupError):
    """No contact at all: ``start_network`` has not run."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """One address that gets an organization's requests; ``user`` is None for a shared address."""

    address: str
    lang: str
    user: User | None
    name: str


def recipients_of(organization: Organization) -> list[Recipient]:
    """Seats that receive requests, else the owners; and the shared address, nobody’s login. Each address once."""
    seats = organization.seats.active().filter(user__is_active=True).select_related("user").order_by("began_at", "pk")
    people = list(seats.filter(receives_requests=True)) or list(seats.owners())
    found = {
        seat.user.email.lower(): Recipient(seat.user.email, seat.user.lang, seat.user, seat.user.name)
        for seat in people
        if seat.user is not None
    }
    shared = organization.shared_address.lower()
    if shared and shared not in found:
        found[shared] = Recipient(organization.shared_address, organization.lang, None, organization.name)
    return list(found.values())


def contact_for(region: str | None, day: date) -> RegionalContact:
    """The human for a region on a day: its contact, deputies in turn, then the network's own.

    Raises:
        NoContactError: there is none at all.
    """
    contact = RegionalContact.objects.in_turn(region, day).select_related("user").first()
    if contact is None:
        raise NoContactError(region)
    return contact


def seat_of(organization: Organization, actor: User) -> Seat | None:
    """The active seat of a person in an organization."""
    return Seat.objects.of(actor).filter(organization=organization).order_by("pk").first()


def profiles_stamp() -> str:
    """Changes whenever a text or a skill of an organization that may be asked does; four queries and the rooms' own.

    Moments are compared row by row: the latest one alone would miss a transaction that began first and ended last.
    """
    organizations = Organization.objects.askable().order_by("pk").values_list("pk", "updated_at")
    held = OrganizationSkill.objects.aggregate(count=Count("pk"), rows=Sum("pk"), skills=Sum("tag_id"))
    proposed = Skill.objects.filter(state=SkillState.PROPOSED).order_by("pk").values_list("pk", "updated_at")
    with connection.cursor() as cursor:  # as the database gives them: models would read 6,800 dates in 30 ms
        cursor.execute(*organizations.query.sql_with_params())
        moments = cursor.fetchall()
    facts = (moments, sorted(held.items()), list(proposed), documents_stamp())
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def profiles(
    *, now: datetime, organization_ids: Collection[int] | None = None, has_texts: bool = True
) -> list[Profile]:
    """What matching is told of every organization that may be asked, or of some, by id.

    Six queries and one of each contribution, whatever the number of organizations.

    Args:
        now: absences and loads are those of now.
        organization_ids: which; None: all of them.
        has_texts: False leaves the documents out, for whom an index knows them.
    """
    organizations = Organization.objects.askable().order_by("pk")
    if organization_ids is not None:
        organizations = organizations.filter(pk__in=organization_ids)
    held, words = _skills_of(organization_ids)
    documents = documents_of(organization_ids) if has_texts else {}
    loads = loads_of(organization_ids)
    absent = _absent_on(timezone.localdate(now))
    rows = organizations.values(*_FIELDS).iterator(chunk_size=BATCH)
    return [
        _profile(
            row,
            documents=(*_own_documents(row), *words.get(row["pk"], ()), *documents.get(row["pk"], ()))
            if has_texts
            else (),
            skills=tuple(held.get(row["pk"], ())),
            load=loads.get(row["pk"], 0),
            is_absent=row["pk"] in absent,
        )
        for row in rows
    ]


_FIELDS = (
    "pk",
    "name",
    "description",
    "lang",
    "region",
    "served_regions",
    "is_remote",
    "languages",
    "help_kinds",
    "latitude",
    "longitude",
    "max_distance_km",
    "state",
    "availability__capacity",
)


def _profile(
    row: dict[str, Any], *, documents: tuple[Document, ...], skills: tuple[HeldSkill, ...], load: int, is_absent: bool
) -> Profile:
    return Profile(
        organization_id=row["pk"],
        documents=documents,
        skills=skills,
        region=row["region"],
        serves_regions=frozenset(row["served_regions"]),
        is_remote=row["is_remote"],
        languages=frozenset(row["languages"]),
        help_kinds=frozenset(row["help_kinds"]),
        point=None if row["latitude"] is None else (row["latitude"], row["longitude"]),
        max_distance_km=row["max_distance_km"],
        capacity=row["availability__capacity"] or 0,
        load=load,
        is_absent=is_absent,
        state=row["state"],
    )


def _own_documents(row: dict[str, Any]) -> Iterator[Document]:
    # The name says what many groups do, and real descriptions are often empty: both are one text.
    text = f"{row['name']}. {row['description']}" if row["description"] else row["name"]
    yield Document(text=text, lang=row["lang"], kind="description")


def _skills_of(
    organization_ids: Collection[int] | None,
) -> tuple[dict[int, list[HeldSkill]], dict[int, list[Document]]]:
    """Held skills; and, for proposed ones, which the vocabulary does not know, their words as a text."""
    rows = OrganizationSkill.objects.order_by("content_object_id", "tag_id")
    if organization_ids is not None:
        rows = rows.filter(content_object__in=organization_ids)
    held: dict[int, list[HeldSkill]] = {}
    zone = timezone.get_current_timezone()  # asked once: 25,000 skills would ask 25,000 times
    words: dict[int, list[Document]] = {}
    for organization_id, skill_id, state, name, confirmed_at, help_kinds, regions in rows.values_list(
        "content_object_id", "tag_id", "tag__state", "tag__name", "confirmed_at", "help_kinds", "served_regions"
    ).iterator(chunk_size=BATCH):
        if state != SkillState.ACTIVE:
            words.setdefault(organization_id, []).append(Document(text=name, lang="fr", kind="skill"))
            continue
        skill = HeldSkill(
            skill_id=skill_id,
            confirmed_on=None if confirmed_at is None else confirmed_at.astimezone(zone).date(),
            help_kinds=None if help_kinds is None else frozenset(help_kinds),
            regions=None if regions is None else frozenset(regions),
        )
        held.setdefault(organization_id, []).append(skill)
    return held, words


def _absent_on(day: date) -> set[int]:
    return set(ClosedPeriod.objects.on(day).values_list("availability__organization_id", flat=True))
