r"""Markdown: the flat form as a table of GitHub's flavour.

Consumes rows; produces a header, a line of dashes and a line a row, and the other way round. What Markdown would read
as markup gets a backslash before it, a newline is `<br>`, and other control characters, and spaces at either end of
a cell, are numeric entities: shown, a cell reads as it is, and it comes back exactly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from quotes.errors import InputError
from quotes.formats.base import Options, known_columns, typed
from quotes.records import Record
from quotes.schema import Column

_MARKUP = re.compile(r"[\\|`*<&\[~]|(?<![^\W_])_|_(?![^\W_])")
"""What Markdown would read as markup; an underscore inside a word is none."""
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]|^ | $")
_ESCAPE = re.compile(r"\\([\\|`*<&\[~_])|<br>|&#(\d+);")
_CELL = re.compile(r"(?:\\.|[^\\|])*", re.S)


def write(rows: Sequence[Record], options: Options, first: bool) -> bytes:
    """Return rows as lines of a table, after its head where they are the `first`."""
    lines = [[_cell(row[name]) for name in options.names()] for row in rows]
    if first:
        # Numbers to the right, as tables have them.
        rules = ["---:" if column.type in ("integer", "probability") else "---" for column in options.columns]
        lines = [[_cell(name) for name in options.names()], rules, *lines]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines).encode("utf-8", errors="backslashreplace")


def read(path: Path, columns: tuple[Column, ...], guarded: bool) -> list[Record]:
    """Return the rows of the one table of a Markdown file; text before and after it is passed over.

    `columns` are those of the rows' table. Raises InputError where it holds no such table.
    """
    # Not splitlines, which cuts at separators that a cell may hold.
    lines = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").split("\n")
    table = [(number, _cells(line)) for number, line in enumerate(lines, 1) if line.startswith("|")]
    if len(table) < 2:
        raise InputError(f"{path}: holds no Markdown table")
    found = known_columns(table[0][1], columns, str(path))
    return [typed(cells, found, f"{path}, line {number}") for number, cells in table[2:]]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return repr(value)
    text = _MARKUP.sub(r"\\\g<0>", value).replace("\n", "<br>")
    return _CONTROL.sub(lambda match: f"&#{ord(match.group())};", text)


def _cells(line: str) -> list[str]:
    """Return the cells of a line of a table, as they were before `_cell`."""
    body = line.rstrip(" ")[1:]
    cells = []
    while body:
        match = _CELL.match(body)
        assert match is not None, "the pattern matches the empty string too"
        cells.append(_ESCAPE.sub(_unescape, match.group().strip(" ")))
        body = body[match.end() + 1 :]
    return cells


def _unescape(match: re.Match[str]) -> str:
    if match.group() == "<br>":
        return "\n"
    return match.group(1) or chr(int(match.group(2)))
