"""Named arrays in one file: written whole or not at all, mapped into memory, shared by all who read it."""

import json
import os
import tempfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

MAGIC: Final = b"maillage-arrays-1\n"
_ALIGNED: Final = 64
_NUMBERS: Final = 16
"""Letters of the header's length and check sum, before the header."""

Array = NDArray[Any]


class UnreadableFileError(ValueError):
    """Truncated, of another make, or not what was written: nothing of it may be used."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What a file holds: JSON values, and numeric arrays by name."""

    facts: Mapping[str, Any]
    arrays: Mapping[str, Array]


def write(path: Path, stored: Stored) -> None:
    """Write a file beside `path`, then put it in its place: readers see the old one or the new one.

    Raises:
        OSError: The folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            for piece in _pieces(stored):
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        Path(part).replace(path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def read(path: Path) -> Stored:
    """Map a file; its arrays are read-only and take no memory of their own.

    Raises:
        FileNotFoundError: There is none.
        UnreadableFileError: It is not whole, or not what `write` wrote.
    """
    if path.stat().st_size <= len(MAGIC) + 2 * _NUMBERS:
        raise UnreadableFileError(f"{path.name} is too short.")
    mapped = np.memmap(path, dtype=np.uint8, mode="r")
    content = mapped.data
    if bytes(content[: len(MAGIC)]) != MAGIC:
        raise UnreadableFileError(f"{path.name} is of another make.")
    begins = len(MAGIC) + 2 * _NUMBERS
    try:
        length, check = (int(bytes(content[at : at + _NUMBERS]), 16) for at in (len(MAGIC), len(MAGIC) + _NUMBERS))
        if zlib.crc32(content[begins:]) != check:
            raise UnreadableFileError(f"{path.name} is not what was written.")
        header = json.loads(bytes(content[begins : begins + length]))
        data = mapped[_aligned(begins + length) :]
        return Stored(header["facts"], {name: _view(data, *entry) for name, entry in header["arrays"].items()})
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableFileError(f"{path.name}: {error}") from error


def pack_words(words: list[str]) -> Array:
    """Return words, none of which holds a line break, as bytes."""
    return np.frombuffer(bytearray("\n".join(words).encode()), dtype=np.uint8)


def unpack_words(packed: Array) -> list[str]:
    """Return what `pack_words` packed; an empty array is no word."""
    return packed.tobytes().decode().split("\n") if packed.size else []


def _pieces(stored: Stored) -> list[bytes]:
    entries: dict[str, tuple[str, list[int], int]] = {}
    data = bytearray()
    for name, array in stored.arrays.items():
        data += bytes(-len(data) % _ALIGNED)
        entries[name] = (array.dtype.str, list(array.shape), len(data))
        data += np.ascontiguousarray(array).tobytes()
    header = json.dumps({"facts": stored.facts, "arrays": entries}, ensure_ascii=False).encode()
    begins = len(MAGIC) + 2 * _NUMBERS
    padding = bytes(_aligned(begins + len(header)) - begins - len(header))
    check = zlib.crc32(data, zlib.crc32(padding, zlib.crc32(header)))
    return [MAGIC, b"%016x%016x" % (len(header), check), header, padding, bytes(data)]


def _view(data: Array, dtype: str, shape: list[int], offset: int) -> Array:
    kind = np.dtype(dtype)
    if kind.hasobject:
        raise UnreadableFileError("An array of objects.")
    size = int(np.prod(shape, dtype=np.int64)) * kind.itemsize
    view: Array = np.asarray(data)[offset : offset + size].view(kind).reshape(shape)
    return view


def _aligned(length: int) -> int:
    return -(-length // _ALIGNED) * _ALIGNED
