"""The matching benchmarks read and write exactly the formats that others score."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.__main__ import discover, main

SKILLS = [
    {"id": "web", "fr": "sites web", "en": "websites", "fr_synonyms": ["site Internet"]},
    {"id": "wp", "fr": "WordPress", "en": "WordPress", "broader": ["web", "unknown"]},
    {"id": 3, "fr": "imprimantes", "en": "printers"},
]


Write = Callable[[str, list[dict[str, Any]]], str]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def writer(name: str, rows: list[dict[str, Any]]) -> str:
        path = tmp_path / name
        path.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", encoding="utf-8")
        return str(path)

    return writer


def run(capsys: pytest.CaptureFixture[str], name: str, out: Path, **files: str) -> tuple[dict[str, Any], list[Any]]:
    """Run a benchmark; return its last line and the rows it wrote."""
    arguments = [part for option, value in files.items() for part in (f"--{option}", value)]
    assert main([name, *arguments, "--out", str(out)]) == 0
    last = capsys.readouterr().out.strip().splitlines()[-1]
    return json.loads(last), [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_the_matching_benchmarks_are_found() -> None:
    assert {"match", "suggest", "rank"} <= discover().keys()


def test_without_a_name_they_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "suggest" in capsys.readouterr().out


def test_suggest_writes_skill_ids_best_first(tmp_path: Path, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    texts = [
        {"id": 1, "text": "refaire notre site internet", "lang": "fr"},
        {"id": "b", "text": "printers", "lang": "en"},
    ]
    tagged = [{"text": "la vitrine du centre", "lang": "fr", "skills": ["web", "gone"]}]
    files = {"skills": write("k", SKILLS), "texts": write("t", texts), "tagged": write("g", tagged)}
    result, rows = run(capsys, "suggest", tmp_path / "s", **files)
    assert result["texts"] == 2
    assert [row["id"] for row in rows] == [1, "b"]
    assert rows[0]["skills"][0] == "web"
    assert rows[1]["skills"][0] == 3


def test_match_writes_organization_ids_best_first(
    tmp_path: Path, write: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    organizations = [
        {"id": "a", "texts": [{"text": "réparation d’imprimantes", "lang": "fr"}], "skills": [3]},
        {"id": "b", "texts": [], "skills": ["web", "gone"]},
        {"id": "c", "texts": [{"text": "imprimantes", "lang": "fr"}], "skills": []},
    ]
    needs = [
        {"id": 1, "text": "nos imprimantes", "lang": "fr", "exclude": ["c", "gone"]},
        {"id": 2, "text": "website", "lang": "en"},
    ]
    files = {"skills": write("k", SKILLS), "organizations": write("o", organizations), "needs": write("n", needs)}
    result, rows = run(capsys, "match", tmp_path / "s", **files)
    assert result["needs"] == 2
    assert rows == [{"id": 1, "organizations": ["a"]}, {"id": 2, "organizations": ["b"]}]


def test_rank_scores_every_pair(tmp_path: Path, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    documents = [
        {"expert": "e", "document": 1, "text": "neural networks", "lang": "en"},
        {"expert": "e", "document": 2, "text": "printers", "lang": "en"},
        {"expert": 2, "document": 1, "text": "rivers", "lang": "en"},
    ]
    files = {
        "documents": write("d", documents),
        "requests": write("r", [{"request": 9, "text": "networks", "lang": "en"}]),
    }
    result, rows = run(capsys, "rank", tmp_path / "s", **files)
    assert result["pairs"] == 2
    scores = {row["expert"]: row["score"] for row in rows}
    assert scores["e"] > scores[2] == 0
