"""CSV and TSV -> rows, read line by line with the standard library.

pandas pads and shifts rows whose cells are too few or too many without a word, and a shifted cell is words in the wrong
mouth.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from itertools import chain, islice

from quotes.readers.rows import Row, Source, lines_of, repeated, told

DELIMITERS = ",;\t|"
"""What may stand between the cells of a .csv, likeliest first."""
GUESSED_BY = 200
"""Lines by which the delimiter is told."""
ROWS_ALIKE = 5
"""Rows among them, the header one of them, that the delimiter has to part into the same number of cells."""
_SAYS = re.compile(r"\"?sep=(.)\"?\s*")
"""A first line with which Excel names the delimiter."""


def read(source: Source, kind: str) -> Iterator[tuple[int, Row]]:
    """Yield the number of each row, from 1, and its cells by column; `kind` is csv or tsv."""
    with lines_of(source) as lines:
        yield from told(_rows(lines, kind, source), source)


def _rows(lines: Iterator[str], kind: str, source: Source) -> Iterator[Row | str]:
    """Yield each row, or what is wrong with it in words."""
    limit = csv.field_size_limit(sys.maxsize)  # an article may be longer than the csv module's default
    try:
        head = list(islice(lines, GUESSED_BY))
        said = _SAYS.fullmatch(head[0]) if head else None
        skipped = 1 if said else 0
        delimiter = said.group(1) if said else "\t" if kind == "tsv" else guess(head, len(head) < GUESSED_BY)
        reader = csv.reader(chain(head[skipped:], lines), delimiter=delimiter, strict=True)
        header = [cell.strip() for cell in next(reader, [])]
        source.repeated.update(repeated(header))
        while any(header):
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield f"(up to line {reader.line_num + skipped}) is broken: {error}"
                continue
            if len(cells) == len(header):
                yield dict(zip(header, cells, strict=True))
            elif cells:  # no blank line
                number = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
                yield f"(up to line {reader.line_num + skipped}) has {number} where the header has {len(header)}"
    except csv.Error as error:
        yield f"(the header) is broken: {error}"
    finally:
        csv.field_size_limit(limit)


def guess(head: list[str], is_all: bool) -> str:
    """Return the delimiter of a table that begins with the lines `head`; `is_all`: they are all of it.

    It is the one that parts the first rows into the same number of cells, the most where several do; where none does,
    the one that the first line has most of.
    """
    cells = {delimiter: _cells(head, delimiter, is_all) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: cells[delimiter])
    return best if cells[best] else max(DELIMITERS, key=(head or [""])[0].count)


def _cells(head: list[str], delimiter: str, is_all: bool) -> int:
    """Return how many cells each of the first rows has; 0 where they differ, have one only, or are too few to tell."""
    try:
        reader = csv.reader(head, delimiter=delimiter)
        rows = [cells for cells in islice(reader, ROWS_ALIKE + 1) if cells]
    except csv.Error:
        return 0
    if not is_all and len(rows) <= ROWS_ALIKE:
        rows = rows[:-1]  # it may go on behind the head
    counts = {len(cells) for cells in rows[:ROWS_ALIKE]}
    return counts.pop() if len(rows) > 1 and len(counts) == 1 and counts != {1} else 0
