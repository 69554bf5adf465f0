"""Experts scored for requests by what they wrote, through the production scorer."""

import argparse
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks._matching_files import Numbers, Row, read_rows, with_progress, write_rows
from expertise.matching import Document, Index, Profile, Request, Vocabulary
from expertise.matching.affinity import Affinity


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the files read and written."""
    parser.add_argument("--documents", type=Path, required=True, help="rows expert, document, text, lang")
    parser.add_argument("--requests", type=Path, required=True, help="rows request, text, lang")
    parser.add_argument("--out", type=Path, required=True, help="rows expert, request, score, for every pair")


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Score every expert for every request."""
    started = time.perf_counter()
    rows = read_rows(args.documents)
    experts = Numbers(row["expert"] for row in rows)
    texts: dict[int, list[Document]] = {}
    for row in rows:
        texts.setdefault(experts.of(row["expert"]), []).append(Document(row["text"], row.get("lang", "en")))
    profiles = [Profile(number, documents=tuple(documents)) for number, documents in texts.items()]
    index = Index.build(profiles, Vocabulary.build([]))
    ready = time.perf_counter()
    requests = read_rows(args.requests)
    written = write_rows(
        args.out, (scored for row in with_progress(requests, "requests") for scored in _scores(row, index, experts))
    )
    ended = time.perf_counter()
    return {
        "experts": len(experts),
        "requests": len(requests),
        "pairs": written,
        "build_s": round(ready - started, 3),
        "request_ms": round(1_000 * (ended - ready) / max(len(requests), 1), 3),
    }


def _scores(row: Row, index: Index, experts: Numbers) -> Iterator[Row]:
    totals = Affinity.of(Request(0, row["text"], row.get("lang", "en")), index).totals
    for number, score in zip(index.organization_ids, totals.tolist(), strict=True):
        yield {"expert": experts.ids[number], "request": row["request"], "score": round(score, 9)}
