"""The first need after a start, among real organizations: what a worker builds, maps and ranks."""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

LIMIT = 12


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where the data is."""
    parser.add_argument("data", type=Path, help="folder with skills/, organizations/ and needs/, as `make demo REAL=`")
    parser.add_argument("--needs", type=int, default=50, help="so many needs are ranked (50)")
    parser.add_argument("--in-process", action="store_true", help=argparse.SUPPRESS)


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Load once; then a process without file, a fresh one with it, and one after a profile changed."""
    if args.in_process:
        return _measure(args.needs)
    with tempfile.TemporaryDirectory(prefix="maillage-first-need-") as folder:
        environment = {**os.environ, "MAILLAGE_VAR": folder, "DATABASE_URL": ""}
        environment["DJANGO_SETTINGS_MODULE"] = "maillage.settings.dev"
        loading = "import django; django.setup(); from demo.load import load; from pathlib import Path; "
        loading += (
            f"load(password='benchmark-only', say=print, real=Path({str(args.data.resolve())!r}), is_ready=False)"
        )
        print("loading…", file=sys.stderr)
        subprocess.run([sys.executable, "-c", loading], env=environment, check=True, stdout=subprocess.DEVNULL)
        asked = [sys.executable, "-m", "benchmarks", "first-need", str(args.data), "--in-process"]
        asked += ["--needs", str(args.needs)]
        found = {}
        for name in ("without_file", "with_file"):
            print(f"{name}…", file=sys.stderr)
            ran = subprocess.run(asked, env=environment, check=True, capture_output=True, text=True)
            found[name] = json.loads(ran.stdout.splitlines()[-1])
        sizes = {path.name: path.stat().st_size for path in (Path(folder) / "matching").glob("*.arrays")}
    return {"bytes": sizes, **{name: _without_name(result) for name, result in found.items()}}


def _without_name(result: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in result.items() if name != "benchmark"}


def _measure(count: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.utils import timezone

    from expertise.needs.models import Need
    from expertise.organizations.models import Organization
    from expertise.pairings.candidates import rank_candidates
    from expertise.pairings.enums import Reach

    needs = list(Need.objects.order_by("-pk")[:count])
    organizations = Organization.objects.askable()

    def rank(need: Need) -> float:
        began = time.perf_counter()
        rank_candidates(need=need, now=timezone.now(), reach=Reach.REGION, limit=LIMIT)
        return time.perf_counter() - began

    cpu = time.process_time()
    first = rank(needs[0])
    first_cpu = time.process_time() - cpu
    cpu = time.process_time()
    warm = sorted(map(rank, needs))
    warm_cpu = (time.process_time() - cpu) / len(needs)
    changed = organizations[organizations.count() // 2]
    changed.description, changed.updated_at = f"{changed.description} Trottinettes.", timezone.now()
    changed.save()
    return {
        "organizations": organizations.count(),
        "first_s": round(first, 3),
        "first_cpu_s": round(first_cpu, 3),
        "warm_median_ms": round(1000 * statistics.median(warm), 1),
        "warm_p95_ms": round(1000 * warm[int(0.95 * len(warm))], 1),
        "warm_cpu_ms": round(1000 * warm_cpu, 1),
        "after_a_change_s": round(rank(needs[0]), 3),
    }
