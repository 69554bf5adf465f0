"""Rows that kill their worker, hang or raise: a few runs each, then dead and visible, and the others unharmed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from benchmarks._fire.stack import SHORT, add_stack_arguments, stack, tell, wait_until

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

MAX_RUNS = 5
POISONS = ("kill", "hang", "raise")


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    add_stack_arguments(parser)
    parser.add_argument("--messages", type=int, default=600, help="healthy jobs, each with one mail")
    parser.add_argument("--poisons", type=int, default=3, help="rows of each poison")
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--timeout", type=float, default=5400, help="seconds: five leases and backoffs of minutes")


def run(args: Namespace) -> dict[str, object]:
    """Run the campaign. Leases and limits are production's; backoffs are shorter, or it would last an hour."""
    began = time.monotonic()
    backoff_s = SHORT["QUEUE_BACKOFF_S"] if args.short else [15, 30, 60, 90]
    with stack(args, QUEUE_BACKOFF_S=backoff_s) as made:
        from benchmarks._fire import seeds

        for poison in POISONS:
            seeds.poison(f"fire.{poison}", args.poisons)
        seeds.letter_jobs(args.messages)
        workers = made.workers(args.workers)
        made.spawn("beat", "beat")
        box = made.sink.mailbox

        def has_healthy_ended() -> bool:
            return len(box.copies) >= args.messages

        healthy_s = wait_until(has_healthy_ended, timeout_s=args.timeout, what="healthy rows done")
        tell(f"healthy rows done in {healthy_s:.0f} s")
        wait_until(lambda: seeds.live() == 0, timeout_s=args.timeout, what="ended")
        runs = {poison: seeds.facts(f"fire.{poison}") / args.poisons for poison in POISONS}
        dead = seeds.count("dead")
        lost = args.messages - len(box.copies)
        expected = args.poisons * len(POISONS)
        return {
            "name": "poison",
            "database": args.database,
            "broker": args.broker,
            "messages": args.messages,
            "kills": round(runs["kill"] * args.poisons),
            "lost": lost,
            "duplicates": box.duplicates,
            "poisons": expected,
            "runs_of_each": runs,
            "dead": dead,
            "dead_with_reason": seeds.dead_with_reason(),
            "worker_processes_alive": sum(worker.is_running() for worker in workers),
            "healthy_s": round(healthy_s),
            "seconds": round(time.monotonic() - began),
            "holds": lost == 0
            and box.duplicates == 0
            and dead == expected == seeds.dead_with_reason()
            and max(runs.values()) <= MAX_RUNS,
        }
