"""What search engines are shown: what everyone sees, under the public address, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import OrganizationFactory, UserFactory
from wiki.enums import GuideKind
from wiki.services import GuideFacts, create_guide, publish_guide

if TYPE_CHECKING:
    from datetime import datetime

    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_robots_closes_rooms_for_people_and_names_the_sitemap(client: Client, settings: SettingsWrapper) -> None:
    lines = text_of(client, "/robots.txt").splitlines()
    assert "Disallow: /compte/" in lines
    assert "Disallow: /en/account/" in lines
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in lines


def test_sitemap_lists_its_parts(client: Client) -> None:
    assert "/sitemap-guides.xml" in text_of(client, "/sitemap.xml")


def test_doors_are_listed_in_both_languages(client: Client, settings: SettingsWrapper) -> None:
    text = text_of(client, "/sitemap-doors.xml")
    assert f"<loc>{settings.SITE_URL}/organismes/</loc>" in text
    assert f"<loc>{settings.SITE_URL}/en/organizations/</loc>" in text


def test_only_published_guides_are_listed(client: Client, now: datetime) -> None:
    author = UserFactory()
    for title in ("Lu", "Secret"):
        facts = GuideFacts(title=title, kind=GuideKind.GUIDE, helps_to="x", body="y", lang="fr")
        guide = create_guide(facts=facts, actor=author, now=now)
        if title == "Lu":
            publish_guide(guide=guide, actor=author, now=now)
    text = text_of(client, "/sitemap-guides.xml")
    assert "/guides/lu/" in text
    assert "secret" not in text


def test_only_organizations_that_everyone_sees_are_listed(client: Client) -> None:
    OrganizationFactory(slug="visible")
    OrganizationFactory(slug="suspendu", suspended=True)
    text = text_of(client, "/sitemap-organizations.xml")
    assert "/organismes/visible/" in text
    assert "/en/organizations/visible/" in text
    assert "suspendu" not in text


def test_sitemap_costs_the_same_at_2_and_20_rows(client: Client) -> None:
    counts = []
    for rows in (2, 18):
        OrganizationFactory.create_batch(rows)
        with CaptureQueriesContext(connection) as queries:
            client.get("/sitemap-organizations.xml")
        counts.append(len(queries))
    assert counts[0] == counts[1]
