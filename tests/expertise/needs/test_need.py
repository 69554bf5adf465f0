"""What a need says of itself: its title, its facts for each reader, when it is due."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from expertise.needs.enums import Part, When
from expertise.needs.facts import due_text, facts_of
from expertise.needs.models.need import title_of
from tests.factories import NeedFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Notre site ne marche plus. Aidez-nous.", "Notre site ne marche plus"),
        ("Notre site ne marche plus!\nMerci", "Notre site ne marche plus!"),
        ("Wi-Fi", "Wi-Fi"),
        ("", ""),
        ("  \n\n", ""),
        (
            "Notre site ne marche plus depuis vendredi, et c’est un ancien bénévole qui avait les codes de tout.",
            "Notre site ne marche plus depuis vendredi…",
        ),
        ("mot " * 40, "mot " * 19 + "mot…"),
        ("a" * 300, "a" * 80 + "…"),
        (
            "Le M. Roy a perdu les codes de notre site de 14 h 30 hier.",
            "Le M. Roy a perdu les codes de notre site de 14 h 30 hier",
        ),
    ],
)
def test_title_stops_where_a_reader_would_pause(text: str, title: str) -> None:
    assert title_of(text) == title
    assert len(title_of(text)) <= 81


def test_urgent_need_is_due_on_a_date_not_on_a_word_that_ages() -> None:
    opened = datetime(2026, 11, 24, 14, tzinfo=UTC)
    with translation.override("fr"):
        assert due_text(NeedFactory.build(when=When.TOMORROW, opened_at=opened)) == "mercredi 25\u00a0novembre"
        assert due_text(NeedFactory.build(when=When.WEEK, opened_at=opened)) == "Cette semaine"
        assert due_text(NeedFactory.build(needed_on=date(2026, 12, 1))) == "mardi 1er\u00a0décembre"


@pytest.mark.parametrize(
    ("part", "is_near"),
    [(Part.GROUP, True), (Part.CONTACT, True), (Part.ASKED, True), (Part.MEMBER, False), (Part.PUBLIC, False)],
)
def test_municipality_is_for_those_who_might_travel(part: Part, is_near: bool) -> None:
    values = [value for _what, value in facts_of(NeedFactory(), part)]
    assert ("Rouyn-Noranda" in values) is is_near
    assert not {"Camille Roy", "819 555-0142"} & set(values)


def test_facts_read_in_english() -> None:
    with translation.override("en"):
        facts = dict(facts_of(NeedFactory(region=None, places=2, help_kinds=["volunteer"]), Part.MEMBER))
    assert facts["Region"] == "outside Quebec, remote"
    assert facts["Looking for"] == "2 organizations"
