"""« Signaler cette offre »: by the group that reads it, to an editor who may act."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from maillage.core.models import Report
from tests.expertise.pairings.pages import member_of, signed_in, text_of
from tests.factories import PairingFactory, SeatFactory, UserFactory

if TYPE_CHECKING:
    from expertise.pairings.models import Pairing

pytestmark = pytest.mark.django_db
WRONG = {"reason": "wrong", "word": "Ce n’est pas leur métier."}


@pytest.fixture
def offer() -> Pairing:
    """An offer to a group."""
    found: Pairing = PairingFactory(offered=True)
    return found


def page(offer: Pairing) -> str:
    return reverse("pages:report", args=["offer", offer.pk])


def test_group_reports_an_offer_from_where_it_reads_it(offer: Pairing) -> None:
    group = signed_in(member_of(offer.need.organization))
    offers = reverse("pairings:offers", args=[offer.need_id])
    assert page(offer) in group.get(offers).content.decode()
    assert offer.organization.name in text_of(group.get(page(offer)))
    assert group.post(page(offer), WRONG)["Location"] == offers
    assert Report.objects.get().object_id == offer.pk


def test_others_do_not_learn_that_there_is_an_offer(offer: Pairing) -> None:
    stranger = signed_in(SeatFactory().user)
    assert stranger.get(page(offer)).status_code == 404
    assert stranger.post(page(offer), WRONG).status_code == 404
    unknown = reverse("pages:report", args=["offer", offer.pk + 99])
    here, there = Client().get(page(offer)), Client().get(unknown)
    assert (here.status_code, there.status_code) == (302, 302)
    assert reverse("members:sign_in") in here["Location"]
    assert not Report.objects.exists()


def test_editor_reads_it_and_is_led_to_where_they_may_act(offer: Pairing) -> None:
    signed_in(member_of(offer.need.organization)).post(page(offer), WRONG)
    editor = signed_in(UserFactory(editor=True))
    settle = editor.get(reverse("pages:settle_report", args=[Report.objects.get().pk])).content.decode()
    assert f"Offre de {offer.organization.name}" in settle
    assert WRONG["word"] in settle
    assert reverse("organizations:state", args=[offer.organization.slug]) in settle
