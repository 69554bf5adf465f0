"""What is kept in files: never a wrong answer, whatever became of the file."""

from __future__ import annotations

import multiprocessing
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest

from expertise.matching import arrays, kept
from expertise.matching.arrays import Stored, UnreadableFileError
from expertise.matching.kept import Kept

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILE = "words.arrays"


def keeper() -> Kept[str]:
    """What one process has: nothing in memory yet."""
    return Kept(FILE, pack=lambda word: Stored({"word": word}, {}), unpack=lambda stored: stored.facts["word"])


def builder(word: str, calls: list[str | None]) -> Callable[[str | None], str]:
    def build(before: str | None) -> str:
        calls.append(before)
        return word

    return build


def test_arrays_come_back_as_they_were(tmp_path: Path) -> None:
    written = {
        "numbers": np.arange(6, dtype=np.int64).reshape(2, 3),
        "none": np.array([], dtype=np.float32),
        "words": arrays.pack_words(["école", "wifi"]),
        "no words": arrays.pack_words([]),
    }
    arrays.write(tmp_path / FILE, Stored({"lang": "fr"}, written))
    read = arrays.read(tmp_path / FILE)
    assert read.facts == {"lang": "fr"}
    for name, array in written.items():
        assert read.arrays[name].dtype == array.dtype
        assert np.array_equal(read.arrays[name], array)
    assert arrays.unpack_words(read.arrays["words"]) == ["école", "wifi"]
    assert arrays.unpack_words(read.arrays["no words"]) == []


def test_file_cut_anywhere_or_changed_anywhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / FILE
    arrays.write(path, Stored({"lang": "fr"}, {"numbers": np.arange(20)}))
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(UnreadableFileError):
            arrays.read(path)
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(UnreadableFileError):
            arrays.read(path)


def test_new_file_does_not_disturb_who_reads_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / FILE
    arrays.write(path, Stored({}, {"numbers": np.arange(1000)}))
    mapped = arrays.read(path).arrays["numbers"]
    arrays.write(path, Stored({}, {"numbers": np.zeros(10)}))
    assert mapped.sum() == 499_500
    assert [found.name for found in tmp_path.iterdir()] == [FILE], "no part is left behind"


def test_failed_writing_leaves_the_old_file_and_no_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / FILE
    arrays.write(path, Stored({"word": "old"}, {}))

    def refuse(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(arrays.os, "fsync", refuse)
    with pytest.raises(OSError, match="disk full"):
        arrays.write(path, Stored({"word": "new"}, {}))
    assert arrays.read(path).facts["word"] == "old"
    assert [found.name for found in tmp_path.iterdir()] == [FILE]


def test_second_process_reads_what_the_first_one_built(tmp_path: Path) -> None:
    calls: list[str | None] = []
    assert keeper().get("1", builder("first", calls), tmp_path) == "first"
    assert keeper().get("1", builder("second", calls), tmp_path) == "first"
    assert calls == [None]


def test_other_stamp_is_built_from_the_one_before_and_replaces_it(tmp_path: Path) -> None:
    calls: list[str | None] = []
    one = keeper()
    one.get("1", builder("first", calls), tmp_path)
    keeper().get("2", builder("second", calls), tmp_path)
    assert one.get("2", builder("third", calls), tmp_path) == "second"
    assert calls == [None, "first"]


@pytest.mark.parametrize("damage", ["truncated", "empty", "noise", "other format", "other content", "folder"])
def test_useless_file_is_built_anew(damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / FILE
    if damage == "other format":
        monkeypatch.setattr(kept, "FORMAT", kept.FORMAT + 1)
    if damage != "folder":
        keeper().get("1", builder("old", []), tmp_path)
    monkeypatch.undo()
    if damage == "truncated":
        path.write_bytes(path.read_bytes()[:-7])
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "noise":
        path.write_bytes(bytes(range(256)) * 40)
    elif damage == "other content":
        arrays.write(path, Stored({"format": kept.FORMAT, "stamp": "1"}, {}))
    elif damage == "folder":
        path.mkdir(parents=True)
    assert keeper().get("1", builder("new", []), tmp_path) == "new"
    if damage != "folder":
        assert keeper().get("1", builder("newer", []), tmp_path) == "new", "the file is whole again"


def test_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    nowhere = tmp_path / "file" / "below"
    (tmp_path / "file").write_text("not a folder")
    assert keeper().get("1", builder("word", []), nowhere) == "word"


def test_without_a_folder_memory_serves() -> None:
    calls: list[str | None] = []
    one = keeper()
    assert [one.get(stamp, builder(stamp, calls), None) for stamp in ("1", "1", "2")] == ["1", "1", "2"]
    assert calls == [None, "1"]


def test_failed_build_leaves_nothing_behind(tmp_path: Path) -> None:
    def fail(_: str | None) -> str:
        raise ZeroDivisionError

    one = keeper()
    one.get("1", builder("first", []), tmp_path)
    with pytest.raises(ZeroDivisionError):
        one.get("2", fail, tmp_path)
    assert one.get("2", builder("second", []), tmp_path) == "second"


def test_threads_that_need_it_at_once_build_it_once(tmp_path: Path) -> None:
    calls: list[str | None] = []
    one = keeper()
    start = threading.Barrier(4)

    def need() -> None:
        start.wait()
        one.get("1", builder("word", calls), tmp_path)

    threads = [threading.Thread(target=need) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert calls == [None]


def _need(folder: Path, start: object, built: object) -> None:
    start.wait()  # type: ignore[attr-defined]

    def build(_: str | None) -> str:
        with built.get_lock():  # type: ignore[attr-defined]
            built.value += 1  # type: ignore[attr-defined]
        return "word"

    assert keeper().get("1", build, folder) == "word"


def test_processes_that_need_it_at_once_build_it_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    start, built = context.Barrier(3), context.Value("i", 0)
    processes = [context.Process(target=_need, args=(tmp_path, start, built)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert built.value == 1
