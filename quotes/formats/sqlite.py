"""SQLite: a database of documents, speakers and quotations, with a full-text index.

Consumes rows; produces the bytes of a database, and the other way round. The fields of a document stand once, in
`documents`; the view `rows` puts them back beside each quotation. Lists are JSON text.

    select quote, speaker from quotations where id in
        (select rowid from quotations_fts where quotations_fts match 'harbour')
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.errors import InputError, OutputError
from quotes.formats.base import Options, escaped, to_json
from quotes.records import Record
from quotes.schema import SPEAKERS, Column
from quotes.speakertable import NEEDED, speaker_rows

if TYPE_CHECKING:
    import sqlite3

NEEDS = ("quote_id", *NEEDED)
"""Columns that the tables are made from."""
OF_DOCUMENT = "doc_id source headline byline published text_sha256 url site encoding".split()
"""Columns of a row that say something of its document."""
INDEXED = ("quote", "speaker", "title", "affiliation", "headline")
"""Columns of quotations that the full-text index covers, where they are there."""
_TYPES = {"string": "TEXT", "integer": "INTEGER", "probability": "REAL", "boolean": "INTEGER", "list": "TEXT"}
_OWN = ("id", "document", "speaker_id", "rowid")
"""Columns of ours that rows have no say in."""


def write(rows: Sequence[Record], options: Options, first: bool) -> bytes:
    """Return a database of all rows; raises OutputError where a column that is not ours has a name that is taken."""
    import sqlite3

    lower = [name.lower() for name in options.names()]
    for name in lower:
        if name in _OWN or lower.count(name) > 1:
            raise OutputError(
                f"a database has a column {name!r} of its own; rename that column, or write another format"
            )
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("PRAGMA foreign_keys = ON")
        _create(base, options.columns)
        _fill(base, [escaped(row) for row in rows], options.columns)
        _index(base, options.columns)
        base.commit()
        return base.serialize()


def read(path: Path, columns: tuple[Column, ...], guarded: bool) -> list[Record]:
    """Return the rows of a database that `write` made; raises InputError where it is none."""
    import sqlite3

    declared = {column.name: column for column in columns}
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as base:
        if not base.execute("SELECT 1 FROM sqlite_master WHERE type = 'view' AND name = 'rows'").fetchone():
            raise InputError(f"{path}: is no database of quotations: it has no view 'rows'")
        found = base.execute("SELECT * FROM rows")
        names = [part[0] for part in found.description]
        return [
            {name: _value(declared.get(name), cell) for name, cell in zip(names, row, strict=True)} for row in found
        ]


def _create(base: sqlite3.Connection, columns: Sequence[Column]) -> None:
    of_document, of_quotation = _shared(columns)
    of_speaker = [column for column in SPEAKERS if column.name not in ("doc_id", "source")]
    document = "document INTEGER NOT NULL REFERENCES documents(id)"
    base.execute(_table("documents", ["id INTEGER PRIMARY KEY"], of_document))
    base.execute(_table("speakers", ["id INTEGER PRIMARY KEY", document], of_speaker))
    speaker = "speaker_id INTEGER NOT NULL REFERENCES speakers(id)"
    base.execute(_table("quotations", ["id INTEGER PRIMARY KEY", document, speaker], of_quotation))
    names = ", ".join(f"{'d' if column in of_document else 'q'}.{_quoted(column.name)}" for column in columns)
    base.execute(
        f"CREATE VIEW rows AS SELECT {names} FROM quotations q JOIN documents d ON d.id = q.document ORDER BY q.id"
    )


def _fill(base: sqlite3.Connection, rows: Sequence[Record], columns: Sequence[Column]) -> None:
    of_document, of_quotation = _shared(columns)
    documents: dict[tuple[Any, ...], list[Record]] = {}
    for row in rows:
        documents.setdefault(_cells(row, of_document), []).append(row)
    _insert(base, "documents", ((i, *key) for i, key in enumerate(documents, start=1)))
    speakers = [(i, row) for i, group in enumerate(documents.values(), start=1) for row in speaker_rows(group)]
    of_speaker = [column for column in SPEAKERS if column.name not in ("doc_id", "source")]
    _insert(base, "speakers", ((i, key, *_cells(row, of_speaker)) for i, (key, row) in enumerate(speakers, start=1)))
    document_ids = {key: i for i, key in enumerate(documents, start=1)}
    speaker_ids = {(key, row["speaker"]): i for i, (key, row) in enumerate(speakers, start=1)}
    lines = []
    for i, row in enumerate(rows, start=1):
        document = document_ids[_cells(row, of_document)]
        lines.append((i, document, speaker_ids[document, row["speaker"]], *_cells(row, of_quotation)))
    _insert(base, "quotations", lines)


def _index(base: sqlite3.Connection, columns: Sequence[Column]) -> None:
    _, of_quotation = _shared(columns)
    for table, column in [("quotations", name) for name in ("document", "speaker_id", "quote_id", "speaker")] + [
        ("speakers", "document"),
        ("speakers", "speaker"),
        ("documents", "doc_id"),
    ]:
        base.execute(f"CREATE INDEX {table}_{column} ON {table}({column})")
    names = [column.name for column in of_quotation if column.name in INDEXED]
    listed, new, old = (", ".join(f"{row}{name}" for name in names) for row in ("", "new.", "old."))
    # In double quotes Datasette finds the table that it belongs to.
    base.execute(f'CREATE VIRTUAL TABLE quotations_fts USING fts5({listed}, content="quotations", content_rowid="id")')
    base.execute("INSERT INTO quotations_fts(quotations_fts) VALUES ('rebuild')")
    # Whoever edits the rows keeps the index true.
    add = f"INSERT INTO quotations_fts(rowid, {listed}) VALUES (new.id, {new})"
    drop = f"INSERT INTO quotations_fts(quotations_fts, rowid, {listed}) VALUES ('delete', old.id, {old})"
    for event, actions in (("INSERT", [add]), ("DELETE", [drop]), ("UPDATE", [drop, add])):
        body = "; ".join(actions)
        base.execute(f"CREATE TRIGGER quotations_{event.lower()} AFTER {event} ON quotations BEGIN {body}; END")


def _table(name: str, keys: Sequence[str], columns: Sequence[Column]) -> str:
    """Return the statement that makes a table; its comments say what each column means."""
    lines = [f"  {key}," for key in keys]
    for i, column in enumerate(columns):
        kind = _TYPES[column.type] + ("" if column.nullable else " NOT NULL")
        meaning = " ".join(column.description.split())
        comma = "," if i + 1 < len(columns) else ""
        lines.append(f"  {_quoted(column.name)} {kind}{comma} -- {meaning}")
    return "\n".join([f"CREATE TABLE {name} (", *lines, ")"])


def _shared(columns: Iterable[Column]) -> tuple[list[Column], list[Column]]:
    """Return the columns of documents and the columns of quotations."""
    parts: tuple[list[Column], list[Column]] = ([], [])
    for column in columns:
        parts[column.name not in OF_DOCUMENT].append(column)
    return parts


def _insert(base: sqlite3.Connection, table: str, lines: Iterable[tuple[Any, ...]]) -> None:
    lines = list(lines)
    if lines:
        base.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(lines[0]))})", lines)


def _cells(row: Record, columns: Iterable[Column]) -> tuple[Any, ...]:
    return tuple(to_json(row[c.name]) if c.type == "list" else row[c.name] for c in columns)


def _value(column: Column | None, cell: Any) -> Any:
    if column is None or cell is None:
        return cell
    match column.type:
        case "boolean":
            return bool(cell)
        case "list":
            return json.loads(cell)
        case _:
            return cell


def _quoted(name: str) -> str:
    """Return a name as SQL takes it whatever it holds."""
    return '"' + name.replace('"', '""') + '"'
