"""The data dictionary is current, and says of each column what is declared."""

from __future__ import annotations

from pathlib import Path

from quotes.dictionary import render
from quotes.schema import COLUMNS, TABLES

PAGE = Path(__file__).parent.parent / "docs" / "rows.md"


def test_the_committed_page_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(), "run `make docs`"


def test_every_column_has_a_line() -> None:
    lines = render().splitlines()
    for columns in (*TABLES.values(), *(column.item for column in COLUMNS)):
        for column in columns:
            line = next(
                line for line in lines if line.startswith(f"| `{column.name}` |") and column.description in line
            )
            assert f"| {column.type} |" in line
            assert all(f"`{value}`" in line for value in column.enum)


def test_null_and_flat() -> None:
    lines = render().splitlines()
    assert "| `speaker` | string | yes | yes |  | fullest name" in "\n".join(lines)
    assert "| `level` | integer |  |  |  | 1: an outer span" in "\n".join(lines)
