"""Every sentence that we show is in French of Québec, translated, and nothing is shown that cannot be translated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

from maillage.core import catalogues
from maillage.core.typography import faults

if TYPE_CHECKING:
    from pathlib import Path

ROOMS = catalogues.rooms()
TEMPLATES = sorted(
    path
    for folder in ("site", "members", "expertise", "wiki", "search", "tasks")
    for path in (settings.ROOT / folder).rglob("templates/**/*")
    if path.suffix in {".html", ".txt"}
)


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Un pépin\u00a0: on s’en occupe!", 0),
        ("Quoi ?", 1),
        ("Attention: danger", 1),
        ("Attention : danger", 1),
        ("« bonjour »", 1),
        ("l'ordinateur", 1),
        ("Votre email", 1),
        ("à 14h30", 1),
        ("«\u00a0Oui\u00a0»; non.", 0),
        ("%(count)s organismes\u00a0: %(names)s", 0),
    ],
)
def test_rules_see_what_they_should(sentence: str, count: int) -> None:
    assert len(faults(sentence)) == count


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.folder.name)
def test_french_sentences_follow_quebec_typography(room: catalogues.Room) -> None:
    found = {}
    for message in catalogues.messages_of(room):
        for text in [message.id] if isinstance(message.id, str) else message.id:
            if text and faults(text):
                found[text] = faults(text)
    assert found == {}


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.folder.name)
def test_english_is_complete_and_is_not_french(room: catalogues.Room) -> None:
    path = room.catalogue("en")
    if not path.exists():
        assert not [message for message in catalogues.messages_of(room) if message.id]
        return
    with path.open("rb") as stream:
        stored = read_po(stream, locale="en")
    assert catalogues.missing(catalogues.updated(room, "en")) == []
    french = [
        str(m.string) for m in stored if m.id and re.search(r"[«»]|\b(vous|votre|vos|organisme)\b", str(m.string))
    ]
    assert french == []


TAGS = re.compile(
    r"<style.*?</style>|\{%-?\s*comment.*?endcomment\s*%\}|\{#.*?#\}|\{%\s*blocktrans(?:late)?\b.*?endblocktrans(?:late)?\s*%\}"
    r"|\{%.*?%\}|\{\{.*?\}\}|<!doctype[^>]*>|<!--.*?-->|<[^>]*>|&[a-z#0-9]+;",
    re.DOTALL | re.IGNORECASE,
)
# Names and marks that are the same in both languages.
SAME_EVERYWHERE = {"Français", "English", "Maillage", "x", "km"}
# The page of last resort stands without translations: it says everything in both languages.
BILINGUAL = {"500.html"}


@pytest.mark.parametrize(
    "path", [path for path in TEMPLATES if path.name not in BILINGUAL], ids=lambda path: "/".join(path.parts[-3:])
)
def test_every_word_of_a_template_can_be_translated(path: Path) -> None:
    bare = TAGS.sub(" ", path.read_text(encoding="utf-8"))
    words = set(re.findall(r"[A-Za-zÀ-ÿ]+", bare)) - SAME_EVERYWHERE
    assert words == set()
