"""What every format shares: what it is told, what it says of itself, and how a cell of text becomes a value.

Imports nothing that takes long; a format's library is imported when the first file of its kind is written or read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotes import extras
from quotes.errors import InputError, OutputError
from quotes.records import Record
from quotes.schema import FLAT, Column

SURROGATE = re.compile("[\ud800-\udfff]")
"""Half of a character, which a Python string can hold and UTF-8 cannot."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to write; a format reads what concerns it."""

    guarded: bool = True
    """Whether CSV and TSV cells that a spreadsheet would run are guarded."""
    encoding: str = "utf-8"
    """`utf-8`, or `utf-8-sig` for CSV and TSV with a signature."""
    columns: tuple[Column, ...] = FLAT
    """What is written, in order."""
    table: str = "quotations"
    """Which of `schema.TABLES` the rows belong to."""

    def names(self) -> list[str]:
        """Return the names of the columns."""
        return [column.name for column in self.columns]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is called, and the two functions that write and read it."""

    name: str
    extensions: tuple[str, ...]
    write: Callable[[Sequence[Record], Options, bool], bytes]
    """Rows, options and whether these are the first -> bytes; where it does not stream, called once with all rows."""
    read: Callable[[Path, tuple[Column, ...], bool], list[Record]]
    """Path, the columns of the table and whether cells are guarded -> rows."""
    batch: int = 0
    """After how many rows they are written; 0: it does not stream, all rows are written at the end."""
    lists: bool = True
    """Whether it holds the nested form, lists included; otherwise the flat form."""
    binary: bool = False
    """Whether a terminal cannot show it."""
    needs: tuple[str, ...] = ()
    """Columns that it cannot do without; where it has any, it is for quotations only."""
    extra: str = ""
    """The extra of the package that brings its libraries."""
    writes_with: str = ""
    """The library that writes it."""


def library(module: str, extra: str, kind: str) -> Any:
    """Return the imported `module`, which the package's `extra` brings and which writes `kind`.

    Raises OutputError where it is not installed.
    """
    return extras.library(module, extra, f"writing {kind}", OutputError)


def known_columns(names: Iterable[str], columns: Sequence[Column], where: str) -> dict[str, Column]:
    """Return the column of each name that a flat file's header has; a name that is not ours gets one of text.

    `columns` are those of the table, `where` what messages call the file. Raises InputError where none of the names
    is ours, where one stands twice, or where one is of a field that a flat file cannot hold.
    """
    declared = {column.name: column for column in columns}
    found: dict[str, Column] = {}
    for name in names:
        if name in found:
            raise InputError(f"{where}: has the column {name!r} twice; take one out")
        found[name] = declared.get(name) or Column(name, "string", "not ours", nullable=True)
        if found[name].type == "list":
            raise InputError(f"{where}: is no table of quotations: its column {name!r} is not what ours holds")
    if declared.keys().isdisjoint(found):
        raise InputError(f"{where}: is no table of ours: it has no column {columns[0].name!r} or other that we know")
    return found


def value_of(column: Column, cell: str) -> Any:
    """Return what a cell of text stands for; raises ValueError or KeyError where it is nothing of the column's type."""
    if cell == "" and column.nullable:
        return None
    match column.type:
        case "integer":
            return int(cell)
        case "probability":
            return float(cell)
        case "boolean":
            return {"true": True, "false": False}[cell.lower()]
        case _:
            return cell


def typed(row: Sequence[str], columns: dict[str, Column], where: str) -> Record:
    """Return a row of cells as a record; raises InputError, naming `where`, where it does not fit the columns."""
    try:
        pairs = zip(columns.items(), row, strict=True)
        return {name: value_of(column, cell) for (name, column), cell in pairs}
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(f"{where}: is no row of such a table ({error})") from error


def escaped(value: Any) -> Any:
    r"""Return `value`, a record or part of one, with each lone surrogate as `\udxxx`, for good, as CSV has it."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode() if SURROGATE.search(value) else value
    if isinstance(value, dict):
        return {key: escaped(part) for key, part in value.items()}
    return [escaped(part) for part in value] if isinstance(value, list) else value


def to_json(value: Any) -> str:
    """Return `value` as JSON on one line, in readable Unicode; lone surrogates are escaped, and come back."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def place(number: int, row: Record) -> str:
    """Return what messages call a row: its number from 1, and its document and offset where it has them."""
    known = ", ".join(f"{name} {row[name]}" for name in ("doc_id", "start") if row.get(name) is not None)
    return f"row {number} ({known})" if known else f"row {number}"
