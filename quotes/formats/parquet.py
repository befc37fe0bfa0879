"""Parquet: the nested form with its types, for data frames and databases.

Consumes rows; produces the bytes of a parquet file, and the other way round. Lists are lists of structs.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quotes.formats.base import Options, escaped, library
from quotes.readers.base import library as library_to_read
from quotes.records import Record
from quotes.schema import Column


def write(rows: Sequence[Record], options: Options, first: bool) -> bytes:
    """Return a parquet file of all rows; raises OutputError where the library is missing."""
    arrow = library("pyarrow", "parquet", "parquet")
    parquet = library("pyarrow.parquet", "parquet", "parquet")
    schema = arrow.schema([_field(arrow, column) for column in options.columns])
    stream = io.BytesIO()
    parquet.write_table(
        arrow.Table.from_pylist([escaped(row) for row in rows], schema=schema), stream, compression="zstd"
    )
    return stream.getvalue()


def read(path: Path, columns: tuple[Column, ...], guarded: bool) -> list[Record]:
    """Return the rows of a parquet file; raises InputError where the library is missing."""
    parquet = library_to_read("pyarrow.parquet", "parquet", "parquet")
    # Not `read_table`, which reads columns out of the names of folders.
    rows: list[Record] = parquet.ParquetFile(io.BytesIO(path.read_bytes())).read().to_pylist()
    return rows


def _field(arrow: Any, column: Column) -> Any:
    """Return a column as arrow declares it, with its description for those who look."""
    kinds = {
        "string": arrow.string(),
        "integer": arrow.int64(),
        "probability": arrow.float64(),
        "boolean": arrow.bool_(),
    }
    if column.type == "list":
        kind = arrow.list_(arrow.field("item", arrow.struct([_field(arrow, item) for item in column.item]), False))
    else:
        kind = kinds[column.type]
    return arrow.field(column.name, kind, column.nullable, {"description": column.description})
