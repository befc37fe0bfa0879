"""Rows -> files, and back.

Consumes rows (`table.COLUMNS`); produces CSV (flat, for people and data frames) and JSONL (everything). One writer
class a format, listed in `FORMATS`; a new format is a class with `write` and `finish` and a line there. A file comes
out whole or not at all.
"""

from __future__ import annotations

import codecs
import csv
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from quotes.errors import InputError, UsageError
from quotes.jsonl import read_jsonl
from quotes.records import Record
from quotes.sinks import Sink, is_stdout
from quotes.table import FLAT, Column

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "ENCODINGS",
    "EXTENSIONS",
    "FORMATS",
    "CsvWriter",
    "JsonlWriter",
    "Options",
    "Writer",
    "format_of",
    "guard",
    "open_output",
    "read_csv",
    "read_jsonl",
    "to_frame",
    "to_json_line",
    "unguard",
]

ENCODINGS = ("utf-8", "utf-8-sig")
"""What CSV can be written in; the second opens rightly in spreadsheets that otherwise guess."""

BATCH = 500
"""Rows that CSV gathers before it writes: a data frame of one row costs as much as one of hundreds."""

_FORMULA = re.compile(r"'*\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
"""What a spreadsheet would run (OWASP, CSV injection; full-width signs count), and what looks guarded already."""
_GUARDED = re.compile(rf"'(?={_FORMULA.pattern})")
_SURROGATE = re.compile("[\ud800-\udfff]")


def guard(cell: str) -> str:
    """Return `cell` so that no spreadsheet runs it as a formula: with an apostrophe before it where needed."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguard(cell: str) -> str:
    """Return the cell that `guard` was given; `unguard(guard(cell)) == cell` for every string."""
    return cell[1:] if _GUARDED.match(cell) else cell


def _guarded(row: Record, strings: Sequence[str]) -> Record:
    return {**row, **{name: guard(row[name]) for name in strings if row[name]}}


@dataclass(frozen=True, slots=True)
class Options:
    """How to write; a format reads what concerns it."""

    guarded: bool = True
    """Whether CSV cells that a spreadsheet would run are guarded."""
    encoding: str = "utf-8"
    """One of `ENCODINGS`."""
    columns: tuple[Column, ...] = FLAT
    """What the flat form has."""


class ByteStream(Protocol):
    """What a writer needs of a file."""

    def write(self, data: bytes, /) -> int:
        """Write `data`."""


class Writer(Protocol):
    """Writes rows to a byte stream, a batch at a time."""

    def write(self, rows: Sequence[Record]) -> None:
        """Take the next rows."""

    def finish(self) -> None:
        """Write what is still held back; called once, after the last rows."""


class CsvWriter:
    r"""The flat form, one header, lines ended by a newline. A lone surrogate is written as `\udxxx`, for good."""

    def __init__(self, stream: ByteStream, options: Options) -> None:
        """Start the file: the signature, where the encoding has one, and the header."""
        self._stream = stream
        self._guarded = options.guarded
        self._columns = options.columns
        self._strings = tuple(column.name for column in options.columns if column.type == "string")
        self._rows: list[Record] = []
        signature = codecs.BOM_UTF8 if options.encoding == "utf-8-sig" else b""
        stream.write(signature + ",".join(column.name for column in self._columns).encode() + b"\n")

    def write(self, rows: Sequence[Record]) -> None:
        """Take the next rows."""
        self._rows += rows
        if len(self._rows) >= BATCH:
            self.finish()

    def finish(self) -> None:
        """Write what is held back."""
        rows = [_guarded(row, self._strings) for row in self._rows] if self._guarded else self._rows
        text = to_frame(rows, self._columns).to_csv(
            index=False,
            header=False,
            lineterminator="\n",
            quoting=csv.QUOTE_NONNUMERIC if _has_bare_return(rows, self._strings) else csv.QUOTE_MINIMAL,
        )
        self._stream.write(text.encode("utf-8", errors="backslashreplace"))
        self._rows = []


def _has_bare_return(rows: Sequence[Record], strings: Sequence[str]) -> bool:
    """Whether a cell needs quotes for a carriage return alone, which the csv module of Python 3.11 does not give it."""
    cells = (row[name] or "" for row in rows for name in strings)
    return any("\r" in cell and not any(char in cell for char in '\n,"') for cell in cells)


class JsonlWriter:
    """The full form, one object a line."""

    def __init__(self, stream: ByteStream, options: Options) -> None:
        """Start the file. Raises UsageError on an encoding with a signature, which JSON forbids."""
        if options.encoding != "utf-8":
            raise UsageError("jsonl is always utf-8; --output-encoding is for csv")
        self._stream = stream

    def write(self, rows: Sequence[Record]) -> None:
        """Write the next rows."""
        self._stream.write("".join(map(to_json_line, rows)).encode())

    def finish(self) -> None:
        """Nothing is held back."""


FORMATS: dict[str, Callable[[ByteStream, Options], Writer]] = {"csv": CsvWriter, "jsonl": JsonlWriter}
"""The formats by name."""

EXTENSIONS: dict[str, str] = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
"""The formats by file extension."""


def format_of(path: str | os.PathLike[str]) -> str:
    """Return the name of the format that the extension of `path` stands for. Raises UsageError on any other."""
    extension = Path(path).suffix.lower()
    if extension not in EXTENSIONS:
        known = ", ".join(EXTENSIONS)
        raise UsageError(f"{os.fspath(path)}: no format goes by this extension; use {known}, or name it with --format")
    return EXTENSIONS[extension]


def to_json_line(row: Record) -> str:
    """Return a row as one line of JSONL, newline included, in readable Unicode; lone surrogates are escaped."""
    line = json.dumps(row, ensure_ascii=False, allow_nan=False)
    return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", line) + "\n"


def to_frame(rows: Sequence[Record], columns: Sequence[Column] = FLAT) -> pd.DataFrame:
    """Return rows as a data frame of the flat form: offsets as Int64, flags as boolean, null as missing.

    `columns` are those of quotations, or `schema.LEDGER` for a ledger.
    """
    import pandas as pd

    # Strings stay Python's: Arrow's hold no lone surrogate.
    types = {"string": "object", "integer": "Int64", "probability": "float64", "boolean": "boolean"}
    return pd.DataFrame(
        {column.name: pd.Series([row[column.name] for row in rows], dtype=types[column.type]) for column in columns}
    )


@contextmanager
def open_output(
    path: str | os.PathLike[str] | None,
    format: str | None = None,
    *,
    guarded: bool = True,
    encoding: str = "utf-8",
    columns: tuple[Column, ...] = FLAT,
) -> Iterator[Writer]:
    """Open `path` (None or `-`: standard output) for rows; what it gives has `.write(rows)`.

    `format` is a name of `FORMATS`, by default that of the extension; `columns` are those of the flat form. A file
    takes its place when the block ends well, and no sooner; when it ends in any exception, nothing changes. Pipes and
    devices are written as rows come.

    Raises UsageError on an unknown format or encoding, OutputError where the file cannot be written.
    """
    name = None if path is None or is_stdout(os.fspath(path)) else os.fspath(path)
    format = format or (format_of(name) if name else "csv")
    if format not in FORMATS:
        raise UsageError(f"unknown format {format!r}; use one of {', '.join(FORMATS)}")
    if encoding not in ENCODINGS:
        raise UsageError(f"unknown encoding {encoding!r}; use one of {', '.join(ENCODINGS)}")
    sink = Sink(name)
    try:
        writer = FORMATS[format](sink, Options(guarded=guarded, encoding=encoding, columns=columns))
        yield writer
        writer.finish()
        sink.commit()
    except BaseException:
        sink.discard()
        raise


def read_csv(path: str | os.PathLike[str], *, guarded: bool = True) -> list[Record]:
    """Return the rows of a CSV file in the flat form, with the types that they were written with.

    `guarded` says whether the file was written so. Columns that are not ours are kept, as text. Raises InputError
    where the file cannot be read or is not such a table.
    """
    name = os.fspath(path)
    limit = csv.field_size_limit(sys.maxsize)  # a quotation may be longer than the csv module's default
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = [column.name for column in FLAT if column.name not in (reader.fieldnames or ())]
            if missing:
                raise InputError(f"{name}: is no table of quotations: it has no column {missing[0]!r}")
            return [_typed(row, guarded, f"{name}, line {reader.line_num}") for row in reader]
    except (OSError, ValueError, csv.Error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(f"{name}: cannot be read as a table: {reason}") from error
    finally:
        csv.field_size_limit(limit)


def _typed(row: dict[str, str], guarded: bool, where: str) -> Record:
    try:
        known = {column.name: _value(column, row[column.name], guarded) for column in FLAT}
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(f"{where}: is no row of a table of quotations ({error})") from error
    return {**known, **{name: cell for name, cell in row.items() if name not in known}}


def _value(column: Column, cell: str, guarded: bool) -> Any:
    if cell == "" and column.nullable:
        return None
    match column.type:
        case "integer":
            return int(cell)
        case "probability":
            return float(cell)
        case "boolean":
            return {"True": True, "False": False}[cell]
        case _:
            return unguard(cell) if guarded else cell
