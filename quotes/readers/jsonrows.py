"""JSON Lines and JSON -> rows: one object a row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from quotes import encodings
from quotes.errors import InputError
from quotes.readers.columns import KNOWN, TEXT, plain
from quotes.readers.rows import Row, Source, lines_of, told

JSON_MAX = 200_000_000
"""Bytes beyond which JSON is refused, since it is read as a whole; JSON Lines have no such limit."""
HEADS = frozenset(name for what in ("headline", "byline", "published") for name in KNOWN[what])
"""Names of what an article has beside its text, and a list of articles has not."""
NO_OBJECT = "is no JSON object"
TO_JSON = "name it .json or give --from json"


def read_lines(source: Source, kind: str) -> Iterator[tuple[int, Row]]:
    """Yield the number of each row of JSON Lines, from 1, and its cells by column."""
    with lines_of(source) as lines:
        yield from told(_of_lines(lines), source)


def _of_lines(lines: Iterator[str]) -> Iterator[Row | str]:
    """Yield each row, or what is wrong with it in words."""
    is_first = True
    for line in lines:
        if not line.strip():
            continue
        if is_first and line.lstrip().startswith("["):
            raise InputError(f"is one JSON array rather than one object a line; {TO_JSON}")
        if is_first and line.strip() == "{":
            raise InputError(f"is one JSON object over several lines rather than one a line; {TO_JSON}")
        is_first = False
        try:
            row = json.loads(line)
            yield row if isinstance(row, dict) else NO_OBJECT
        except (ValueError, RecursionError) as error:
            yield f"is not JSON: {error}"


def read(source: Source, kind: str) -> Iterator[tuple[int, Row]]:
    """Yield the number of each object of a JSON file, from 1, and its cells by column."""
    data = source.stream.read(JSON_MAX + 1)
    if len(data) > JSON_MAX:
        raise InputError(f"holds more than {JSON_MAX // 1_000_000} MB of JSON; save it as JSON Lines, or split it")
    decoded = encodings.decode(data, encoding=source.options.encoding)
    for warning in decoded.warnings():
        source.listener.result(f"{source.name}: {warning}")
    try:
        value = json.loads(decoded.text) if decoded.text.strip() else []
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and decoded.text[: error.pos].strip().count("\n") == 0:
            raise InputError("is JSON Lines rather than JSON; name it .jsonl or give --from jsonl") from None
        raise InputError(f"is not JSON ({error}); save it anew") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"is not JSON that can be read ({error}); save it anew") from None
    rows = _of_value(value, source.options.text_column)
    yield from told((row if isinstance(row, dict) else NO_OBJECT for row in rows), source)


def _of_value(value: Any, text_column: str | None) -> list[Any]:
    """Return the rows of what a JSON file holds: a list, the one list of objects in an object, or the object itself."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        raise InputError("holds no JSON object; give an array of objects, one an article")
    lists = [key for key, cell in value.items() if _is_list_of_objects(cell)]
    if text_column in value or not lists or _is_article(value):
        return [value] if value else []
    if len(lists) > 1:
        raise InputError(f"holds several lists of objects ({', '.join(lists)}); save that of the articles by itself")
    found: list[Any] = value[lists[0]]
    return found


def _is_list_of_objects(cell: Any) -> bool:
    return isinstance(cell, list) and bool(cell) and all(isinstance(part, dict) for part in cell)


def _is_article(value: dict[str, Any]) -> bool:
    """Whether an object is an article itself, lists of objects in it its paragraphs, authors and the like."""
    names = {plain(name): cell for name, cell in value.items()}
    texts = [names[name] for name in TEXT if names.get(name)]
    return any(not _is_list_of_objects(cell) or not HEADS.isdisjoint(names) for cell in texts)
