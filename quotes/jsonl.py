"""Read JSONL files of gold articles and of rows.

Consumes a path; produces plain dicts that have the fields which the scorer relies on, of the types that it relies on.
Where a file has something else, one line says what and where.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from quotes.errors import InputError

Fields = Mapping[str, tuple[type, ...]]

GOLD_FIELDS = {"doc_id": (str, int), "text": (str,), "quotations": (list,)}
QUOTATION_FIELDS = {"start": (int,), "end": (int,), "type": (str,)}
ROW_FIELDS = {"doc_id": (str, int), "start": (int,), "end": (int,)}
OPTIONAL_FIELDS = {"speaker": (str,), "title": (str,), "confidence": (int, float), "speaker_alt": (list,)}


def read_gold(path: str | Path) -> list[dict[str, Any]]:
    """Return the gold articles of a JSONL file; raises InputError with one line that says what is wrong with it."""
    return read_jsonl(path, GOLD_FIELDS)


def read_rows(path: str | Path) -> list[dict[str, Any]]:
    """Return the rows of a JSONL file; raises InputError with one line that says what is wrong with it."""
    return read_jsonl(path, ROW_FIELDS)


def read_jsonl(path: str | Path, fields: Fields | None = None) -> list[dict[str, Any]]:
    """Return the objects of a JSONL file, blank lines left out.

    `fields` names what each must have and of which types; quotations inside are checked for theirs. Raises
    InputError, naming the file and the line, where the file cannot be read or a line is not what it should be.
    """
    records = []
    try:
        with Path(path).open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    records.append(_record(line, f"{path}, line {number}", fields or {}))
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 text (byte {error.start})") from error
    return records


def _record(line: str, where: str, fields: Fields) -> dict[str, Any]:
    """Return the object on a line of a JSONL file, checked."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: not JSON ({error})") from error
    problem = next(problems(record, fields), None)
    if problem is not None:
        raise InputError(f"{where}: {problem}")
    return dict(record)


def problems(record: object, fields: Fields) -> Iterator[str]:
    """Yield what is wrong with an object that should have `fields`, one problem a string."""
    if not isinstance(record, dict):
        yield "not a JSON object"
        return
    for name, types in fields.items():
        if name not in record:
            yield f'no "{name}"'
        elif not _is_one_of(record[name], types):
            yield f'"{name}" is {json.dumps(record[name])[:40]}'
    for name, types in OPTIONAL_FIELDS.items():
        if record.get(name) is not None and not _is_one_of(record[name], types):
            yield f'"{name}" is {json.dumps(record[name])[:40]}'
    if "quotations" in fields:
        for quotation in record["quotations"]:
            yield from problems(quotation, QUOTATION_FIELDS)


def _is_one_of(value: object, types: tuple[type, ...]) -> bool:
    return isinstance(value, types) and not isinstance(value, bool)
