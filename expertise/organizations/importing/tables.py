"""CSV and XLSX files as rows of texts, a few at a time: encodings and separators found out, or refused clearly."""

from __future__ import annotations

import codecs
import csv
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import ParseError

import openpyxl
from django.utils.translation import gettext_lazy as _

from expertise.organizations.importing.columns import REQUIRED, field_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SEPARATORS: Final = ",;\t|"
CHUNK: Final = 1 << 20
MAX_UNPACKED: Final = 300 * 1024 * 1024
MAX_CELL: Final = 20_000

REFUSALS: Final = {
    "missing": _("Ce fichier n’existe pas ou ne peut pas être lu."),
    "empty": _("Ce fichier est vide."),
    "encoding": _("L’encodage de ce fichier n’est pas reconnu. Enregistrez-le en UTF-8, puis recommencez."),
    "not_table": _("Ce n’est ni un fichier CSV ni un classeur XLSX."),
    "not_xlsx": _("Ce classeur XLSX est abîmé ou n’en est pas un. Ouvrez-le et enregistrez-le de nouveau."),
    "too_big": _("Ce classeur est trop gros une fois ouvert. Enregistrez la feuille en CSV."),
    "headers": _("La première ligne doit nommer les colonnes. Il manque\u00a0: %(missing)s."),
    "broken": _("Le fichier est abîmé à la ligne %(line)s."),
    "too_many": _("Ce fichier a plus de %(limit)s lignes. Importez-le avec la commande import_organizations."),
}


class FileRefusedError(Exception):
    """A file that is refused as a whole; ``code`` is a key of ``REFUSALS``."""

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code)
        self.code = code
        self.data = data

    @property
    def message(self) -> str:
        """Why, in the reader's language."""
        return str(REFUSALS[self.code]) % self.data


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its line in the file, and its texts by field; unknown columns are left out."""

    line: int
    values: dict[str, str]


def read_table(path: Path) -> Iterator[TableRow]:
    """Rows of a CSV or XLSX file, by its content rather than its name. Blank rows are skipped.

    Raises:
        FileRefusedError: the file is missing, empty, damaged, in an unknown encoding, or has no name column.
    """
    try:
        with path.open("rb") as file:
            start = file.read(4)
    except OSError as error:
        raise FileRefusedError("missing") from error
    if not start.strip():
        raise FileRefusedError("empty")
    rows = _xlsx_rows(path) if start.startswith(b"PK") else _csv_rows(path)
    yield from _named(rows)


def _named(rows: Iterator[tuple[int, list[str]]]) -> Iterator[TableRow]:
    """Give cells their fields, by the first row."""
    _line, headers = next(rows, (0, []))
    fields = [field_of(header) for header in headers]
    missing = [column.headers[0] for column in REQUIRED if column.field not in fields]
    if missing:
        raise FileRefusedError("headers", missing=", ".join(missing))
    for line, cells in rows:
        values = {field: cell.strip() for field, cell in zip(fields, cells, strict=False) if field and cell.strip()}
        if values:
            yield TableRow(line, values)


def _csv_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    encoding = _encoding_of(path)
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline(MAX_CELL)
        file.seek(0)
        reader = csv.reader(file, delimiter=_separator_of(first))
        try:
            for cells in reader:
                yield reader.line_num, cells
        except csv.Error as error:
            raise FileRefusedError("broken", line=reader.line_num) from error


def _encoding_of(path: Path) -> str:
    """``utf-8-sig`` when the bytes are UTF-8, else Windows-1252 (what Excel writes in Québec) when they can be that."""
    for encoding in ("utf-8-sig", "cp1252"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            with path.open("rb") as file:
                while chunk := file.read(CHUNK):
                    if "\x00" in decoder.decode(chunk):
                        raise FileRefusedError("not_table")
                decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise FileRefusedError("encoding")


def _separator_of(header: str) -> str:
    """The separator that finds most of our columns in the first line."""

    def known(separator: str) -> int:
        cells = next(csv.reader([header], delimiter=separator), [])
        return sum(field_of(cell) is not None for cell in cells)

    return max(SEPARATORS, key=known)


def _xlsx_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise FileRefusedError("too_big")
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
                yield line, [_text(cell) for cell in cells]
        finally:
            book.close()
    except (zipfile.BadZipFile, KeyError, IndexError, ValueError, TypeError, OSError, EOFError, ParseError) as error:
        raise FileRefusedError("not_xlsx") from error


def _text(cell: object) -> str:
    """A cell as a person would type it."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)[:MAX_CELL]
