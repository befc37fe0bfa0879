"""Tables that were written -> one table to write again.

Consumes files of rows in any format; produces their rows and the columns that these have.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quotes.errors import InputError
from quotes.exporter import FORMATS, read_rows
from quotes.formats.base import to_json
from quotes.records import Record
from quotes.schema import COLUMNS, Column

_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "probability": (int, float),
    "boolean": (bool,),
    "list": (list,),
}

_TELLING = frozenset("quote_id quote start end speaker".split())
"""Columns of ours that no table of articles has, as it may have `title` or `type`."""


def _is_ours(row: Record) -> bool:
    """Whether a row has columns of ours, and, where it has others too, one that tells."""
    known = {column.name for column in COLUMNS}
    return bool(known.intersection(row)) and (known.issuperset(row) or bool(_TELLING.intersection(row)))


def gather(paths: Sequence[str]) -> tuple[list[Record], tuple[Column, ...]]:
    """Return the rows of all files, one file after the other, and the columns that they have.

    Those of ours come first, in their order; others are of text. Raises InputError where a file cannot be read, holds
    a value that its column cannot have, or has not all the columns of ours that another has: what a table does not
    say is not the same as what it says is null.
    """
    tables = {path: read_rows(path) for path in paths}
    for path, table in tables.items():
        if table and not _is_ours(table[0]):
            raise InputError(f"{path}: is no table of quotations: it has none of its columns, such as 'quote'")
    names = {path: dict.fromkeys(name for row in rows for name in row) for path, rows in tables.items() if rows}
    found = dict.fromkeys(name for table in names.values() for name in table)
    ours = [column for column in COLUMNS if column.name in found or not found]
    for path, has in names.items():
        for column in ours:
            if column.name not in has:
                other = next(other for other in names if column.name in names[other])
                raise InputError(f"{path}: has no column {column.name!r}, which {other} has; convert them one by one")
    known = {column.name for column in COLUMNS}
    others = [Column(name, "string", "not ours", nullable=True) for name in found if name not in known]
    rows = [
        {column.name: _checked(column, row.get(column.name), f"{path}, row {i}") for column in ours}
        | {column.name: row.get(column.name) for column in others}
        for path in paths
        for i, row in enumerate(tables[path], start=1)
    ]
    return rows, (*ours, *others)


def fitting(columns: Sequence[Column], format: str) -> tuple[Column, ...]:
    """Return those of the columns of rows that a format holds; of whole rows, a flat one holds the flat form."""
    if FORMATS[format].lists:
        return tuple(columns)
    whole = set(COLUMNS) <= set(columns)
    return tuple(column for column in columns if column.type != "list" and (column.flat or not whole))


def as_text(rows: Sequence[Record], columns: Sequence[Column]) -> list[Record]:
    """Return the rows with what is not text in columns that are not ours as JSON, for formats that have types."""
    ours = {column.name for column in COLUMNS}
    others = [column.name for column in columns if column.name not in ours]
    return [
        {**row, **{name: to_json(row[name]) for name in others if not isinstance(row[name], str | None)}}
        for row in rows
    ]


def _checked(column: Column, value: Any, where: str) -> Any:
    """Return a value as its column has it; raises InputError where it is none of the column's."""
    if value is None and column.nullable:
        return None
    kinds: Any = _KINDS[column.type]
    if not isinstance(value, kinds) or (isinstance(value, bool) and column.type != "boolean"):
        raise InputError(f"{where}: {column.name!r} is {str(value)[:40]!r}, which is no {column.type}")
    if column.type == "list":
        for item in value:
            if not isinstance(item, dict) or item.keys() != {part.name for part in column.item}:
                raise InputError(f"{where}: {column.name!r} has an entry that is not what `quotes schema` says")
        return [{part.name: _checked(part, item[part.name], where) for part in column.item} for item in value]
    return float(value) if column.type == "probability" else value
