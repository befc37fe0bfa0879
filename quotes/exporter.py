"""Rows -> files, and back.

Consumes rows (`schema.TABLES`); produces files in any of `FORMATS`, flat ones for people and data frames, nested ones
with everything. A new format is two functions, one that writes and one that reads, and an entry there. A file comes
out whole or not at all.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from quotes.errors import InputError, QuotesError, UsageError
from quotes.formats import delimited, excel, lines, markdown, parquet, sqlite, webannotation
from quotes.formats.base import Format, Options, library
from quotes.formats.delimited import guard, unguard
from quotes.formats.lines import to_json_line
from quotes.frames import to_frame
from quotes.jsonl import read_jsonl
from quotes.records import Record
from quotes.schema import FLAT, TABLES, Column
from quotes.sinks import Sink, is_stdout

__all__ = [
    "DELIMITED",
    "ENCODINGS",
    "EXTENSIONS",
    "FORMATS",
    "FormatWriter",
    "Options",
    "Writer",
    "columns_for",
    "format_of",
    "guard",
    "open_output",
    "read_csv",
    "read_jsonl",
    "read_rows",
    "to_frame",
    "to_json_line",
    "unguard",
]

ENCODINGS = ("utf-8", "utf-8-sig")
"""What CSV and TSV can be written in; the second opens rightly in spreadsheets that otherwise guess."""
DELIMITED = ("csv", "tsv")
"""The formats that have a choice of encodings, and that a data package describes."""

BATCH = 500
"""Rows that CSV gathers before it writes: a data frame of one row costs as much as one of hundreds."""

FORMATS: dict[str, Format] = {
    made.name: made
    for made in (
        Format("csv", (".csv",), delimited.write_csv, delimited.read_csv, batch=BATCH, lists=False),
        Format("tsv", (".tsv",), delimited.write_tsv, delimited.read_tsv, batch=BATCH, lists=False),
        Format("jsonl", (".jsonl", ".ndjson"), lines.write, lines.read, batch=1),
        Format(
            "xlsx", (".xlsx",), excel.write, excel.read,
            lists=False, binary=True, extra="excel", writes_with="xlsxwriter",
        ),
        Format(
            "parquet", (".parquet",), parquet.write, parquet.read,
            binary=True, extra="parquet", writes_with="pyarrow",
        ),
        Format("sqlite", (".sqlite", ".db"), sqlite.write, sqlite.read, binary=True, needs=sqlite.NEEDS),
        Format("md", (".md",), markdown.write, markdown.read, batch=BATCH, lists=False),
        Format("jsonld", (".jsonld",), webannotation.write, webannotation.read, needs=webannotation.NEEDS),
    )
}  # fmt: skip
"""The formats by name."""

EXTENSIONS: dict[str, str] = {extension: made.name for made in FORMATS.values() for extension in made.extensions}
"""The formats by file extension."""


class ByteStream(Protocol):
    """What a writer needs of a file."""

    def write(self, data: bytes, /) -> int:
        """Write `data`."""


class Writer(Protocol):
    """Writes rows, a batch at a time."""

    def write(self, rows: Sequence[Record]) -> None:
        """Take the next rows."""

    def finish(self) -> None:
        """Write what is still held back; called once, after the last rows."""


class FormatWriter:
    """Writes rows to a byte stream in one of `FORMATS`: as they come where it streams, all at the end elsewhere."""

    def __init__(self, stream: ByteStream, format: Format, options: Options) -> None:
        """Start the file: its head, where the format streams."""
        self._stream = stream
        self._format = format
        self._options = options
        self._rows: list[Record] = []
        if format.batch:
            self._flush(first=True)

    def write(self, rows: Sequence[Record]) -> None:
        """Take the next rows."""
        self._rows += rows
        if 0 < self._format.batch <= len(self._rows):
            self._flush()

    def finish(self) -> None:
        """Write what is held back."""
        self._flush(first=not self._format.batch)

    def _flush(self, *, first: bool = False) -> None:
        if first or self._rows:
            self._stream.write(self._format.write(self._rows, self._options, first))
        self._rows = []


def format_of(path: str | os.PathLike[str], hint: str = ", or name it with --format") -> str:
    """Return the name of the format that the extension of `path` stands for.

    Raises UsageError on any other, which ends in the `hint`.
    """
    extension = Path(path).suffix.lower()
    if extension not in EXTENSIONS:
        known = ", ".join(EXTENSIONS)
        raise UsageError(f"{os.fspath(path)}: no format goes by this extension; use {known}{hint}")
    return EXTENSIONS[extension]


@contextmanager
def open_output(
    path: str | os.PathLike[str] | None,
    format: str | None = None,
    *,
    guarded: bool = True,
    encoding: str = "utf-8",
    columns: tuple[Column, ...] | None = None,
    table: str = "quotations",
) -> Iterator[Writer]:
    """Open `path` (None or `-`: standard output) for rows; what it gives has `.write(rows)`.

    `format` is a name of `FORMATS`, by default that of the extension; `table` is a name of `schema.TABLES`, `columns`
    are the fields to write, by default all that the format holds. A file takes its place when the block ends well,
    and no sooner; when it ends in any exception, nothing changes. Pipes and devices are written as rows come, where
    the format streams.

    Raises UsageError on an unknown format or encoding, and where the format cannot hold the columns; OutputError
    where the file cannot be written or a library for the format is missing.
    """
    name = None if path is None or is_stdout(os.fspath(path)) else os.fspath(path)
    format = format or (format_of(name) if name else "csv")
    if format not in FORMATS:
        raise UsageError(f"unknown format {format!r}; use one of {', '.join(FORMATS)}")
    made = FORMATS[format]
    if encoding not in ENCODINGS:
        raise UsageError(f"unknown encoding {encoding!r}; use one of {', '.join(ENCODINGS)}")
    if encoding != "utf-8" and format not in DELIMITED:
        raise UsageError(f"{format} has an encoding of its own; --output-encoding is for {' and '.join(DELIMITED)}")
    if made.binary and name is None and sys.stdout.isatty():
        raise UsageError(f"a terminal cannot show {format}; name a file with --output")
    options = Options(guarded=guarded, encoding=encoding, columns=columns_for(format, columns, table), table=table)
    if made.writes_with:
        library(made.writes_with, made.extra, format)  # now, rather than when all the work is done
    sink = Sink(name)
    try:
        writer = FormatWriter(sink, made, options)
        yield writer
        writer.finish()
        sink.commit()
    except BaseException:
        sink.discard()
        raise


def columns_for(
    format: str, columns: tuple[Column, ...] | None = None, table: str = "quotations"
) -> tuple[Column, ...]:
    """Return the columns to write: `columns`, or all of the table that the format holds.

    Raises UsageError where the format cannot hold them, or not the table at all.
    """
    made = FORMATS[format]
    if made.needs and table != "quotations":
        able = ", ".join(other.name for other in FORMATS.values() if not other.needs)
        raise UsageError(f"{made.name} is for quotations, not for {table}; use one of {able}")
    if columns is None:
        return tuple(column for column in TABLES[table] if made.lists or column.flat)
    listed = [column.name for column in columns if column.type == "list" and not made.lists]
    if listed:
        able = ", ".join(other.name for other in FORMATS.values() if other.lists)
        raise UsageError(f"{made.name} cannot hold {listed[0]!r}, which is a list; leave it out, or use one of {able}")
    missing = [name for name in made.needs if name not in {column.name for column in columns}]
    if missing:
        raise UsageError(f"{made.name} cannot do without the column {missing[0]!r}; add it, or use another format")
    return columns


def read_rows(
    path: str | os.PathLike[str], format: str | None = None, *, guarded: bool = True, table: str = "quotations"
) -> list[Record]:
    """Return the rows of a file that `open_output` or a command wrote, with the types that they were written with.

    `format` is a name of `FORMATS`, by default that of the extension. `guarded` says whether CSV and TSV were written
    so; `table` is a name of `schema.TABLES`. Nested formats give all fields, flat ones those that they hold. Columns
    that are not ours are kept, in flat formats as text. Raises UsageError on an unknown format, InputError where the
    file cannot be read as one of its format or a library for it is missing.
    """
    name = os.fspath(path)
    format = format or format_of(name, hint="")
    if format not in FORMATS:
        raise UsageError(f"unknown format {format!r}; use one of {', '.join(FORMATS)}")
    try:
        Path(name).open("rb").close()  # so that what the system refuses is said alike for all formats
        return FORMATS[format].read(Path(name), TABLES[table], guarded)
    except QuotesError:
        raise
    except Exception as error:  # each library has its own for a file that is not what its name says
        raise _unreadable(name, format, error) from error


def read_csv(path: str | os.PathLike[str], *, guarded: bool = True) -> list[Record]:
    """Return the rows of a CSV file in the flat form, with the types that they were written with.

    `guarded` says whether the file was written so. Columns that are not ours are kept, as text. Raises InputError
    where the file cannot be read or lacks one of the columns of the flat form; `read_rows` takes any of them.
    """
    try:
        return delimited.read_csv(Path(path), FLAT, guarded, complete=True)
    except (OSError, ValueError, csv.Error) as error:
        raise _unreadable(os.fspath(path), "a table", error) from error


def _unreadable(name: str, kind: str, error: Exception) -> InputError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error) or type(error).__name__
    return InputError(f"{name}: cannot be read as {kind}: {reason.splitlines()[0]}")
