"""A small network, in either language: a group that asks, two organizations that may help, a contact, an editor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from expertise.pairings.enums import Origin, PairingState, Reach
from expertise.pairings.models import Pairing, Wave
from maillage.core.models import Network
from tests.factories import (
    MOMENT,
    NeedFactory,
    OrganizationFactory,
    PairingFactory,
    RegionalContactFactory,
    SeatFactory,
    SkillFactory,
    UserFactory,
)

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.needs.models import Need
    from expertise.organizations.models import Organization, RegionalContact, Seat
    from members.models import User

WORDS = {
    "fr": {
        "need": "Notre site ne marche plus, et c’est un ancien bénévole qui avait les codes.",
        "word": "On a dépanné trois groupes cette année. Disponibles dès jeudi.",
        "group": "Maison des jeunes de Val-d’Or",
        "helper": "Coop numérique du Témis",
        "other": "Les Ateliers branchés",
        "network": "Réseau de démonstration",
    },
    "en": {
        "need": "Our Web site is down, and a former volunteer had the passwords.",
        "word": "We helped three groups with this in the past year. Available Thursday.",
        "group": "Val-d'Or Youth Drop-in",
        "helper": "Temis Digital Co-op",
        "other": "Wired Workshops",
        "network": "Demonstration Network",
    },
}


@dataclass
class World:
    """What tests name."""

    lang: str
    author: User
    group: Organization
    helper: Organization
    helper_seat: Seat
    other: Organization
    contact: RegionalContact
    editor: User
    need: Need
    reasons: list[dict[str, object]]

    def words(self, name: str) -> str:
        """A text of this language."""
        return WORDS[self.lang][name]

    def wave(self, now: datetime, **facts: object) -> Wave:
        """One round with both organizations asked, told now."""
        ends_at = facts.pop("ends_at", None) or now.replace(month=12, day=3)
        numbers = self.need.waves.count()
        wave = Wave.objects.create(
            need=self.need, number=numbers + 1, proposed_at=now, ends_at=ends_at,
            **{"reach": Reach.REGION, "origin": Origin.MATCHED, **facts},
        )  # fmt: skip
        for organization in (self.helper, self.other):
            self.pairing(organization, wave=wave, state=PairingState.PROPOSED, told_at=None, origin=wave.origin)
        return wave

    def pairing(self, organization: Organization | None = None, *, trait: str = "", **facts: object) -> Pairing:
        """The need with one organization, made or changed."""
        known = {"organization": organization or self.helper, "need": self.need}
        Pairing.objects.filter(**known).delete()
        traits = {trait: True} if trait else {}
        if trait == "offered":
            facts.setdefault("word", self.words("word"))
        return PairingFactory.create(**{"reasons": self.reasons, **known, **traits, **facts})


def make_world(lang: str) -> World:
    """Everyone speaks ``lang``."""
    words = WORDS[lang]
    network, _ = Network.objects.get_or_create()
    network.name, network.postal_address, network.telephone = words["network"], "10, Rue X\nVal-d’Or", "819 555-0100"
    network.save()
    contact = RegionalContactFactory.create(user__name="Luce Gagné", user__email="luce@example.org", user__lang=lang)
    author = UserFactory.create(name="Camille Roy", email="camille@example.org", lang=lang)
    group = OrganizationFactory.create(name=words["group"], slug="group", lang=lang)
    SeatFactory.create(organization=group, user=author)
    helper = OrganizationFactory.create(name=words["helper"], slug="helper", lang=lang)
    seat = SeatFactory.create(
        organization=helper, user__name="Alex Côté", user__lang=lang, user__email="alex@example.org"
    )
    other = OrganizationFactory.create(name=words["other"], slug="other", lang=lang, shared_address="info@example.org")
    need = NeedFactory.create(organization=group, author=author, text=words["need"], lang=lang)
    editor = UserFactory.create(editor=True, name="Ève Lapointe", email="eve@example.org", lang=lang)
    skill = SkillFactory.create(name="hébergement Web", name_en="Web hosting")
    reasons = [
        {"code": "skill", "weight": 1.0, "data": {"skill_id": skill.pk, "confirmed_on": "2026-08-03"}},
        {"code": "region", "weight": 0.2, "data": {}},
    ]
    return World(lang, author, group, helper, seat, other, contact, editor, need, reasons)


__all__ = ["MOMENT", "World", "make_world"]
