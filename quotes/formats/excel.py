"""Excel workbooks: the flat form, for people, with a second sheet of the speakers.

Consumes rows; produces the bytes of an xlsx file, and the other way round. Text stays text: nothing of an article
becomes a formula, a number or a link. What Excel cannot hold is an error that names the row, never cut off.
"""

from __future__ import annotations

import importlib
import io
import re
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quotes.errors import InputError, OutputError
from quotes.formats.base import Options, escaped, known_columns, library, place, typed
from quotes.formats.delimited import guard
from quotes.readers.base import library as library_to_read
from quotes.records import Record
from quotes.schema import SPEAKERS, Column
from quotes.speakertable import NEEDED, speaker_rows

CELL, ROWS = 32_767, 1_048_576
"""Characters of a cell (in UTF-16) and rows of a sheet, the header's included, at most."""

WIDTHS = {"quote": 60, "evidence": 40, "review_reason": 40, "prefix": 30, "suffix": 30, "source": 24, "headline": 30}
"""Widths of columns whose cells wrap, in characters; others take what their type does."""
_TYPE_WIDTHS = {"string": 18, "integer": 9, "probability": 10, "boolean": 8}

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How a workbook writes a character that XML has no place for."""
_TWO_ESCAPES = re.compile(r"_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_")
"""What looks like two of those with one underscore between them, of which xlsxwriter shields only one."""


class _Exact(float):
    """A number that xlsxwriter writes with all its digits, where it would round to 16."""

    def __format__(self, _: str) -> str:
        return repr(float(self))


def write(rows: Sequence[Record], options: Options, first: bool) -> bytes:
    """Return a workbook of all rows; of quotations, with a sheet of their speakers where the columns tell them.

    Raises OutputError where the library is missing, or where Excel cannot hold the rows.
    """
    xlsxwriter = library("xlsxwriter", "excel", "xlsx")
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    _sheet(workbook, options.table, options.columns, rows)
    if options.table == "quotations" and set(NEEDED) <= set(options.names()):
        _sheet(workbook, "speakers", SPEAKERS, speaker_rows(rows))
    workbook.close()
    return stream.getvalue()


def read(path: Path, columns: tuple[Column, ...], guarded: bool) -> list[Record]:
    """Return the rows of a workbook: those of the sheet `quotations`, or of the first where there is none.

    `columns` are those of the rows' table; columns that are not ours stay, as text. Raises InputError where the
    library is missing or the sheet is no such table.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions that do not concern us
        book = _workbook(path)
        sheet = book["quotations"] if "quotations" in book.sheetnames else book.worksheets[0]
        sheet.reset_dimensions()  # which some programs state wrongly
        lines = [[_text(cell) for cell in line] for line in sheet.iter_rows(values_only=True)]
    if not lines:
        raise InputError(f"{path}: its sheet {sheet.title!r} is empty")
    found = known_columns(lines[0], columns, str(path))
    width = len(found)
    # Rows end at their last cell that holds something; a row that holds nothing is none.
    padded = [(number, line + [""] * (width - len(line))) for number, line in enumerate(lines[1:], 2) if any(line)]
    return [typed(line, found, f"{path}, row {number}") for number, line in padded]


def _workbook(path: Path) -> Any:
    library_to_read("openpyxl", "excel", "xlsx")
    names = ("cell.text", "reader.excel", "xml.functions")
    text, excel, xml = (importlib.import_module(f"openpyxl.{name}") for name in names)
    reader = excel.ExcelReader(io.BytesIO(path.read_bytes()), read_only=True, data_only=True)

    def read_strings() -> None:
        part = reader.package.find(excel.SHARED_STRINGS)
        if part is not None:
            with reader.archive.open(part.PartName[1:]) as source:
                nodes = (node for _, node in xml.iterparse(source) if node.tag.endswith("}si"))
                reader.shared_strings = [text.Text.from_tree(node).content for node in nodes]

    # As they stand, for `_text`: openpyxl's own way takes `x005F_` out of every text.
    reader.read_strings = read_strings
    reader.read()
    return reader.wb


def _sheet(workbook: Any, name: str, columns: Sequence[Column], rows: Sequence[Record]) -> None:
    if len(rows) >= ROWS:
        raise OutputError(
            f"a sheet of Excel holds {ROWS - 1:,} rows, and these are {len(rows):,}; write csv, parquet or sqlite"
        )
    sheet = workbook.add_worksheet(name)
    head = workbook.add_format({"bold": True, "valign": "top"})
    # As if typed with an apostrophe: text stays text when somebody edits the cell.
    looks = {
        (wraps, prefixed): workbook.add_format({"valign": "top", "text_wrap": wraps, "quote_prefix": prefixed})
        for wraps in (False, True)
        for prefixed in (False, True)
    }
    for x, column in enumerate(columns):
        wraps = column.name in WIDTHS
        sheet.set_column(x, x, WIDTHS.get(column.name, _TYPE_WIDTHS[column.type]), looks[wraps, False])
        sheet.write_string(0, x, column.name, head)
        for y, row in enumerate(rows, start=1):
            value = row[column.name]
            if isinstance(value, str):
                look = looks[wraps, guard(value) != value]
                _write_text(sheet, y, x, _fitting(value, column, y, row), look)
            elif isinstance(value, bool):
                sheet.write_boolean(y, x, value, looks[wraps, False])
            elif value is not None:
                sheet.write_number(y, x, _Exact(value) if isinstance(value, float) else value, looks[wraps, False])
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)


def _fitting(value: str, column: Column, number: int, row: Record) -> str:
    """Return a text as a cell can hold it; raises OutputError where none can."""
    value = escaped(value)
    length = len(value.encode("utf-16-le")) // 2
    if length > CELL:
        raise OutputError(
            f"{place(number, row)}: its {column.name!r} has {length:,} characters, and a cell of Excel holds {CELL:,}; "
            "write csv, jsonl or parquet"
        )
    if found := _TWO_ESCAPES.search(value):
        raise OutputError(
            f"{place(number, row)}: its {column.name!r} has {found.group()!r}, which xlsx cannot keep; "
            "write csv, jsonl or parquet"
        )
    return value


def _write_text(sheet: Any, y: int, x: int, value: str, look: Any) -> None:
    if value.startswith("<r>") and value.endswith("</r>"):
        # xlsxwriter would take it for markup of its own; as rich text, in three parts at least, it is escaped.
        sheet.write_rich_string(y, x, "<", "r", value[2:], look)
    elif value:
        sheet.write_string(y, x, value, look)


def _text(cell: Any) -> str:
    """Return what a cell holds as text, for `base.typed`."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # LibreOffice and Excel have one kind of number
    return (
        _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), str(cell)) if not isinstance(cell, bool) else str(cell)
    )
