"""A table of articles (CSV, TSV, JSON Lines, Parquet, Excel) -> its articles, row by row.

Consumes an open table; produces one article a row. CSV and JSON Lines are read line by line with the standard library:
pandas pads and shifts rows whose cells are too few or too many without a word, and a shifted cell is words in the wrong
mouth. What is binary comes through pandas.
"""

from __future__ import annotations

import csv
import io
import json
import sys
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain, islice
from typing import Any, BinaryIO

from quotes import encodings
from quotes.errors import InputError
from quotes.readers.archives import UNPACKED_MAX, too_large
from quotes.readers.base import Article, Listener, Options, library
from quotes.readers.columns import Columns, choose

SAMPLE = 50
"""Rows by which the columns are guessed."""
HEAD = 1 << 20
"""Bytes by which the encoding of a table is told."""
BROKEN_MAX = 20
"""Broken rows of a table that are told one by one; after them the table is given up."""
NO_ROWS = "holds no rows"
DELIMITERS = ",;\t|"
"""What may stand between the cells of a .csv: the one that the first line has most of."""

Row = Mapping[str, Any]


def read(stream: BinaryIO, kind: str, name: str, options: Options, listener: Listener) -> Iterator[Article]:
    """Yield the articles of a table of `kind` (csv, tsv, jsonl, parquet, xlsx), which messages call `name`.

    Rows that are broken or hold no text are told to `listener`. Raises InputError, with a message that lacks the name,
    where the table as a whole cannot be read.
    """
    rows = _READERS[kind](stream, kind, name, options, listener)
    first = list(islice(rows, SAMPLE))
    if not first:
        return  # what was wrong with the rows is told
    names = list(dict.fromkeys(column for _, row in first for column in row))
    columns = choose(names, [row for _, row in first], options.text_column, options.id_column)
    if columns.guessed:
        key = f", their names in {columns.key!r}" if columns.key else ""
        listener.result(f"{name}: takes column {columns.text!r} for the articles{key} (--text-column, --id-column)")
    empty: list[int] = []
    for number, row in chain(first, rows):
        article = _article(number, row, columns)
        if article.text.strip():
            yield article
        else:
            empty.append(number)
    if empty:
        listener.error(f"{name}: {len(empty)} rows hold no text, the first of them is row {empty[0]}")


def _article(number: int, row: Row, columns: Columns) -> Article:
    known = {what: cell for what, column in columns.known.items() if (cell := _cell(row.get(column)))}
    key = _cell(row.get(columns.key)) if columns.key else ""
    return replace(Article(_cell(row.get(columns.text)), key=key or str(number)), **known)  # type: ignore[arg-type]


def _cell(value: Any) -> str:
    """Return a cell as text; empty where there is nothing in it."""
    if value is None or value != value:  # NaN, as tables have it for nothing
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(_cell(part) for part in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _by_line(stream: BinaryIO, kind: str, name: str, options: Options, listener: Listener) -> Iterator[tuple[int, Row]]:
    """Yield the number of each row, from 1, and its cells by column."""
    number = broken = 0
    try:
        with _lines(stream, options) as lines:
            for number, row in enumerate(_json_rows(lines) if kind == "jsonl" else _csv_rows(lines, kind), start=1):
                if not isinstance(row, str):
                    yield number, row
                    continue
                broken += 1
                listener.error(f"{name}: row {number} {row}; it is not read")
                if broken >= BROKEN_MAX:
                    raise InputError(f"{BROKEN_MAX} rows are broken; the rest is not read")
        if not number:
            raise InputError(NO_ROWS)
    except UnicodeDecodeError as error:
        raise InputError(f"is not {error.encoding} throughout (after row {number}); name its --encoding") from None


def _csv_rows(lines: io.TextIOWrapper, kind: str) -> Iterator[Row | str]:
    """Yield each row, or what is wrong with it in words."""
    first = lines.readline()
    delimiter = "\t" if kind == "tsv" else max(DELIMITERS, key=first.count)
    limit = csv.field_size_limit(sys.maxsize)  # an article may be longer than the csv module's default
    try:
        reader = csv.reader(chain([first], lines), delimiter=delimiter, strict=True)
        header = [cell.strip() for cell in next(reader, [])]
        while any(header):
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield f"(up to line {reader.line_num}) is broken: {error}"
                continue
            if len(cells) == len(header):
                yield dict(zip(header, cells, strict=True))
            elif cells:  # no blank line
                number = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
                yield f"(up to line {reader.line_num}) has {number} where the header has {len(header)}"
    except csv.Error as error:
        yield f"(the header) is broken: {error}"
    finally:
        csv.field_size_limit(limit)


def _json_rows(lines: io.TextIOWrapper) -> Iterator[Row | str]:
    """Yield each row, or what is wrong with it in words."""
    for line in lines:
        if line.strip():
            try:
                row = json.loads(line)
                yield row if isinstance(row, dict) else "is no JSON object"
            except (ValueError, RecursionError) as error:
                yield f"is not JSON: {error}"


def _parquet(stream: BinaryIO, kind: str, name: str, options: Options, listener: Listener) -> Iterator[tuple[int, Row]]:
    library("pyarrow", "parquet", "Parquet")
    from pyarrow import parquet
    from pyarrow.lib import ArrowException

    number = 0
    try:
        for batch in parquet.ParquetFile(stream).iter_batches(batch_size=SAMPLE):
            for row in batch.to_pylist():
                number += 1
                yield number, row
        if not number:
            raise InputError(NO_ROWS)
    except (ArrowException, OSError) as error:
        raise InputError(f"cannot be read as Parquet ({_first_line(error)})") from None


def _excel(stream: BinaryIO, kind: str, name: str, options: Options, listener: Listener) -> Iterator[tuple[int, Row]]:
    library("openpyxl", "excel", "Excel")
    import warnings

    import pandas as pd

    data = io.BytesIO(stream.read())
    try:
        if sum(part.file_size for part in zipfile.ZipFile(data).infolist()) > UNPACKED_MAX:
            raise InputError(too_large())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and the like
            sheets = pd.read_excel(data, sheet_name=None, dtype=str, keep_default_na=False, engine="openpyxl")
    except InputError:
        raise
    except Exception as error:  # of any kind: openpyxl checks little of what it is given
        raise InputError(f"cannot be read as an Excel workbook ({_first_line(error)})") from None
    filled = {title: frame for title, frame in sheets.items() if len(frame)}
    if not filled:
        raise InputError(NO_ROWS)
    title = next(iter(filled))
    for other, frame in filled.items():
        if options.text_column in frame.columns:
            title = other
            break
    if len(filled) > 1:
        listener.result(f"{name}: takes sheet {title!r} of {len(filled)}")
    yield from enumerate(({str(k): v for k, v in row.items()} for row in filled[title].to_dict("records")), start=1)


_READERS = {"csv": _by_line, "tsv": _by_line, "jsonl": _by_line, "parquet": _parquet, "xlsx": _excel}


@contextmanager
def _lines(stream: BinaryIO, options: Options) -> Iterator[io.TextIOWrapper]:
    """Give the decoded lines of a stream, line ends as they are."""
    head = stream.read(HEAD)
    encoding = encodings.of_stream(head, encoding=options.encoding)
    stream.seek(0)
    lines = io.TextIOWrapper(stream, encoding=encoding, newline="")
    try:
        yield lines
    finally:
        lines.detach()  # it would close the stream, which is the caller's


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
