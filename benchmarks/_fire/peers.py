"""Which of our processes is at the other end of a TCP connection on loopback."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LOCAL_ADDRESS = 1
INODE = 9


def pid_of_peer(port: int, candidates: Iterable[int]) -> int | None:
    """The process among ``candidates`` whose end of a connection has this port."""
    inode = _inode_of(port)
    if inode is None:
        return None
    wanted = f"socket:[{inode}]"
    return next((pid for pid in candidates if wanted in _links_of(pid)), None)


def _inode_of(port: int) -> str | None:
    ending = f":{port:04X}"
    for line in Path("/proc/net/tcp").read_text().splitlines()[1:]:
        fields = line.split()
        if fields[LOCAL_ADDRESS].endswith(ending):
            return fields[INODE]
    return None


def _links_of(pid: int) -> set[str]:
    found = set()
    try:
        for path in Path(f"/proc/{pid}/fd").iterdir():
            found.add(str(path.readlink()))
    except OSError:
        return found  # the process, or the file, has just gone
    return found
