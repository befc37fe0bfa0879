"""A Frictionless data package beside a CSV or TSV file: what its columns are, for programs.

Consumes the columns that were written; produces `datapackage.json` in the file's folder. Other resources that a
package there describes stay in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from quotes.errors import UsageError
from quotes.exporter import DELIMITED, columns_for, format_of
from quotes.schema import Column
from quotes.sinks import Sink, is_special, is_stdout

NAME = "datapackage.json"
KEY = ("doc_id", "quote_id")
"""Columns by which a row of quotations is known."""

_TYPES = {"string": "string", "integer": "integer", "probability": "number", "boolean": "boolean"}


@contextmanager
def open_package(
    path: str | None,
    format: str | None = None,
    *,
    wanted: bool = True,
    guarded: bool = True,
    columns: tuple[Column, ...] | None = None,
) -> Iterator[None]:
    """Write the package of the table at `path` when the block ends well; nothing where it is not `wanted`.

    `format` and `columns` are as in `exporter.open_output`. Raises UsageError where the output is no file of CSV or
    TSV, or where a file of the package's name is no package.
    """
    if not wanted:
        yield
        return
    format = format or (format_of(path) if path else None)
    place = Path(path or NAME).parent / NAME
    is_file = path is not None and not is_stdout(path) and not is_special(path) and Path(path).name != NAME
    if path is None or not is_file or format not in DELIMITED:
        raise UsageError(f"--datapackage describes a file of {' or '.join(DELIMITED)}; name one with --output")
    package = _package(place)
    yield
    resource = describe(Path(path).name, format, columns_for(format, columns), guarded=guarded)
    others = [other for other in package.get("resources", ()) if other.get("path") != resource["path"]]
    text = json.dumps({**package, "resources": [*others, resource]}, ensure_ascii=False, indent=2)
    sink = Sink(str(place))
    try:
        sink.write(text.encode("utf-8", "backslashreplace") + b"\n")
        sink.commit()
    except BaseException:
        sink.discard()
        raise


def describe(name: str, format: str, columns: Sequence[Column], *, guarded: bool = True) -> dict[str, Any]:
    """Return the resource that describes the file `name` of quotations with these columns."""
    schema: dict[str, Any] = {"fields": [_field(column) for column in columns], "missingValues": [""]}
    if set(KEY) <= {column.name for column in columns}:
        schema["primaryKey"] = list(KEY)
    guard = " Text that a spreadsheet would run as a formula has an apostrophe before it." if guarded else ""
    return {
        "profile": "tabular-data-resource",
        "name": re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-.") or "rows",
        "path": name,
        "title": "Quotations and who said them",
        "description": f"One row a quotation; offsets count Unicode code points of the document's text.{guard}",
        "format": format,
        "mediatype": "text/csv" if format == "csv" else "text/tab-separated-values",
        "encoding": "utf-8",
        "dialect": {
            "delimiter": "," if format == "csv" else "\t",
            "lineTerminator": "\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
            "skipInitialSpace": False,
        },
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": _TYPES[column.type], "description": column.description}
    constraints: dict[str, Any] = {}
    if column.enum:
        constraints["enum"] = list(column.enum)
    if column.type in ("integer", "probability"):
        constraints["minimum"] = 0
    if column.type == "probability":
        constraints["maximum"] = 1
    if column.type == "boolean":
        field |= {"trueValues": ["True"], "falseValues": ["False"]}
    # Text that is never null may be empty all the same, which a cell cannot show; a key or a choice never is.
    if not column.nullable and (column.type != "string" or column.enum or column.name in KEY):
        constraints["required"] = True
    return field | ({"constraints": constraints} if constraints else {})


def _package(place: Path) -> dict[str, Any]:
    """Return the package that is there already, or a new one."""
    try:
        package = json.loads(place.read_bytes())
        if all(isinstance(resource, dict) for resource in package["resources"]):
            return dict(package)
    except FileNotFoundError:
        return {"profile": "tabular-data-package", "name": "quotations"}
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise UsageError(f"{place}: is no data package, and would be overwritten; move it, or write to another folder")
