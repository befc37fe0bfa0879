"""A table of articles (CSV, TSV, JSON, JSON Lines, Parquet, Excel) -> its articles, row by row.

Consumes an open table; produces one article a row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import BinaryIO

from quotes.errors import InputError
from quotes.readers import cells, delimited, jsonrows, workbooks
from quotes.readers.base import Article, Listener, Options, library
from quotes.readers.columns import SAMPLE, Columns, choose
from quotes.readers.rows import NO_ROWS, Row, Source, repeated


def read(stream: BinaryIO, kind: str, name: str, options: Options, listener: Listener) -> Iterator[Article]:
    """Yield the articles of a table of `kind` (csv, tsv, json, jsonl, parquet, xlsx), which messages call `name`.

    Rows that are broken or hold no text are told to `listener`. Raises InputError, with a message that lacks the name,
    where the table as a whole cannot be read.
    """
    source = Source(stream, name, options, listener)
    rows = _READERS[kind](source, kind)
    first = list(islice(rows, SAMPLE))
    if not first:
        return  # what was wrong with the rows is told
    names = list(dict.fromkeys(column for _, row in first for column in row))
    columns = choose(names, [row for _, row in first], options.text_column, options.id_column, source.repeated)
    if columns.guessed:
        key = f", their names in {columns.key!r}" if columns.key else ""
        listener.result(f"{name}: takes column {columns.text!r} for the articles{key} (--text-column, --id-column)")
    turner = cells.Turner(name, columns.text, listener)
    empty: list[int] = []
    for number, row in chain(first, rows):
        article = _article(number, row, columns, turner)
        if article.text.strip():
            yield article
        else:
            empty.append(number)
    if empty:
        listener.error(f"{name}: {len(empty)} rows hold no text, the first of them is row {empty[0]}")


def _article(number: int, row: Row, columns: Columns, turner: cells.Turner) -> Article:
    known = {what: cell for what, column in columns.known.items() if (cell := cells.fact(row.get(column)))}
    key = cells.fact(row.get(columns.key)) if columns.key else ""
    return replace(Article(cells.text(row.get(columns.text), turner), key=key or str(number)), **known)  # type: ignore[arg-type]


def _parquet(source: Source, kind: str) -> Iterator[tuple[int, Row]]:
    library("pyarrow", "parquet", "Parquet")
    from pyarrow import parquet
    from pyarrow.lib import ArrowException

    number = 0
    try:
        table = parquet.ParquetFile(source.stream)
        source.repeated.update(repeated(table.schema_arrow.names))
        for batch in table.iter_batches(batch_size=SAMPLE):
            for row in batch.to_pylist():
                number += 1
                yield number, row
        if not number:
            raise InputError(NO_ROWS)
    except (ArrowException, OSError) as error:
        raise InputError(f"cannot be read as Parquet ({workbooks.first_line(error)})") from None


_READERS = {
    "csv": delimited.read,
    "tsv": delimited.read,
    "json": jsonrows.read,
    "jsonl": jsonrows.read_lines,
    "parquet": _parquet,
    "xlsx": workbooks.read,
}
