"""Which tests stay together on one of pytest's processes.

xdist 3.8 writes its groups into ``Item._nodeid``, which pytest 9.2 no longer reads: marks alone group nothing
(github.com/pytest-dev/pytest-xdist/issues/1386). So the tests that start real processes are named by their path.
"""

from __future__ import annotations

from xdist.scheduler import LoadGroupScheduling

TOGETHER = ("tests/acceptance/", "tests/tasks/test_fire.py")


class TogetherScheduling(LoadGroupScheduling):
    """xdist's ``loadgroup``, in which each of ``TOGETHER`` is a group too."""

    def _split_scope(self, nodeid: str) -> str:
        return next((path for path in TOGETHER if nodeid.startswith(path)), super()._split_scope(nodeid))
