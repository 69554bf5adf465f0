"""The whole way of one need, in one process: post, mails, an offer by its link, a choice by its link, introductions."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from expertise.needs.models import Need, NeedSkill
from expertise.organizations.models import OrganizationSkill
from tests.factories import MOMENT, NeedFactory, OrganizationFactory, SeatFactory, SkillFactory
from tests.tasks.driving import Clock, Mail, mails
from tests.tasks.mails.world import WORDS, make_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from django.http import HttpResponse
    from pytest_django.fixtures import SettingsWrapper

    from members.models import User

OFFER = {
    "action": "offer", "help_kind": "solidarity", "amount": "25", "amount_unit": "hour", "name": "Alex Côté",
    "telephone": "819 555-0155",
}  # fmt: skip


@dataclass
class Way:
    """One need under way, and what has left so far."""

    lang: str
    need: Need
    author: User
    clock: Clock
    folder: Path

    @property
    def left(self) -> list[Mail]:
        """All mails, oldest first."""
        return mails(self.folder)

    def last(self, kind: str, address: str = "") -> Mail:
        """The latest mail of a kind, to an address if there are several."""
        found = [mail for mail in self.left if mail.row.kind == kind and address in mail.row.address]
        assert found, (kind, [mail.row.kind for mail in self.left])
        return found[-1]

    def at(self, view: str) -> str:
        """The part of a view's address that stands before its token, in the reader's language."""
        with translation.override(self.lang):
            return reverse(f"pairings:{view}", args=["x"]).removesuffix("x/")

    def publish(self) -> None:
        """The real button, by the signed-in author; then what follows."""
        client = Client()
        client.force_login(self.author, backend="django.contrib.auth.backends.ModelBackend")
        with translation.override(self.lang):
            path = reverse("needs:publish", args=[self.need.pk])
        with time_machine.travel(self.clock.now, tick=False):
            assert client.post(path).status_code == 302
        self.clock.drive()
        self.need.refresh_from_db()

    def press(self, path: str, **data: str) -> HttpResponse:
        """A stranger's browser behind a mail's link: a GET that changes nothing, then a POST."""
        with time_machine.travel(self.clock.now, tick=False):
            before = list(self.need.pairings.order_by("pk").values("pk", "state"))
            assert Client().get(path).status_code == 200
            assert list(self.need.pairings.order_by("pk").values("pk", "state")) == before
            response = Client().post(path, data, follow=True)
        assert response.status_code == 200, response.content.decode()[:2000]
        self.clock.drive()
        self.need.refresh_from_db()
        return response


@pytest.fixture(params=["fr", "en"])
def way(request: pytest.FixtureRequest, db: None, tmp_path: Path, settings: SettingsWrapper, now: datetime) -> Way:
    """A draft that two organizations may answer."""
    from expertise.pairings.known import forget_index
    from expertise.skills.selectors import forget_vocabulary

    forget_index()
    forget_vocabulary()
    settings.MAIL_FOLDER = Path(os.environ.get("MAILLAGE_SHOWN_MAILS", tmp_path)) / request.param
    world = make_world(request.param)
    skill = SkillFactory.create(name="hébergement Web", name_en="Web hosting")
    for organization in (world.helper, world.other):
        OrganizationSkill.objects.create(tag=skill, content_object=organization, confirmed_at=MOMENT)
    world.need.delete()
    need = NeedFactory.create(
        draft=True, organization=world.group, author=world.author, text=WORDS[request.param]["need"], lang=request.param
    )
    NeedSkill.objects.create(tag=skill, content_object=need)
    return Way(request.param, need, world.author, Clock(now), settings.MAIL_FOLDER)


@pytest.fixture(autouse=True)
def _on_the_way(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No job or mail of the way may fail and be tried again unseen."""
    yield
    assert not [record for record in caplog.records if record.levelname in {"WARNING", "ERROR"}]


