"""Reading JSONL files that may not be what they say: whole files are refused, single rows are named."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_LINE_BYTES = 1_000_000
UTF8_MARK = b"\xef\xbb\xbf"

REFUSALS = {
    "missing": _("Ce fichier n’existe pas ou ne peut pas être lu."),
    "empty": _("Ce fichier est vide."),
    "encoding": _("La ligne %(line)d n’est pas en UTF-8. Enregistrez le fichier en UTF-8, puis recommencez."),
    "not_jsonl": _("Ce n’est pas un fichier JSONL\u00a0: chaque ligne doit être un objet JSON."),
    "truncated": _("Le fichier est coupé à la ligne %(line)d. Copiez-le de nouveau, puis recommencez."),
}
BAD_ROWS = {
    "not_json": _("ce n’est pas du JSON"),
    "not_object": _("ce n’est pas un objet JSON"),
    "too_long": _("la ligne est trop longue"),
}


class UnreadableFileError(Exception):
    """A file that is refused as a whole; ``code`` is a key of ``REFUSALS``."""

    def __init__(self, code: str, line: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.line = line

    @property
    def message(self) -> str:
        """Why, in the reader's language."""
        return str(REFUSALS[self.code]) % {"line": self.line}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file: its number from 1, and its object or the reason why there is none (a key of ``BAD_ROWS``)."""

    number: int
    data: dict[str, object] | None = None
    reason: str = ""


def count_lines(path: Path) -> int:
    """Number of lines with content.

    Raises:
        UnreadableFileError: the file is missing, empty, not UTF-8, cut, or no JSONL at all.
    """
    count = 0
    for line in read_lines(path):
        if count == 0 and line.data is None:
            raise UnreadableFileError("not_jsonl", line.number)
        count += 1
    if not count:
        raise UnreadableFileError("empty")
    return count


def read_lines(path: Path) -> Iterator[Line]:
    """Every line with content, one at a time.

    Raises:
        UnreadableFileError: the file is missing, not UTF-8 or cut.
    """
    try:
        with path.open("rb") as file:
            for number, raw in enumerate(file, start=1):
                content = raw.removeprefix(UTF8_MARK) if number == 1 else raw
                if content.strip():
                    yield _line_of(number, content)
    except OSError as error:
        raise UnreadableFileError("missing") from error


def _line_of(number: int, raw: bytes) -> Line:
    if len(raw) > MAX_LINE_BYTES:
        return Line(number, reason="too_long")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableFileError("encoding", number) from error
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        if number > 1 and not raw.endswith(b"\n"):
            raise UnreadableFileError("truncated", number) from error
        return Line(number, reason="not_json")
    if not isinstance(data, dict):
        return Line(number, reason="not_object")
    return Line(number, data=data)
