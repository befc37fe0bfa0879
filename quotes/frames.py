"""Rows -> a pandas data frame with types.

Consumes rows; produces a frame in which nothing that is missing turns into something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from quotes.records import Record
from quotes.schema import TABLES, Column

if TYPE_CHECKING:
    import pandas as pd


def to_frame(records: Iterable[Record], *, table: str = "quotations", nested: bool = False) -> pd.DataFrame:
    """Return rows as a data frame: offsets as `Int64`, flags as `boolean`, choices as `category`, null as missing.

    `table` names what the rows are: quotations, speakers or ledger. The frame has the flat fields that the rows have
    (all of them where there are no rows) and columns that are not ours; `nested` adds the rest, lists as objects.
    Raises KeyError where there is no such table.
    """
    import pandas as pd

    rows = list(records)
    names = dict.fromkeys(name for row in rows for name in row)
    columns = [column for column in TABLES[table] if (column.name in names or not rows) and (column.flat or nested)]
    others = [name for name in names if name not in {column.name for column in TABLES[table]}]
    made = {column.name: _series(column, [row.get(column.name) for row in rows]) for column in columns}
    return pd.DataFrame(made | {name: pd.Series([row.get(name) for row in rows], dtype="object") for name in others})


def _series(column: Column, values: Sequence[Any]) -> pd.Series[Any]:
    import pandas as pd

    if column.enum and all(value in column.enum for value in values):
        return pd.Series(pd.Categorical(values, categories=list(column.enum)))
    # Python's strings: Arrow's hold no lone surrogate.
    types = {"string": "string[python]", "integer": "Int64", "boolean": "boolean", "list": "object"}
    whole = "Float64" if None in values else "float64"
    return pd.Series(values, dtype=types.get(column.type, whole))
