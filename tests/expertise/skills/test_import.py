"""Taxonomies from files: idempotent, honest about bad rows, clear about files that are none."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from expertise.skills.models import Skill, SkillForm
from expertise.skills.services import change_skill, merge_skill
from tests.factories import SkillFactory, UserFactory

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

pytestmark = pytest.mark.django_db

ROWS = [
    {"id": "materiel", "fr": "matériel", "en": "hardware"},
    {
        "id": "reparation",
        "fr": "réparation d’ordinateurs",
        "en": "computer repair",
        "fr_synonyms": ["ordi brisé", "écran noir"],
        "en_synonyms": ["fix a PC"],
        "fr_description": "Trouver la panne.",
        "broader": ["inconnu", "materiel"],
        "esco": "b4877620",
    },
]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def write(rows: list[dict[str, object]], name: str = "skills.jsonl") -> Path:
        path = tmp_path / name
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        return path

    return write


def run(path: Path, *options: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("import_skills", path, *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_rows_become_skills_with_their_words_and_relations(write: Callable[..., Path]) -> None:
    run(write(ROWS))
    skill = Skill.objects.get(source="maillage", source_id="reparation")
    assert (skill.name, skill.name_en, skill.slug) == (
        "réparation d’ordinateurs",
        "computer repair",
        "reparation-d-ordinateurs",
    )
    assert skill.broader.source_id == "materiel"
    assert skill.uri == "http://data.europa.eu/esco/skill/b4877620"
    assert set(SkillForm.objects.filter(skill=skill).values_list("lang", "kind", "folded")) == {
        ("fr", "label", "reparation d'ordinateurs"),
        ("fr", "synonym", "ordi brise"),
        ("fr", "synonym", "ecran noir"),
        ("en", "label", "computer repair"),
        ("en", "synonym", "fix a pc"),
    }


def test_a_second_import_changes_nothing(write: Callable[..., Path]) -> None:
    path = write(ROWS)
    run(path)
    before = list(Skill.objects.order_by("pk").values())
    out, _ = run(path)
    assert list(Skill.objects.order_by("pk").values()) == before
    assert "0 créées, 0 complétées, 2 déjà là" in out


def test_what_editors_wrote_stays_unless_the_file_is_to_replace_it(write: Callable[..., Path], now: datetime) -> None:
    run(write(ROWS))
    skill = Skill.objects.get(source_id="reparation")
    change_skill(
        skill=skill, actor=UserFactory(editor=True), now=now, name="réparation d’ordis", synonyms_fr=["laptop"]
    )
    run(write(ROWS))
    skill.refresh_from_db()
    assert (skill.name, skill.synonyms_fr) == ("réparation d’ordis", ["laptop", "ordi brisé", "écran noir"])
    run(write(ROWS), "--replace")
    skill.refresh_from_db()
    assert (skill.name, skill.synonyms_fr) == ("réparation d’ordinateurs", ["ordi brisé", "écran noir"])


def test_a_merged_skill_stays_merged(write: Callable[..., Path], now: datetime) -> None:
    run(write(ROWS))
    skill, kept = Skill.objects.get(source_id="reparation"), SkillFactory()
    merge_skill(skill=skill, into=kept, actor=UserFactory(editor=True), now=now)
    run(write(ROWS))
    skill.refresh_from_db()
    assert skill.merged_into == kept


ESCO = [
    {"id": "a", "type": "knowledge", "reuse": "sector-specific", "fr": "développement", "broader": ["isced-f/06"]},
    {"id": "b", "type": "skill", "reuse": "transversal", "fr": "parler en public"},
    {"id": "c", "type": "skill", "reuse": "sector-specific", "fr": "conduire un train", "broader": ["z"]},
]


@pytest.mark.parametrize(
    ("options", "expected"),
    [([], {"a", "b"}), (["--all"], {"a", "b", "c"}), (["--only", "digital"], {"a"}), (["--only", "z"], {"c"})],
)
def test_esco_gives_its_digital_and_transversal_part_unless_told_otherwise(
    write: Callable[..., Path], options: list[str], expected: object
) -> None:
    run(write(ESCO, "esco.jsonl"), *options)
    assert set(Skill.objects.filter(source="esco").values_list("source_id", flat=True)) == expected


def test_bad_rows_are_named_by_line_and_the_others_imported(tmp_path: Path) -> None:
    path = tmp_path / "skills.jsonl"
    lines = [
        json.dumps(ROWS[0]),
        "{not json",
        "[]",
        json.dumps({"id": 7, "fr": "x"}),
        json.dumps({"id": "y"}),
        json.dumps({"id": "w", "fr": "mot", "fr_synonyms": "un texte"}),
        json.dumps(ROWS[0]),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    out, err = run(path)
    assert Skill.objects.count() == 1
    assert "6 refusées" in out
    assert [line.split("\u00a0")[0] for line in err.splitlines()] == [f"Ligne {n}" for n in range(2, 8)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (b"\n\n", "vide"),
        ('{"id": "a", "fr": "réparation"}\n'.encode("latin-1"), "UTF-8"),
        (b'{"id": "a", "fr": "mot"}\n{"id": "b", "fr": "coup', "coupé à la ligne 2"),
        (b"id;fr\na;mot\n", "JSONL"),
        (b'[\n{"id": "a", "fr": "mot"}\n]\n', "JSONL"),
        (b"\x89PNG\r\n\x1a\n\x00", "UTF-8"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_before_anything_is_written(
    content: bytes, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "skills.jsonl"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=said):
        run(path)
    assert not Skill.objects.exists()


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="n’existe pas"):
        run(tmp_path / "rien.jsonl")
