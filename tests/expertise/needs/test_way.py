"""The whole way of a person whom nobody knows yet: words, code, group, last look, published; on two devices."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.test import Client as Browser
from django.urls import reverse

from expertise.needs.enums import NeedState
from expertise.needs.models import Need
from expertise.organizations.enums import OrganizationState
from maillage.core.models import AuditEntry
from tests.expertise.needs.test_pages import GROUP
from tests.expertise.needs.test_writing import WORDS, typed
from tests.factories import OrganizationFactory, UserFactory

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


def code_mailed() -> str:
    """The code, as the subject carries it."""
    found = re.search(r"\d{3}\W?\d{3}", mail.outbox[-1].subject)
    assert found is not None
    return found.group()


@pytest.mark.parametrize("is_other_device", [False, True])
def test_words_first_then_code_group_and_publication(client: Client, is_other_device: bool) -> None:
    helper = OrganizationFactory(description="Noms de domaine, hébergement, sites web perdus")
    page = client.post(reverse("needs:write"), {"text": WORDS})
    key = page.context["form"]["form_key"].value()
    page = client.post(reverse("needs:save"), typed(form_key=key), follow=True)
    assert page.redirect_chain[-1][0] == reverse("members:sign_in_code")

    browser = Browser() if is_other_device else client
    data = {"address": "camille@example.org", "typed": code_mailed(), "is_own_device": "on"}
    page = browser.post(reverse("members:sign_in_code"), data, follow=True)
    need = Need.objects.get()
    assert page.redirect_chain[-1][0] == reverse("needs:group", args=[need.pk])

    page = browser.post(reverse("needs:group", args=[need.pk]), GROUP, follow=True)
    assert page.redirect_chain[-1][0] == reverse("needs:review", args=[need.pk])
    assert WORDS in page.content.decode()

    page = browser.post(
        reverse("needs:publish", args=[need.pk]), {"shown": [helper.pk], "asked": [helper.pk]}, follow=True
    )
    need.refresh_from_db()
    assert need.author is not None
    assert (need.author.email, need.draft_address) == ("camille@example.org", "")
    assert need.organization is not None
    assert need.organization.state == OrganizationState.UNVERIFIED
    # Nobody knows this group yet: its first need waits for someone's word.
    assert need.state == NeedState.HELD
    assert "la vérifie avant qu’elle parte" in page.content.decode()
    assert AuditEntry.objects.filter(verb="need.held", object_id=need.pk).count() == 1


def test_vouched_need_leaves(client: Client) -> None:
    test_words_first_then_code_group_and_publication(client, is_other_device=False)
    need = Need.objects.get()
    editor = UserFactory(editor=True)
    browser = Browser()
    browser.force_login(editor)
    assert "Je m’en porte garant" in browser.get(need.get_absolute_url()).content.decode()
    browser.post(reverse("pairings:vouch", args=[need.pk]))
    need.refresh_from_db()
    assert (need.state, need.vouched_by) == (NeedState.OPEN, editor)
