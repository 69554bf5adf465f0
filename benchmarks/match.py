"""Organizations matched to needs that name no skill, through the production scorer."""

import argparse
import time
from pathlib import Path
from typing import Any

from benchmarks._matching_files import Numbers, Row, read_examples, read_rows, read_skills, with_progress, write_rows
from expertise.matching import Document, HeldSkill, Index, Profile, Request, Vocabulary, rank

ANYWHERE = "anywhere"
"""The files tell no region: everyone is in the same one, so that no rule and no bonus decides."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the files read and written."""
    parser.add_argument("--skills", type=Path, required=True, help="rows id, fr, en, synonyms, descriptions, broader")
    parser.add_argument("--organizations", type=Path, required=True, help="rows id, texts (text, lang), skills")
    parser.add_argument("--needs", type=Path, required=True, help="rows id, text, lang, exclude")
    parser.add_argument("--tagged", type=Path, help="examples to learn from: rows text, lang, skills")
    parser.add_argument("--out", type=Path, required=True, help="rows id, organizations (best 10 first)")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Rank the organizations for every need; even weak matches are written, so that rankings can be judged."""
    started = time.perf_counter()
    skills, labels = read_skills(read_rows(args.skills))
    vocabulary = Vocabulary.build(labels, read_examples(args.tagged, skills))
    rows = read_rows(args.organizations)
    organizations = Numbers(row["id"] for row in rows)
    profiles = [_profile(row, organizations, skills) for row in rows]
    index = Index.build(profiles, vocabulary)
    ready = time.perf_counter()
    needs = read_rows(args.needs)

    def best(row: Row, number: int) -> list[Any]:
        request = _request(row, number, organizations)
        matches = rank(request, profiles, vocabulary, index=index, floor=0.0)
        return [organizations.ids[match.organization_id] for match in matches]

    written = write_rows(
        args.out,
        (
            {"id": row["id"], "organizations": best(row, number)}
            for number, row in enumerate(with_progress(needs, "needs"))
        ),
    )
    ended = time.perf_counter()
    return {
        "organizations": len(organizations),
        "needs": written,
        "build_s": round(ready - started, 3),
        "need_ms": round(1_000 * (ended - ready) / max(written, 1), 3),
    }


def _profile(row: Row, organizations: Numbers, skills: Numbers) -> Profile:
    return Profile(
        organization_id=organizations.of(row["id"]),
        documents=tuple(Document(one["text"], one.get("lang", "fr")) for one in row.get("texts", ())),
        skills=tuple(HeldSkill(number) for number in sorted(skills.known(row.get("skills", ())))),
        region=ANYWHERE,
    )


def _request(row: Row, number: int, organizations: Numbers) -> Request:
    return Request(
        need_id=number,
        text=row["text"],
        lang=row.get("lang", "fr"),
        region=ANYWHERE,
        excluded=organizations.known(row.get("exclude", ())),
    )
