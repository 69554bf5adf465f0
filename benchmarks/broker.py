"""The broker stopped, hung, restarted and full while needs are posted through the site: nothing is lost."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from benchmarks._fire.stack import Stack, add_stack_arguments, stack, tell, wait_until

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from benchmarks._fire.village import Draft

FAULTS = ("stopped", "hung", "restarted", "full")
SLOWER_MS = 50
BACK_S = 60


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    add_stack_arguments(parser)
    parser.add_argument("--posts", type=int, default=200, help="during the faults; as many before, for the baseline")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--web", type=int, default=2, help="processes of the web server")
    parser.add_argument("--timeout", type=float, default=900)


def run(args: Namespace) -> dict[str, object]:
    """Run the campaign."""
    began = time.monotonic()
    with stack(args) as made:
        from benchmarks._fire import seeds, village

        drafts = village.build(drafts=2 * args.posts + args.web * 2, helpers=2 * args.posts)
        tell("village built")
        port = made.serve(processes=args.web)
        made.workers(args.workers)
        made.spawn("beat", "beat")
        warm, drafts = drafts[: args.web * 2], drafts[args.web * 2 :]
        _post(made, warm, port)
        wait_until(lambda: _is_drained(made), timeout_s=args.timeout, what="warm")
        baseline = _post(made, drafts[: args.posts], port)
        wait_until(lambda: _is_drained(made), timeout_s=args.timeout, what="drained before the faults")
        each = args.posts // len(FAULTS)
        during: dict[str, list[float]] = {}
        back: dict[str, float] = {}
        for number, fault in enumerate(FAULTS):
            some = drafts[args.posts + number * each : args.posts + (number + 1) * each]
            during[fault], back[fault] = _suffer(made, fault, some, port, args.timeout)
            tell(f"{fault}: p95 {_p95_ms(during[fault]):.0f} ms, drained {back[fault]:.1f} s after it was back")
        lost, duplicates = seeds.lost_and_duplicated(made.sink.mailbox, [draft.need_id for draft in warm + drafts])
        found = _result(args, baseline, during, back) | {
            "messages": len(made.sink.mailbox.by_id),
            "lost": lost,
            "duplicates": duplicates,
            "dead": seeds.count("dead"),
            "seconds": round(time.monotonic() - began),
        }
        is_whole = (lost, duplicates, found["dead"]) == (0, 0, 0)
        return found | {"holds": is_whole and bool(found["is_as_fast"]) and bool(found["is_soon_drained"])}


def _post(made: Stack, drafts: Sequence[Draft], port: int) -> list[float]:
    from benchmarks._fire import village

    times = []
    for draft in drafts:
        made.revive()
        times.append(village.publish(draft, port))
    return times


def _suffer(made: Stack, fault: str, drafts: Sequence[Draft], port: int, timeout_s: float) -> tuple[list[float], float]:
    """Post while the broker suffers; returns the times of the posts, and the seconds to drain once it is back."""
    cause = {"stopped": "stop", "hung": "hang", "restarted": "stop", "full": "fill"}[fault]
    mend = {"stopped": "start", "hung": "resume", "restarted": "start", "full": "drain"}[fault]
    getattr(made.broker, cause)()
    if fault == "restarted":
        half = len(drafts) // 2
        times = _post(made, drafts[:half], port)
        made.broker.start()
        times += _post(made, drafts[half:], port)
    else:
        times = _post(made, drafts, port)
        getattr(made.broker, mend)()
    return times, wait_until(lambda: _is_drained(made), timeout_s=timeout_s, what=f"drained after {fault}")


def _is_drained(made: Stack) -> bool:
    from benchmarks._fire import seeds

    made.revive()
    return seeds.due() == 0


def _p95_ms(times: Sequence[float]) -> float:
    return 1000 * statistics.quantiles(times, n=20)[-1] if len(times) > 1 else 1000 * max(times)


def _result(
    args: Namespace, baseline: list[float], during: dict[str, list[float]], back: dict[str, float]
) -> dict[str, object]:
    p95_ms = {fault: _p95_ms(times) for fault, times in during.items()}
    limit_ms = _p95_ms(baseline) + SLOWER_MS
    together_ms = _p95_ms([value for times in during.values() for value in times])
    return {
        "name": "broker",
        "database": args.database,
        "broker": args.broker,
        "kills": 0,
        "posts": len(baseline) + sum(map(len, during.values())),
        "baseline_p95_ms": round(_p95_ms(baseline)),
        "p95_ms": round(together_ms),
        "p95_ms_of_each": {fault: round(value) for fault, value in p95_ms.items()},
        "drained_s": {fault: round(value, 1) for fault, value in back.items()},
        "is_as_fast": together_ms <= limit_ms,
        "is_soon_drained": max(back.values()) <= BACK_S,
    }
