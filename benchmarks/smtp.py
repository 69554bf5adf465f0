"""A mail server that refuses, hesitates, hangs up after DATA, never answers or is slow."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from benchmarks._fire.stack import Stack, add_stack_arguments, stack, tell, wait_until

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

# Domain → what the server does to its mail, the state that must come of it, copies accepted of each.
SCRIPT = {
    "good.example": ("", "sent", 1),
    "grey.example": ("450 4.7.1 Greylisted, once", "sent", 1),
    "busy.example": ("421 4.3.2 Closing, once", "sent", 1),
    "never.example": ("450 4.2.1 Not now", "dead", 0),
    "unknown.example": ("550 5.1.1 No such user", "bounced", 0),
    "policy.example": ("data 554 5.7.1 Refused", "bounced", 0),
    "hangup.example": ("close after data, once", "sent", 2),
    "silent.example": ("silent, once", "sent", 1),
    "slow.example": ("slow 1.5", "sent", 1),
}


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    add_stack_arguments(parser)
    parser.add_argument("--messages", type=int, default=900, help="spread over nine domains")
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--timeout", type=float, default=5400)


def run(args: Namespace) -> dict[str, object]:
    """Run the campaign. Backoffs are of seconds even at full size: 4xx would otherwise last a morning."""
    began = time.monotonic()
    with stack(args, MAIL_BACKOFF_S=[2, 3, 4, 5], EMAIL_TIMEOUT=5, QUEUE_SEND_LIMIT_S=8) as made:
        from benchmarks._fire import seeds

        each = args.messages // len(SCRIPT)
        made.sink.script = {domain: act for domain, (act, _, _) in SCRIPT.items()}
        # The silent ones hold a worker for EMAIL_TIMEOUT each: a tenth as many.
        counts = {domain: max(1, each // 10) if domain == "silent.example" else each for domain in SCRIPT}
        seeds.messages([f"p{n}@{domain}" for domain, count in counts.items() for n in range(count)])
        made.workers(args.workers)
        made.spawn("beat", "beat")
        longest_s = watch(made, args.timeout)
        return _result(args, made, counts, longest_s) | {"seconds": round(time.monotonic() - began)}


def watch(made: Stack, timeout_s: float) -> float:
    """Wait for the end; returns the longest time that a lease was seen held."""
    from benchmarks._fire import seeds

    longest_s = 0.0

    def has_ended() -> bool:
        nonlocal longest_s
        longest_s = max(longest_s, seeds.longest_lease_s())
        return seeds.live() == 0

    wait_until(has_ended, timeout_s=timeout_s, what="ended")
    tell(f"longest lease seen: {longest_s:.1f} s")
    return longest_s


def _result(args: Namespace, made: Stack, counts: dict[str, int], longest_s: float) -> dict[str, object]:
    from django.conf import settings

    from benchmarks._fire import seeds

    box, wrong, lost, announced = made.sink.mailbox, [], 0, 0
    for domain, (_, state, copies) in SCRIPT.items():
        addresses = [f"p{n}@{domain}" for n in range(counts[domain])]
        wrong += [f"{domain}: {found}" for found in seeds.states(domain) if found != state]
        lost += sum(box.copies[address] == 0 for address in addresses if copies)
        announced += sum(max(0, copies - 1) for _ in addresses)
        wrong += [f"{address}: {box.copies[address]} copies" for address in addresses if box.copies[address] > copies]
    closed = seeds.suppressed()
    limit_s = settings.QUEUE_SEND_LIMIT_S + 2
    holds = not wrong and lost == 0 and box.duplicates == announced and box.differing == 0 and longest_s <= limit_s
    return {
        "name": "smtp",
        "database": args.database,
        "broker": args.broker,
        "messages": sum(counts.values()),
        "kills": 0,
        "lost": lost,
        "duplicates": box.duplicates,
        "duplicates_announced": announced,
        "duplicates_that_differ": box.differing,
        "wrong": wrong[:5],
        "addresses_closed": closed,
        "longest_lease_s": round(longest_s, 1),
        "limit_s": limit_s,
        "holds": holds and closed == counts["unknown.example"],
    }
