"""The demo's organizations, made through the same services as real ones."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from expertise.organizations.enums import OrganizationKind, OrganizationState, SeatRole
from expertise.organizations.importing.facts import Imported
from expertise.organizations.importing.writing import OrganizationWriter
from expertise.organizations.models import Organization
from expertise.organizations.services import (
    accept_invitation,
    change_seat,
    confirm_organization,
    create_organization,
    invite_seat,
    set_capacity,
    set_organization_skills,
    verify_organization,
)
from expertise.skills.models import Skill
from maillage.home.services import Person, account_of
from members.enums import ConsentKind
from members.models import User
from members.services import give_consent

FILE = Path(__file__).parent / "organizations.jsonl"
SOURCE = "demo"
# Days since an organization last said that all is right. A year and a week: it waits in « À faire ».
SPREAD = (12, 95, 40, 180, 372, 260, 70, 310, 150, 21, 220)
SAME_NAME = (
    "description", "lang", "languages", "region", "municipality", "latitude", "longitude", "max_distance_km",
    "is_remote", "help_kinds", "telephone", "website", "is_cooperative",
)  # fmt: skip

Row = dict[str, Any]


def add_organizations(*, editor: User, now: datetime) -> int:
    """Add every organization that is not there yet; return how many."""
    known = set(Organization.objects.filter(source=SOURCE).values_list("source_id", flat=True))
    rows = [row for row in map(json.loads, FILE.read_text(encoding="utf-8").splitlines()) if row["id"] not in known]
    skills = {skill.source_id: skill for skill in Skill.objects.filter(source=SOURCE)}
    joining = [row for row in rows if row["seats"]]
    for number, row in enumerate(joining):
        _join(row, skills, editor)
        _confirm(row, confirmed_at=now - timedelta(days=SPREAD[number % len(SPREAD)]))
    listed = [_listed(row, skills) for row in rows if not row["seats"]]
    OrganizationWriter(source=SOURCE, now=now, actor=editor).write(listed)
    return len(rows)


def _join(row: Row, skills: dict[str, Skill], editor: User) -> None:
    """An organization that joined on its day, with its people, its skills and an editor's check."""
    joined_at = datetime.combine(date.fromisoformat(row["joined_on"]), time(15), tzinfo=UTC)
    people = [(seat, _account(seat)) for seat in row["seats"]]
    owner = next(user for seat, user in people if seat["role"] == SeatRole.OWNER)
    organization = create_organization(name=row["name"], actor=owner, now=joined_at, **_facts(row))
    Organization.objects.filter(pk=organization.pk).update(source=SOURCE, source_id=row["id"], slug=row["id"])
    if row["skills"]:
        wanted = [skills[name] for name in row["skills"]]
        set_organization_skills(organization=organization, skills=wanted, actor=owner, now=joined_at)
    set_capacity(organization=organization, capacity=row["capacity"], actor=owner, now=joined_at)
    for seat, user in people:
        _seat(organization, seat, user, owner, joined_at)
    if row["state"] == OrganizationState.VERIFIED:
        verify_organization(organization=organization, actor=editor, now=joined_at)
    if row.get("shared_address"):
        give_consent(address=row["shared_address"], kind=ConsentKind.TEST, source=SOURCE, now=joined_at)


def _confirm(row: Row, *, confirmed_at: datetime) -> None:
    """« Tout est encore exact », said since by those that joined before."""
    organization = Organization.objects.get(source=SOURCE, source_id=row["id"])
    if organization.created_at < confirmed_at:
        owner = User.objects.filter(seats__in=organization.seats.owners()).order_by("pk")[0]
        confirm_organization(organization=organization, actor=owner, now=confirmed_at)


def _seat(organization: Organization, row: Row, user: User, owner: User, now: datetime) -> None:
    role = SeatRole(row["role"])
    if user != owner:
        seat = invite_seat(organization=organization, address=user.email, actor=owner, now=now, role=role)
        accept_invitation(seat=seat, user=user, now=now)
    seat = organization.seats.active().get(user=user)
    if seat.receives_requests != row["receives_requests"]:
        change_seat(seat=seat, role=role, receives_requests=row["receives_requests"], actor=owner, now=now)


def _account(seat: Row) -> User:
    user = account_of(Person(seat["name"], seat["email"]))
    user.lang = seat["lang"]
    user.is_name_shown = True
    user.save(update_fields=["lang", "is_name_shown"])
    return user


def _facts(row: Row) -> dict[str, object]:
    facts: dict[str, object] = {name: row[name] for name in SAME_NAME if name in row}
    return facts | {
        "kind": OrganizationKind.BOTH if len(row["kinds"]) > 1 else row["kinds"][0],
        "served_regions": row.get("serves_regions", []),
        "shared_address": row.get("shared_address", ""),
        "is_municipality_hidden": row.get("hide_municipality", False),
    }


def _listed(row: Row, skills: dict[str, Skill]) -> Imported:
    """One that a list names and nobody claimed yet."""
    return Imported(
        source_id=row["id"],
        name=row["name"],
        kind=row["kinds"][0],
        description=row["description"],
        lang=row["lang"],
        region=row["region"],
        municipality=row["municipality"],
        languages=tuple(row["languages"]),
        help_kinds=tuple(row["help_kinds"]),
        telephone=row.get("telephone", ""),
        website=row.get("website", ""),
        skills=tuple(skills[name].pk for name in row["skills"]),
    )
