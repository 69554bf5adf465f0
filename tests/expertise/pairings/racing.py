"""Real processes that act at the same moment on a real database: the test's own, a file or a server."""

from __future__ import annotations

import multiprocessing
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.synchronize import Barrier

Act = tuple["Callable[..., object]", dict[str, Any]]
# Forked, so that every process has the test's database and its settings; each opens its own connection.
CONTEXT = multiprocessing.get_context("fork")
PATIENCE_S = 120


@contextmanager
def racers(count: int) -> Iterator[Callable[[Sequence[Act]], list[str]]]:
    """Give a function that lets ``count`` processes act at once and returns the code of each: ``done`` or an error’s.

    The processes live for all rounds; a barrier lets them go together.
    """
    connections.close_all()
    barrier = CONTEXT.Barrier(count)
    pipes, processes = [], []
    for _ in range(count):
        ours, theirs = CONTEXT.Pipe()
        process = CONTEXT.Process(target=_race, args=(theirs, barrier), daemon=True)
        process.start()
        pipes.append(ours)
        processes.append(process)

    def run(acts: Sequence[Act]) -> list[str]:
        for pipe, act in zip(pipes, acts, strict=True):
            pipe.send(act)
        return [_answer(pipe) for pipe in pipes]

    try:
        yield run
    finally:
        # A fork holds its elders' pipes open, so that closing ends nothing: each is told.
        for pipe in pipes:
            pipe.send(None)
        for process in processes:
            process.join(PATIENCE_S)


def _answer(pipe: Connection) -> str:
    if not pipe.poll(PATIENCE_S):
        raise TimeoutError("A racer did not come back.")
    return str(pipe.recv())


def _race(pipe: Connection, barrier: Barrier) -> None:
    while (act := pipe.recv()) is not None:
        barrier.wait(PATIENCE_S)
        pipe.send(_act(*act))
    connections.close_all()


def _act(function: Callable[..., object], arguments: dict[str, Any]) -> str:
    try:
        function(**arguments)
    except Exception as error:  # noqa: BLE001  the code of every failure is what the test reads
        return getattr(error, "code", None) or f"{type(error).__name__}: {error}"
    return "done"
