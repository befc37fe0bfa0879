"""What the readers of tables share: what they are given, how broken rows are told, how lines are decoded."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from quotes import encodings
from quotes.errors import InputError
from quotes.readers.base import Listener, Options

HEAD = 1 << 20
"""Bytes by which the encoding of a table is told."""
BROKEN_MAX = 20
"""Broken rows of a table that are told one by one; after them the table is given up."""
NO_ROWS = "holds no rows"

Row = Mapping[str, Any]
"""The cells of a row by column."""


@dataclass(frozen=True, slots=True)
class Source:
    """A table to read."""

    stream: BinaryIO
    name: str
    """What messages call it."""
    options: Options
    listener: Listener
    repeated: set[str] = field(default_factory=set)
    """Names that several columns have; whoever reads the header adds them."""


def told(rows: Iterator[Row | str], source: Source) -> Iterator[tuple[int, Row]]:
    """Yield each row with its number, from 1; what is in words is what is wrong with a row, and the listener hears it.

    Raises InputError where there are no rows, too many are broken, or they cannot be decoded.
    """
    number = broken = 0
    try:
        for number, row in enumerate(rows, start=1):
            if not isinstance(row, str):
                yield number, row
                continue
            broken += 1
            source.listener.error(f"{source.name}: row {number} {row}; it is not read")
            if broken >= BROKEN_MAX:
                raise InputError(f"{BROKEN_MAX} rows are broken; the rest is not read")
    except UnicodeDecodeError as error:
        raise InputError(f"is not {error.encoding} throughout (after row {number}); name its --encoding") from None
    if not number:
        raise InputError(NO_ROWS)


@contextmanager
def lines_of(source: Source) -> Iterator[Iterator[str]]:
    """Give the decoded lines of a table, line ends as they are, without a byte-order mark."""
    head = source.stream.read(HEAD)
    encoding = encodings.of_stream(head, encoding=source.options.encoding)
    source.stream.seek(0)
    lines = io.TextIOWrapper(source.stream, encoding=encoding, newline="")
    try:
        yield (line.removeprefix("\ufeff") if i == 0 else line for i, line in enumerate(lines))
    finally:
        lines.detach()  # it would close the stream, which is the caller's


def repeated(names: list[str]) -> set[str]:
    """Return the names that stand several times in a header."""
    return {name for name in names if names.count(name) > 1}
