"""JSONL: the nested form, one object a line.

Consumes rows; produces lines of JSON. Reading is in `quotes.jsonl`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from quotes.formats.base import Options, to_json
from quotes.jsonl import read_jsonl
from quotes.records import Record
from quotes.schema import Column


def to_json_line(row: Record) -> str:
    """Return a row as one line of JSONL, newline included, in readable Unicode; lone surrogates are escaped."""
    return to_json(row) + "\n"


def write(rows: Sequence[Record], options: Options, first: bool) -> bytes:
    """Return rows as lines of JSON, with all that is in them."""
    return "".join(map(to_json_line, rows)).encode()


def read(path: Path, columns: tuple[Column, ...], guarded: bool) -> list[Record]:
    """Return the objects of a JSONL file; raises InputError where a line is none."""
    return read_jsonl(path)
