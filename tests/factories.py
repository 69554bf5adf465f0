"""Objects for tests, valid by default, with traits for the states that tests name."""

from __future__ import annotations

from datetime import UTC, datetime

import factory
from factory.django import DjangoModelFactory

from expertise.needs.enums import NeedState
from expertise.needs.models import Need
from expertise.organizations.enums import HelpKind, OrganizationState, SeatRole, SeatState
from expertise.organizations.models import Availability, Organization, RegionalContact, Seat
from expertise.pairings.enums import Origin, PairingState
from expertise.pairings.models import Pairing
from expertise.skills.models import Skill
from members.models import User

MOMENT = datetime(2026, 11, 24, 14, 12, tzinfo=UTC)


class UserFactory(DjangoModelFactory):
    """A member."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        administrator = factory.Trait(is_staff=True, is_superuser=True)

    email = factory.Sequence(lambda n: f"personne{n}@example.org")
    name = factory.Sequence(lambda n: f"Personne Numéro {n}")
    telephone = "819 555-0142"

    @factory.post_generation
    def editor(self, create: bool, extracted: bool, **kwargs: object) -> None:
        """``editor=True`` puts the account in the editors' group."""
        if create and extracted:
            from django.contrib.auth.models import Group

            from maillage.core.permissions import EDITORS_GROUP

            group, _ = Group.objects.get_or_create(name=EDITORS_GROUP)
            self.groups.add(group)  # type: ignore[attr-defined]


class SkillFactory(DjangoModelFactory):
    """An active concept."""

    class Meta:
        model = Skill

    name = factory.Sequence(lambda n: f"compétence {n}")
    name_en = factory.Sequence(lambda n: f"skill {n}")
    slug = factory.Sequence(lambda n: f"competence-{n}")
    source = "test"
    source_id = factory.Sequence(str)


class OrganizationFactory(DjangoModelFactory):
    """A verified organization of Abitibi-Témiscamingue that helps."""

    class Meta:
        model = Organization
        skip_postgeneration_save = True

    class Params:
        unverified = factory.Trait(state=OrganizationState.UNVERIFIED)
        unclaimed = factory.Trait(state=OrganizationState.UNCLAIMED)
        suspended = factory.Trait(state=OrganizationState.SUSPENDED)

    name = factory.Sequence(lambda n: f"Organisme {n}")
    slug = factory.Sequence(lambda n: f"organisme-{n}")
    state = OrganizationState.VERIFIED
    description = "Dépannage informatique et hébergement de sites."
    region = "08"
    municipality = "Rouyn-Noranda"
    languages = factory.LazyFunction(lambda: ["fr", "en"])
    help_kinds = factory.LazyFunction(lambda: [HelpKind.VOLUNTEER.value, HelpKind.SOLIDARITY.value])
    created_at = MOMENT
    updated_at = MOMENT
    availability = factory.RelatedFactory("tests.factories.AvailabilityFactory", factory_related_name="organization")


class AvailabilityFactory(DjangoModelFactory):
    """Two needs at once."""

    class Meta:
        model = Availability

    organization = factory.SubFactory(OrganizationFactory, availability=None)
    capacity = 2


class SeatFactory(DjangoModelFactory):
    """An owner who receives requests."""

    class Meta:
        model = Seat

    class Params:
        member = factory.Trait(role=SeatRole.MEMBER)

    organization = factory.SubFactory(OrganizationFactory)
    user = factory.SubFactory(UserFactory)
    state = SeatState.ACTIVE
    role = SeatRole.OWNER
    receives_requests = True
    created_at = MOMENT
    began_at = MOMENT


class RegionalContactFactory(DjangoModelFactory):
    """The network's own contact, or a region's."""

    class Meta:
        model = RegionalContact

    user = factory.SubFactory(UserFactory)
    region = None
    telephone = "819 555-0100"
    hours_fr = "de 9 h à 16 h"
    hours_en = "9 a.m. to 4 p.m."


class NeedFactory(DjangoModelFactory):
    """An open need."""

    class Meta:
        model = Need

    class Params:
        draft = factory.Trait(state=NeedState.DRAFT, opened_at=None)
        held = factory.Trait(state=NeedState.HELD, opened_at=None)

    organization = factory.SubFactory(OrganizationFactory)
    author = factory.SubFactory(UserFactory)
    state = NeedState.OPEN
    text = "Notre site ne marche plus, et c’est un ancien bénévole qui avait les codes."
    contact_name = "Camille Roy"
    telephone = "819 555-0142"
    municipality = "Rouyn-Noranda"
    region = "08"
    created_at = MOMENT
    updated_at = MOMENT
    opened_at = MOMENT


class PairingFactory(DjangoModelFactory):
    """An organization that was asked."""

    class Meta:
        model = Pairing

    class Params:
        offered = factory.Trait(
            state=PairingState.OFFERED,
            answered_at=MOMENT,
            answered_name="Alex Côté",
            answered_telephone="819 555-0155",
            help_kind=HelpKind.SOLIDARITY,
            word="Disponibles dès jeudi.",
        )
        introduced = factory.Trait(
            state=PairingState.INTRODUCED, answered_at=MOMENT, help_kind=HelpKind.VOLUNTEER, introduced_at=MOMENT
        )

    need = factory.SubFactory(NeedFactory)
    organization = factory.SubFactory(OrganizationFactory)
    origin = Origin.MATCHED
    state = PairingState.PROPOSED
    proposed_at = MOMENT
    told_at = MOMENT
    updated_at = MOMENT
