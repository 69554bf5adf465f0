"""A small world in which every address leads to something, and one person of each role."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser

from expertise.needs.enums import Audience
from expertise.organizations.enums import OrganizationState, SeatRole, SeatState
from expertise.organizations.models import ImportFile
from expertise.pairings.enums import ContactTaskReason
from expertise.pairings.models import ContactTask
from maillage.core.enums import ReportReason
from maillage.core.models import ActionToken, Network
from maillage.core.models.tokens import hash_of
from maillage.core.reporting import open_report
from tasks.enums import JobState, MessageState
from tasks.models import Job, Message, Suppression
from tasks.models.suppression import SuppressionReason
from tests.factories import (
    NeedFactory,
    OrganizationFactory,
    PairingFactory,
    RegionalContactFactory,
    SeatFactory,
    SkillFactory,
    UserFactory,
)
from wiki.enums import GuideKind
from wiki.services import GuideFacts, create_guide, publish_guide

if TYPE_CHECKING:
    from django.db.models import Model

    from members.models import User

NOW = datetime(2026, 11, 24, 14, 12, tzinfo=UTC)
ROLES = ("anonymous", "member", "owner", "other_owner", "contact", "editor", "administrator")


@dataclass(slots=True)
class World:
    """Objects by name, people by role: ``owner`` owns the group that asks, ``other_owner`` one that was not asked."""

    people: dict[str, User | None] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)


def build() -> World:
    """Make it."""
    world = World()
    _people(world)
    _needs(world)
    _guides(world)
    _tokens(world)
    return world


def _people(world: World) -> None:
    Network.objects.create(name="Maillage", telephone="819 555-0100", email="bonjour@example.org")
    group = OrganizationFactory(name="Groupe", slug="groupe")
    helper = OrganizationFactory(name="Aide", slug="aide")
    other = OrganizationFactory(name="Ailleurs", slug="ailleurs", region="06")
    unclaimed = OrganizationFactory(name="Fiche", slug="fiche", state=OrganizationState.UNCLAIMED)
    owner = SeatFactory(organization=group)
    helping = SeatFactory(organization=helper)
    asked = SeatFactory(organization=group, state=SeatState.ASKED, role=SeatRole.MEMBER)
    world.people = {
        "anonymous": None,
        "member": SeatFactory(organization=group, role=SeatRole.MEMBER).user,
        "owner": owner.user,
        "other_owner": SeatFactory(organization=other).user,
        "contact": RegionalContactFactory(region="08").user,
        "editor": UserFactory(editor=True, is_staff=True),
        "administrator": UserFactory(administrator=True),
    }
    RegionalContactFactory(region=None)
    world.things |= {
        "group": group,
        "helper": helper,
        "unclaimed": unclaimed,
        "seat": owner,
        "helping": helping,
        "asked_seat": asked,
        "skill": SkillFactory(slug="courriel"),
        "proposed_skill": SkillFactory(slug="proposee", state="proposed", proposed_by=owner.user),
        "period": helper.availability.closed_periods.create(starts_on=NOW.date(), ends_on=NOW.date()),
        "group_period": group.availability.closed_periods.create(starts_on=NOW.date(), ends_on=NOW.date()),
        "block": group.blocks.create(blocked=other, created_at=NOW),
        "job": Job.objects.create(kind="x", dedupe_key="x", state=JobState.DEAD, due_at=NOW, created_at=NOW),
        "message": Message.objects.create(
            message_id="<x@x>", dedupe_key="x", kind="plain", state=MessageState.DEAD, due_at=NOW, created_at=NOW
        ),
        "closed_address": Suppression.objects.create(
            address="fermee@example.org", reason=SuppressionReason.BOUNCE, created_at=NOW
        ),
        "import": ImportFile.objects.create(
            name="liste.csv", source="x", content=b"nom\nCercle\n", uploaded_by=world.people["editor"], uploaded_at=NOW
        ),
    }


def _needs(world: World) -> None:
    group, helper = world.things["group"], world.things["helper"]
    author = world.people["owner"]
    need = NeedFactory(organization=group, author=author, state="answered")
    draft = NeedFactory(organization=group, author=author, draft=True)
    held = NeedFactory(organization=OrganizationFactory(unverified=True), held=True)
    offered = PairingFactory(need=need, organization=helper, offered=True)
    contact = RegionalContactFactory(region="08", position=2)
    world.things |= {
        "need": need,
        "draft": draft,
        "held": held,
        "closed": NeedFactory(organization=group, author=author, audience=Audience.ASKED, state="withdrawn"),
        "offered": offered,
        "proposed": PairingFactory(need=NeedFactory(), organization=helper),
        "call": ContactTask.objects.create(
            need=need, contact=contact, reason=ContactTaskReason.TOO_LONG, created_at=NOW, moved_at=NOW
        ),
    }


def _guides(world: World) -> None:
    author = world.people["owner"]
    if author is None:
        raise AssertionError
    facts = GuideFacts(title="Un guide", kind=GuideKind.GUIDE, helps_to="Faire", body="Texte", lang="fr")
    guide = create_guide(facts=facts, actor=author, now=NOW)
    publish_guide(guide=guide, actor=author, now=NOW)
    world.things["guide"] = guide
    world.things["report"] = open_report(
        subject=guide, reason=ReportReason.WRONG, word="", actor=AnonymousUser(), now=NOW
    )
    world.things["guide_draft"] = create_guide(facts=facts, actor=author, now=NOW)


def _tokens(world: World) -> None:
    things = world.things
    subjects: dict[str, tuple[Model, dict[str, object]]] = {
        "answer": (things["proposed"], {"actions": ["offer", "decline", "refer"]}),
        "choose": (things["need"], {}),
        "spoken": (things["offered"], {"side": "group"}),
        "outcome": (things["offered"], {"side": "group"}),
        "seat_invitation": (things["asked_seat"], {}),
        "organization_invitation": (things["unclaimed"], {}),
        "preferences": (Network.objects.current(), {}),
        "unsubscribe": (Network.objects.current(), {"kind": "x"}),
    }
    for purpose, (subject, data) in subjects.items():
        ActionToken.objects.create(
            token_hash=hash_of(f"token-{purpose}"),
            purpose=purpose,
            address="quelqu.un@example.org",
            object_type=subject._meta.label_lower,
            object_id=subject.pk,
            data=data,
            expires_at=NOW + timedelta(days=3650),
        )
