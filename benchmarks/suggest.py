"""Skills suggested from texts, through the production suggester."""

import argparse
import time
from pathlib import Path
from typing import Any

from benchmarks._matching_files import read_examples, read_rows, read_skills, with_progress, write_rows
from expertise.matching import Vocabulary, suggest


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the files read and written."""
    parser.add_argument("--skills", type=Path, required=True, help="rows id, fr, en, synonyms, descriptions, broader")
    parser.add_argument("--texts", type=Path, required=True, help="rows id, text, lang")
    parser.add_argument("--tagged", type=Path, help="examples to learn from: rows text, lang, skills")
    parser.add_argument("--out", type=Path, required=True, help="rows id, skills (best first)")
    parser.add_argument("--limit", type=int, default=10, help="at most so many skills a text (10)")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Suggest skills for every text; even weak ones are written, so that rankings can be judged."""
    started = time.perf_counter()
    numbers, labels = read_skills(read_rows(args.skills))
    vocabulary = Vocabulary.build(labels, read_examples(args.tagged, numbers))
    ready = time.perf_counter()
    texts = read_rows(args.texts)
    written = write_rows(
        args.out,
        (
            {"id": row["id"], "skills": _suggested(row, vocabulary, numbers.ids, args.limit)}
            for row in with_progress(texts, "texts")
        ),
    )
    ended = time.perf_counter()
    return {
        "skills": len(labels),
        "texts": written,
        "build_s": round(ready - started, 3),
        "text_ms": round(1_000 * (ended - ready) / max(written, 1), 3),
    }


def _suggested(row: dict[str, Any], vocabulary: Vocabulary, ids: list[Any], limit: int) -> list[Any]:
    found = suggest(row["text"], row.get("lang", "fr"), vocabulary, limit=limit, floor=0.0)
    return [ids[suggestion.skill_id] for suggestion in found]
