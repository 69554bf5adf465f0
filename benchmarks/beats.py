"""Two beats, three workers and four sweeps at once: one digest per person and window, whatever the clock does."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from benchmarks._fire.stack import Stack, add_stack_arguments, stack, tell, wait_until

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

WEEK_S = 7 * 24 * 3600
WINDOWS = 3


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    add_stack_arguments(parser)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--beats", type=int, default=2)
    parser.add_argument("--sweeps", type=int, default=4)
    parser.add_argument("--timeout", type=float, default=1800, help="seconds for one window")


def run(args: Namespace) -> dict[str, object]:
    """Run the campaign; every process's clock is moved by a week between windows."""
    began = time.monotonic()
    with stack(args, is_clock_moved=True) as made:
        from benchmarks._fire import seeds

        seeds.weekly_people(args.people)
        made.workers(args.workers)
        for number in range(args.beats):
            made.spawn(f"beat{number}", "beat")
        for number in range(args.sweeps):
            made.spawn(f"sweep{number}", "sweep", "--every", "2")
        # The window that is open when the network starts finds nobody: what follows is counted from the next.
        wait_until(lambda: seeds.windows_done() == 1, timeout_s=args.timeout, what="started")
        for window in range(1, WINDOWS + 1):
            _live_through(made, args, window)
        return _result(args, made) | {"seconds": round(time.monotonic() - began)}


def _live_through(made: Stack, args: Namespace, window: int) -> None:
    """Two optional mails for everyone, then a week passes."""
    from benchmarks._fire import seeds

    seeds.offers(args.people, window)
    # Sent at once, they would be gathered instead: each row is looked at and put back for the digest.
    wait_until(lambda: seeds.due() == 0, timeout_s=args.timeout, what="looked at")
    box = made.sink.mailbox
    if sum(box.copies.values()) != (window - 1) * args.people:
        raise RuntimeError("A digest left before its window.")
    (made.folder / "clock").write_text(str(window * WEEK_S))
    wanted = window * args.people

    def has_passed() -> bool:
        return seeds.windows_done() > window and sum(box.copies.values()) >= wanted and seeds.due() == 0

    seconds = wait_until(has_passed, timeout_s=args.timeout, what=f"{wanted} sent")
    tell(f"window {window}: {sum(box.copies.values())} digests after {seconds:.0f} s")


def _result(args: Namespace, made: Stack) -> dict[str, object]:
    from benchmarks._fire import seeds

    box = made.sink.mailbox
    wanted = args.people * WINDOWS
    each = [box.copies[address] for address in seeds.weekly_addresses(args.people)]
    ids = sum(len(found) for found in box.ids.values())
    lost = sum(max(0, WINDOWS - copies) for copies in each)
    duplicates = sum(max(0, copies - WINDOWS) for copies in each)
    return {
        "name": "beats",
        "database": args.database,
        "broker": args.broker,
        "messages": wanted,
        "kills": 0,
        "lost": lost,
        "duplicates": duplicates,
        "digests": sum(each),
        "different_message_ids": ids,
        "gathered": seeds.gathered(),
        "dead": seeds.count("dead"),
        "holds": lost == 0 and duplicates == 0 and ids == wanted and seeds.gathered() == 2 * wanted,
    }
