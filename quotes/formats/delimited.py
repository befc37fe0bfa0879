r"""CSV and TSV: the flat form, for people and data frames.

Consumes rows; produces one header and a line a row, ended by a newline, and the other way round. What a spreadsheet
would run as a formula is guarded, reversibly. A lone surrogate is written as `\udxxx`, for good.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.errors import InputError
from quotes.formats.base import Options, known_columns, typed
from quotes.records import Record
from quotes.schema import Column

if TYPE_CHECKING:
    import pandas as pd

_FORMULA = re.compile(r"'*\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
"""What a spreadsheet would run (OWASP, CSV injection; full-width signs count), and what looks guarded already."""
_GUARDED = re.compile(rf"'(?={_FORMULA.pattern})")


def guard(cell: str) -> str:
    """Return `cell` so that no spreadsheet runs it as a formula: with an apostrophe before it where needed."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """Return the cell that `guard` was given; `unguard(guard(cell)) == cell` for every string."""
    return cell[1:] if _GUARDED.match(cell) else cell


def write_csv(rows: Sequence[Record], options: Options, first: bool) -> bytes:
    """Return rows as CSV, after the header where they are the `first`."""
    return _write(rows, options, first, ",")


def write_tsv(rows: Sequence[Record], options: Options, first: bool) -> bytes:
    """Return rows as TSV, quoted as CSV is, after the header where they are the `first`."""
    return _write(rows, options, first, "\t")


def read_csv(
    path: Path, columns: tuple[Column, ...], guarded: bool, *, separator: str = ",", complete: bool = False
) -> list[Record]:
    """Return the rows of a CSV file with the types that they were written with; columns not ours stay, as text.

    `columns` are those of the table, `guarded` says whether the file was written so; where `complete`, it must have
    every one of them. Raises InputError where it is not such a table.
    """
    limit = csv.field_size_limit(sys.maxsize)  # a quotation may be longer than the csv module's default
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            lines = csv.reader(stream, delimiter=separator)
            header = [unguard(name) if guarded else name for name in next(lines, [])]
            missing = [column.name for column in columns if complete and column.name not in header]
            if missing:
                raise InputError(f"{path}: is no table of quotations: it has no column {missing[0]!r}")
            found = known_columns(header, columns, str(path))
            texts = [guarded and column.type == "string" for column in found.values()]
            rows = []
            for line in lines:
                if line:  # one without a single cell is no row
                    cells = [unguard(cell) if text else cell for cell, text in zip(line, texts, strict=False)]
                    rows.append(typed(cells + line[len(cells) :], found, f"{path}, line {lines.line_num}"))
            return rows
    finally:
        csv.field_size_limit(limit)


def read_tsv(path: Path, columns: tuple[Column, ...], guarded: bool) -> list[Record]:
    """Return the rows of a TSV file; see `read_csv`."""
    return read_csv(path, columns, guarded, separator="\t")


def _write(rows: Sequence[Record], options: Options, first: bool, separator: str) -> bytes:
    strings = [column.name for column in options.columns if column.type == "string"]
    names = options.names()
    if options.guarded:
        rows = [{**row, **{name: guard(row[name]) for name in strings if row[name]}} for row in rows]
        names = [guard(name) for name in names]
    bare = _has_bare_return(rows, strings, separator)
    text = _frame(rows, options.columns).to_csv(
        index=False,
        header=False,
        sep=separator,
        lineterminator="\n",
        quoting=csv.QUOTE_NONNUMERIC if bare else csv.QUOTE_MINIMAL,
    )
    if first:
        head = io.StringIO()
        csv.writer(head, delimiter=separator, lineterminator="\n").writerow(names)
        text = head.getvalue() + text
    signature = codecs.BOM_UTF8 if first and options.encoding == "utf-8-sig" else b""
    return signature + text.encode("utf-8", errors="backslashreplace")


def _frame(rows: Sequence[Record], columns: Sequence[Column]) -> pd.DataFrame:
    import pandas as pd

    # Strings stay Python's: Arrow's hold no lone surrogate.
    types = {"string": "object", "integer": "Int64", "probability": "float64", "boolean": "boolean"}
    return pd.DataFrame(
        {column.name: pd.Series([row[column.name] for row in rows], dtype=types[column.type]) for column in columns}
    )


def _has_bare_return(rows: Sequence[Record], strings: Sequence[str], separator: str) -> bool:
    """Whether a cell needs quotes for a carriage return alone, which the csv module of Python 3.11 does not give it."""
    cells = (row[name] or "" for row in rows for name in strings)
    return any("\r" in cell and not any(char in cell for char in f'\n"{separator}') for cell in cells)
