"""Workers, beat and sweep killed at random moments and between the mail server's answer and the commit."""

from __future__ import annotations

import random
import threading
import time
from functools import partial
from typing import TYPE_CHECKING

from benchmarks._fire.peers import pid_of_peer
from benchmarks._fire.processes import Process, kill_one
from benchmarks._fire.stack import Stack, add_stack_arguments, stack, tell, wait_until

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

DRAIN_S = 900


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the options."""
    add_stack_arguments(parser)
    parser.add_argument("--messages", type=int, default=6000)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--kills", type=int, default=60)


def run(args: Namespace) -> dict[str, object]:
    """Run the campaign; what must hold is checked by whoever reads ``holds``."""
    began = time.monotonic()
    with stack(args) as made:
        from benchmarks._fire import seeds

        seeds.letter_jobs(args.messages)
        workers = made.workers(args.workers)
        beat = made.spawn("beat", "beat")
        sweep = made.spawn("sweep", "sweep", "--every", "2")
        killer = Killer(made, workers, [beat, sweep], kills=args.kills, dice=random.Random(args.seed))  # noqa: S311
        killer.run(args.messages)
        drained_s = wait_until(lambda: killer.revive() or seeds.live() == 0, timeout_s=DRAIN_S, what="drained")
        tell(f"drained {drained_s:.0f} s after the last kill")
        return _result(args, made, killer) | {"seconds": round(time.monotonic() - began)}


class Killer:
    """Half of its blows are aimed between 250 and commit; a tenth hit beat or sweep; the others fall at random."""

    def __init__(
        self, made: Stack, workers: list[Process], schedulers: list[Process], *, kills: int, dice: random.Random
    ) -> None:
        self.made, self.workers, self.schedulers, self.dice = made, workers, schedulers, dice
        aimed = kills // 2
        self.to_aim, self.to_drop = aimed, kills - aimed
        self.kills = self.after_answer = self.at_schedulers = 0
        self.is_armed = threading.Event()
        made.sink.before_accepting = self._aim

    def run(self, messages: int) -> None:
        """Spread the blows over the whole run."""
        blows = ["aim"] * self.to_aim + ["drop"] * self.to_drop
        self.dice.shuffle(blows)
        for number, blow in enumerate(blows, 1):
            target = messages * number // (len(blows) + 1)
            wait_until(partial(self._has_reached, target), timeout_s=DRAIN_S, what=f"at {target}", every_s=0.05)
            if blow == "aim":
                self.is_armed.set()
                wait_until(self._has_hit, timeout_s=DRAIN_S, what="aimed", every_s=0.02)
            else:
                time.sleep(self.dice.uniform(0, 0.3))
                self._drop()
            if number % 5 == 0:
                tell(f"{number} kills, {len(self.made.sink.mailbox.copies)} mails")

    def revive(self) -> bool:
        """Start again what was killed; always False, for use in a condition."""
        self.made.revive()
        return False

    def _has_hit(self) -> bool:
        self.revive()
        return not self.is_armed.is_set()

    def _has_reached(self, target: int) -> bool:
        self.revive()
        return len(self.made.sink.mailbox.copies) >= target

    def _drop(self) -> None:
        if self.dice.random() < 0.2:  # noqa: PLR2004  one in ten of all
            self.dice.choice(self.schedulers).kill()
            self.at_schedulers += 1
            self.kills += 1
            return
        worker = self.dice.choice([worker for worker in self.workers if worker.is_running()] or self.workers)
        members = worker.members()
        # The main process alone, its child alone, or both at once, as a machine that loses its power.
        blow = self.dice.choice(["main", "child", "all"])
        if blow == "all":
            worker.kill()
        else:
            kill_one(members[0] if blow == "main" or len(members) == 1 else members[-1])
        self.kills += 1

    def _aim(self, port: int) -> Callable[[], None] | None:
        """Who is at the other end, found before the server answers 250; the blow falls right after it."""
        if not self.is_armed.is_set():
            return None
        candidates = [pid for worker in self.workers if worker.is_running() for pid in worker.members()[1:]]
        pid = pid_of_peer(port, candidates)
        return None if pid is None else partial(self._blow, pid)

    def _blow(self, pid: int) -> None:
        if kill_one(pid):
            self.kills += 1
            self.after_answer += 1
            self.is_armed.clear()


def _result(args: Namespace, made: Stack, killer: Killer) -> dict[str, object]:
    from benchmarks._fire import seeds

    box = made.sink.mailbox
    lost = args.messages - len(box.copies)
    dead = seeds.count("dead")
    told = seeds.facts("fire.told")
    holds = lost == 0 and box.duplicates <= killer.kills and box.differing == 0 and dead == 0 and told == args.messages
    return {
        "name": "crash",
        "database": args.database,
        "broker": args.broker,
        "messages": args.messages,
        "kills": killer.kills,
        "kills_after_250": killer.after_answer,
        "kills_of_beat_or_sweep": killer.at_schedulers,
        "lost": lost,
        "duplicates": box.duplicates,
        "duplicates_that_differ": box.differing,
        "clocks_started": told,
        "dead": dead,
        "holds": holds,
    }