def test_need_goes_from_post_to_introduction(way: Way) -> None:
    way.publish()
    assert way.need.state == "open"
    assert sorted(mail.row.address for mail in way.left) == [
        "alex@example.org", "camille@example.org", "info@example.org",
    ]  # fmt: skip
    asked = way.last("organizations_asked")
    assert WORDS[way.lang]["helper"] in asked.text
    assert ("hébergement Web" if way.lang == "fr" else "Web hosting") in asked.text

    proposal = way.last("proposal", "alex")
    assert WORDS[way.lang]["group"] not in proposal.text, "the group is named at the introduction only"
    assert "0142" not in proposal.text
    assert proposal.parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    way.press(proposal.link(way.at("answer")), **OFFER, word=WORDS[way.lang]["word"])
    assert way.need.state == "answered"

    offer = way.last("offer_received")
    assert WORDS[way.lang]["word"] in offer.text
    assert ("25\u00a0$ l’heure" if way.lang == "fr" else "$25 an hour") in offer.text
    assert "0155" not in offer.text, "contact data pass at the introduction only"
    chosen = way.need.pairings.get(state="offered")
    way.press(offer.link(way.at("offers_by_token")), pairing=str(chosen.pk))
    assert way.need.state == "under_way"

    to_group, to_helper = way.last("introduction", "camille"), way.last("introduction", "alex")
    assert "819\u00a0555-0155" in to_group.text
    assert "819\u00a0555-0142" in to_helper.text
    assert to_group.parsed["Reply-To"].addresses[0].addr_spec == "alex@example.org"
    assert to_helper.parsed["Reply-To"].addresses[0].addr_spec == "camille@example.org"
    assert way.last("proposal_closed", "info")


def test_first_answer_is_introduced_at_once(way: Way) -> None:
    Need.objects.filter(pk=way.need.pk).update(is_first_answer=True)
    way.publish()
    way.press(way.last("proposal", "alex").link(way.at("answer")), **OFFER)
    assert way.need.state == "under_way"
    kinds = [mail.row.kind for mail in way.left]
    assert kinds.count("introduction") == 2
    assert "offer_received" not in kinds


def test_news_are_asked_and_answered_by_their_links(way: Way) -> None:
    Need.objects.filter(pk=way.need.pk).update(is_first_answer=True)
    way.publish()
    way.press(way.last("proposal", "alex").link(way.at("answer")), **OFFER)
    way.clock.pass_by(days=4)
    way.press(way.last("spoken", "camille").link(way.at("spoken_by_token")), answer="yes")
    way.clock.pass_by(days=40)
    way.press(way.last("outcome", "camille").link(way.at("outcome_by_token")), answer="helped")
    assert way.need.state == "fulfilled"
    before = len(way.left)
    way.clock.pass_by(days=60)
    assert len(way.left) == before, "a settled need is left in peace"


def test_recommended_organization_is_asked_next(way: Way) -> None:
    neighbour = OrganizationFactory.create(name="Neige Informatique", lang=way.lang)
    SeatFactory.create(organization=neighbour, user__email="neige@example.org", user__lang=way.lang)
    way.publish()
    path = way.last("proposal", "alex").link(way.at("answer"))
    way.press(path, action="refer", someone="Neige", organization=str(neighbour.pk), name="Alex", word="!")
    assert WORDS[way.lang]["helper"] in way.last("proposal", "neige").text
    assert "Neige Informatique" in way.last("organizations_asked").text


def test_no_has_a_reason_and_the_contact_reads_it(way: Way) -> None:
    way.publish()
    for address in ("alex", "info"):
        path = way.last("proposal", address).link(way.at("answer"))
        way.press(path, action="decline", reason="no_room")
    assert way.need.state == "unanswered"
    call = way.last("contact_call", "luce")
    assert ("Nous sommes débordés" if way.lang == "fr" else "We have no room") in call.text
    assert way.last("need_unanswered", "camille")
