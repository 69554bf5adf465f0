"""Ten thousand due rows through the queue of record, beside as many plain Celery tasks that do the same work."""

from __future__ import annotations

import time
from signal import SIGCONT, SIGSTOP
from typing import TYPE_CHECKING

from benchmarks._fire.stack import Stack, add_stack_arguments, stack, tell, wait_until

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

MAX_RATIO = 3
TIMEOUT_S = 1800


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    add_stack_arguments(parser)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)


def run(args: Namespace) -> dict[str, object]:
    """Run both, one after the other, on the same workers, database and broker."""
    with stack(args) as made:
        from benchmarks._fire import jobs, seeds

        made.workers(args.workers)
        beat = made.spawn("beat", "beat")
        seeds.jobs("fire.fact", 50, domain="warm")
        wait_until(lambda: seeds.due() == 0, timeout_s=TIMEOUT_S, what="warm")
        done = seeds.facts("fire.fact")
        producer_s = 0.0

        def send_plain() -> None:
            nonlocal producer_s
            began = time.process_time()
            for number in range(args.messages):
                jobs.plain.delay(number)
            producer_s = time.process_time() - began

        beat.signal(SIGSTOP)
        plain = _measure(made, send_plain, lambda: seeds.facts("fire.plain") >= args.messages)
        plain["cpu_s"] += producer_s
        tell(f"plain Celery: {plain}")
        seeds.jobs("fire.fact", args.messages)
        ours = _measure(made, lambda: beat.signal(SIGCONT), lambda: seeds.facts("fire.fact") >= done + args.messages)
        tell(f"queue of record: {ours}")
        wait_until(lambda: seeds.due() == 0, timeout_s=TIMEOUT_S, what="drained")
        facts = seeds.facts("fire.fact") - done
        ratio = ours["cpu_s"] / plain["cpu_s"]
        return {
            "name": "drain",
            "database": args.database,
            "broker": args.broker,
            "messages": args.messages,
            "kills": 0,
            "lost": max(0, args.messages - facts),
            "duplicates": max(0, facts - args.messages),
            "rows_per_s": round(args.messages / ours["seconds"]),
            "plain_rows_per_s": round(args.messages / plain["seconds"]),
            "cpu_ms_per_row": round(1000 * ours["cpu_s"] / args.messages, 2),
            "plain_cpu_ms_per_row": round(1000 * plain["cpu_s"] / args.messages, 2),
            "ratio": round(ratio, 2),
            "holds": ratio <= MAX_RATIO and facts == args.messages,
        }


def _measure(made: Stack, start: Callable[[], None], has_ended: Callable[[], bool]) -> dict[str, float]:
    """Seconds, and CPU seconds of every process of the stack, from the start to the end."""
    cpu_s = sum(process.cpu_s() for process in made.processes)
    began = time.monotonic()
    start()
    wait_until(has_ended, timeout_s=TIMEOUT_S, what="done", every_s=0.2)
    seconds = time.monotonic() - began
    return {"seconds": seconds, "cpu_s": sum(process.cpu_s() for process in made.processes) - cpu_s}
