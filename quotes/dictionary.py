"""The data dictionary: every column of every table, in Markdown.

Consumes the declarations of `quotes.schema`; produces `docs/rows.md` (`python -m quotes.dictionary FILE`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from quotes.schema import COLUMNS, LEDGER, SPEAKERS, Column

INTRODUCTION = """# What rows hold

Made by `make docs` from the declarations in `quotes/schema.py`; a test holds it current. Offsets count Unicode code
points of the document's text, the end excluded. A column that may be null is never an empty string. Flat formats (csv,
tsv, xlsx, md) hold the columns that say so; nested formats (jsonl, parquet, sqlite, jsonld) hold all of them.
"""


def render() -> str:
    """Return the dictionary as Markdown."""
    parts = [
        INTRODUCTION,
        "## Quotations\n\nWhat `quotes extract` writes and `quotes convert` reads: one row a quoted span.\n",
        *_table(COLUMNS, flat=True),
    ]
    for column in COLUMNS:
        if column.item:
            parts += [f"\n### An entry of `{column.name}`\n\n{_sentence(column.description)}\n", *_table(column.item)]
    parts += ["\n## Speakers\n\nWhat `quotes speakers` writes: one row a speaker of a document.\n", *_table(SPEAKERS)]
    parts += [
        "\n## Marks\n\nWhat `quotes marks` and `quotes extract --ledger` write: one row a character that could be a "
        "quotation mark.\n",
        *_table(LEDGER),
    ]
    return "\n".join(parts) + "\n"


def _table(columns: Sequence[Column], *, flat: bool = False) -> Iterator[str]:
    heads = ["column", "type", "null", *(["flat"] if flat else []), "values", "meaning"]
    yield f"| {' | '.join(heads)} |"
    yield f"| {' | '.join('---' for _ in heads)} |"
    for column in columns:
        cells = [f"`{column.name}`", column.type, "yes" if column.nullable else ""]
        if flat:
            cells.append("yes" if column.flat else "")
        cells += [", ".join(f"`{value}`" for value in column.enum), column.description.replace("|", r"\|")]
        yield f"| {' | '.join(cells)} |"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def main() -> None:
    """Write the dictionary to the file that the command line names."""
    Path(sys.argv[1]).write_text(render(), encoding="utf-8")


if __name__ == "__main__":
    main()
