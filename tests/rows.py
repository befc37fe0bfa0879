"""Rows for the tests of formats: made up, by hypothesis, and those of our own articles."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from quotes import pipeline
from quotes.exporter import FORMATS, FormatWriter, Options
from quotes.records import Document
from quotes.schema import COLUMNS, FLAT, TABLES, Column

GOLD = Path(__file__).parent.parent / "fixtures" / "gold.jsonl"
FORMULA_STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
TRICKY = st.text(st.sampled_from("a'\"=+-@\t\r\n,; “”‘é\u2028\uff1d\\|<>&_*`[~#x05F😀"), max_size=8)
LOOKALIKES = st.sampled_from(
    "NA|nan|NaN|null|None|N/A|#N/A|007|1e5|1.0|True|FALSE|1/2|2024-01-02|=1+1|'=1|''=1|'|<br>|&#10;|<r>a</r>|<r><t>|"
    "_x000D_|_x005F_|x005F_|_xD83D_|https://example.org|mailto:a@b.c|\\|\\n|a\\|b| a | |{}|[]|\x01\x1f|\x0b|\x85|"
    "\ufeff|| --- ||👩‍🚀|a\r\nb".split("|")
).filter(bool)
"""Cells that a reader could take for something else than text."""
# Null bytes are left out: no document holds them, and CSV has no agreed way to.
ANY_TEXT = st.one_of(
    TRICKY, LOOKALIKES, st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
)


def cells(column: Column) -> st.SearchStrategy[Any]:
    """Return what a field of a row may hold."""
    if column.enum:
        found: st.SearchStrategy[Any] = st.sampled_from(column.enum)
    else:
        found = {
            "string": ANY_TEXT.filter(bool) if column.nullable else ANY_TEXT,
            "integer": st.integers(0, 10**7),
            "probability": st.floats(0, 1),
            "boolean": st.booleans(),
            "list": st.lists(st.fixed_dictionaries({item.name: cells(item) for item in column.item}), max_size=2),
        }[column.type]
    return st.none() | found if column.nullable else found


ROWS = st.lists(st.fixed_dictionaries({column.name: cells(column) for column in COLUMNS}), max_size=4)


def a_row(**fields: Any) -> dict[str, Any]:
    blank = {"string": "x", "integer": 3, "probability": 0.5, "boolean": True, "list": []}
    return {column.name: None if column.nullable else blank[column.type] for column in COLUMNS} | fields


def flat(row: dict[str, Any]) -> dict[str, Any]:
    return {column.name: row[column.name] for column in FLAT}


def held(rows: list[dict[str, Any]], format: str) -> list[dict[str, Any]]:
    """Return what a format holds of rows: all of them, or their flat fields."""
    return rows if FORMATS[format].lists else [flat(row) for row in rows]


def written(rows: list[dict[str, Any]], format: str = "csv", *, table: str = "quotations", **options: Any) -> bytes:
    """Return what a format makes of rows that come one by one."""
    stream = io.BytesIO()
    columns = tuple(column for column in TABLES[table] if column.flat or FORMATS[format].lists)
    writer = FormatWriter(stream, FORMATS[format], Options(**{"columns": columns, "table": table, **options}))
    for row in rows:
        writer.write([row])
    writer.finish()
    return stream.getvalue()


@cache
def article_rows() -> list[dict[str, Any]]:
    """Return the rows of all of our own articles, those inside other quotations too."""
    articles = map(json.loads, GOLD.read_text(encoding="utf-8").splitlines())
    documents = [
        Document(article["text"], article["doc_id"], source=f"{article['doc_id']}.txt") for article in articles
    ]
    return [row for _, rows in pipeline.process(documents, nested=True) for row in rows]
